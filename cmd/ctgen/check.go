package main

import (
	"slices"

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
		{long: "format", value: "FORMAT", help: "text (default), json, sarif or github"},
		setFlag,
	},
	examples: []string{
		"ctgen check specs/*.cat",
		"ctgen check --format sarif specs/*.cat > ctgen.sarif",
	},
	run: runCheck,
}

func runCheck(u *ui, c *call) int {
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	formats := []string{"text", "json", "sarif", "github"}
	format := c.last("format")
	if !c.has("format") {
		format = "text"
	}
	if !slices.Contains(formats, format) {
		return u.usage(c.verb, "--format takes text, json, sarif or github, not %s%s", quote(format), didYouMean(format, formats))
	}
	specs, err := loadWith(c.operands, check.Options{Set: set, Holes: true})
	if err != nil {
		return u.fail("%s", err)
	}
	if err := writeDiagnostics(u.stdout, format, allDiagnostics(specs), u.colorOut); err != nil {
		return u.fail("%s", err)
	}
	if anyErrors(specs) {
		return exitFindings
	}
	return exitOK
}
