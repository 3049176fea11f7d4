package main

import "slices"

var checkVerb = &verb{
	name:     "check",
	operands: "SPEC...",
	min:      1,
	max:      -1,
	short:    "report what is wrong in specifications",
	long: `Checks each specification and reports every fault on standard output: as text,
as JSON lines, as one SARIF log, or as annotations of GitHub Actions. Exit code
1 if there is an error.`,
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
	specs, err := loadSpecs(c.operands, set)
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
