package main

import "github.com/ctgen-lang/ctgen/gen/export"

var exportVerb = &verb{
	name:     "export",
	operands: "SPEC",
	min:      1,
	max:      1,
	short:    "print the checked model as JSON",
	long: `Prints the checked model for other programs, to draw, count or translate it:
objects, arrows with their diagrams as graphs of typed wires, laws, data,
trainings, and the primitives behind them. The order is that of the
specification, and the same specification gives the same bytes.

The form has a version, and a JSON Schema, docs/export.schema.json; docs/export.md
describes it and draws a diagram with it. Where the specification has an error or
a hole, nothing is printed to standard output.`,
	flags: []option{
		{long: "json", help: "as JSON: the default, and for now the only form"},
		setFlag,
	},
	examples: []string{
		"ctgen export specs/neuron.cat > neuron.json",
		"ctgen export specs/digits.cat | jq -r '.arrows[].name'",
	},
	topics: []string{"json"},
	run:    runExport,
}

func runExport(u *ui, c *call) int {
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	specs, err := loadSpecs(c.operands, set)
	if err != nil {
		return u.fail("%s", err)
	}
	u.report(specs)
	if anyErrors(specs) {
		return exitFindings
	}
	out, err := export.JSON(specs[0].category)
	if err != nil {
		return u.fail("%s: %s", specs[0].path, err)
	}
	if _, err := u.stdout.Write(out); err != nil {
		return u.fail("cannot write the model: %s", err)
	}
	return exitOK
}
