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

Where nothing is wrong, warnings tell what is rarely meant: declarations that
nothing uses, names that hide others, laws that cannot fail. They leave the
exit code 0 unless --strict is given. A comment at the end of a line, or on a
line above, allows one: // ctgen:allow CT1101 because Go calls it. The other
verbs show errors only.

With --fix, remedies that are certain are made in the files: after each, its
fault is gone and no error is new. All files are written or none. What remains
is reported as usual, what was fixed on standard error.

A hole, a term written as ?, is no error here: a note says which objects it
goes between and what could stand there. The verbs that need the whole of a
specification refuse one with holes.`,
	flags: []option{
		formatFlag,
		{long: "fix", help: "make the fixes that are certain in the files"},
		{long: "strict", help: "exit 1 if there is a warning"},
		{long: "docs", help: "warn of declarations without a doc comment as well"},
		setFlag,
	},
	examples: []string{
		"ctgen check specs/*.cat",
		"ctgen check --fix specs/neuron.cat",
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
	specs, err := loadWith(c.operands, set, check.Options{Holes: true, Fixes: true, Vet: true, Docs: c.has("docs")})
	if err != nil {
		return u.fail("%s", err)
	}
	if c.has("fix") {
		if err := fixSpecs(u, specs); err != nil {
			return u.fail("%s", err)
		}
	}
	if err := writeDiagnostics(u.stdout, c.value(&formatFlag), allDiagnostics(specs), u.textOut); err != nil {
		return u.fail("%s", err)
	}
	if anyErrors(specs) || c.has("strict") && anyWarnings(specs) {
		return exitFindings
	}
	return exitOK
}
