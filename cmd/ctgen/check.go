package main

import (
	"github.com/ctgen-lang/ctgen/dsl/check"
)

var checkVerb = &verb{
	name:     "check",
	operands: "SPEC...",
	min:      1,
	max:      -1,
	short:    "report what is wrong in specifications",
	long: `Checks each specification and reports every fault on standard output: as text,
as JSON lines, as one SARIF log, or as annotations of GitHub Actions. Exit code
1 if there is an error.

A hole, a term written as ?, is no error here: a note says which objects it
goes between and what could stand there. The verbs that need the whole of a
specification refuse one with holes.`,
	flags: []option{
		formatFlag,
		setFlag,
	},
	examples: []string{
		"ctgen check specs/*.cat",
		"ctgen check --format sarif specs/*.cat > ctgen.sarif",
	},
	topics: []string{"language", "json"},
	run:    runCheck,
}

// formatFlag says how diagnostics are printed.
var formatFlag = option{
	long: "format", value: "FORMAT", values: []string{"text", "json", "sarif", "github"},
	help: "text (default), json, sarif or github",
}

func runCheck(u *ui, c *call) int {
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	specs, err := loadWith(c.operands, set, check.Options{Holes: true})
	if err != nil {
		return u.fail("%s", err)
	}
	if err := writeDiagnostics(u.stdout, c.value(&formatFlag), allDiagnostics(specs), u.textOut); err != nil {
		return u.fail("%s", err)
	}
	if anyErrors(specs) {
		return exitFindings
	}
	return exitOK
}
