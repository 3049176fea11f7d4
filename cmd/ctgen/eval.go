package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/gen/eval"
)

var evalVerb = &verb{
	name:     "eval",
	operands: "SPEC TERM",
	min:      2,
	max:      2,
	short:    "evaluate a term on a JSON value",
	long: `Evaluates any term in the scope of the specification, in float64, by reading
the equations of the standard arrows. Standard input holds

  {"given": PARAMETERS, "in": VALUE}

where either may be left out if it is 1; of an endo, "given" is the state. Open
settings stand by name in a third field, "settings". The result goes to
standard output as JSON. Arrows written in Go by hand cannot be evaluated.`,
	flags: []option{setFlag},
	examples: []string{
		`ctgen eval specs/neuron.cat predict < input.json`,
		`echo '{"in": 0.25}' | ctgen eval specs/neuron.cat 'sigmoid >> decide'`,
	},
	topics: []string{"json", "language"},
	run:    runEval,
}

func runEval(u *ui, c *call) int {
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	specs, program, err := readSpecs(c.operands[:1], set)
	if err != nil {
		return u.fail("%s", err)
	}
	s := specs[0]
	var a *category.Arrow
	s.category, a, s.diags = check.Term(s.source, c.operands[1], check.Options{Program: program})
	if err := allSet(specs, program); err != nil {
		return u.fail("%s", err)
	}
	u.report(specs)
	if a == nil {
		return exitFindings
	}
	return evaluate(u, s.category, a)
}

// evaluate runs one arrow on the JSON value from standard input.
func evaluate(u *ui, cat *category.Category, a *category.Arrow) int {
	if hand := handWritten(a, map[*category.Arrow]bool{}); hand != nil {
		return u.fail("%s", &eval.HandWritten{Arrow: hand})
	}
	given := a.Given
	if a.Endo {
		given = a.State
	}
	var text []byte
	if !a.Dom.IsUnit() || !given.IsUnit() || len(a.Open) > 0 {
		if isTerminal(u.stdin) {
			u.say("reading %s from standard input", inputForm(a, given))
		}
		var err error
		if text, err = io.ReadAll(u.stdin); err != nil {
			return u.fail("cannot read standard input: %s", err)
		}
	}
	text, settings, err := openSettings(text, a.Open)
	if err != nil {
		return u.fail("standard input: %s", err)
	}
	in, params, err := eval.Arguments(text, a.Dom, given)
	if err != nil {
		return u.fail("standard input: %s", err)
	}
	out, err := eval.New(cat).Run(a.Diagram, in, params, settings)
	if err != nil {
		return u.fail("%s", err)
	}
	u.print("%s", eval.EncodeOuts(out, a.Cod))
	return exitOK
}

// handWritten finds an arrow written in Go that a needs.
func handWritten(a *category.Arrow, seen map[*category.Arrow]bool) *category.Arrow {
	if a.Kind == category.Hand {
		return a
	}
	if seen[a] {
		return nil
	}
	seen[a] = true
	return handWrittenIn(a.Diagram, seen)
}

func handWrittenIn(d *category.Diagram, seen map[*category.Arrow]bool) *category.Arrow {
	for _, n := range d.Nodes {
		var found *category.Arrow
		switch op := n.Op.(type) {
		case *category.Call:
			found = handWritten(op.Arrow, seen)
		case *category.Grad:
			found = handWrittenIn(op.Body, seen)
		case *category.Map:
			found = handWrittenIn(op.Body, seen)
		case *category.Repeat:
			found = handWrittenIn(op.Body, seen)
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// inputForm shows what an evaluation reads.
func inputForm(a *category.Arrow, given *category.Type) string {
	var parts []string
	if !given.IsUnit() {
		parts = append(parts, fmt.Sprintf(`"given": %s`, given))
	}
	if !a.Dom.IsUnit() {
		parts = append(parts, fmt.Sprintf(`"in": %s`, a.Dom))
	}
	if len(a.Open) > 0 {
		var names []string
		for _, o := range a.Open {
			names = append(names, fmt.Sprintf(`%q: %s`, o.Name, o.Type))
		}
		parts = append(parts, `"settings": {`+strings.Join(names, ", ")+"}")
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// openSettings takes the field "settings" out of the input and reads a value
// for each open setting.
func openSettings(text []byte, open []category.Setting) ([]byte, []float64, error) {
	if len(open) == 0 {
		return text, nil, nil
	}
	fields := map[string]json.RawMessage{}
	given := map[string]json.RawMessage{}
	if len(text) > 0 {
		if err := json.Unmarshal(text, &fields); err != nil {
			return nil, nil, fmt.Errorf("not a JSON object: %w", err)
		}
	}
	if raw, ok := fields["settings"]; ok {
		if err := json.Unmarshal(raw, &given); err != nil {
			return nil, nil, fmt.Errorf(`"settings" is not a JSON object: %w`, err)
		}
		delete(fields, "settings")
	}
	var values []float64
	for _, o := range open {
		raw, ok := given[o.Name]
		if !ok {
			return nil, nil, fmt.Errorf(`"settings" lacks %q: %s`, o.Name, o.Type)
		}
		v, err := eval.Decode(raw, o.Type)
		if err != nil {
			return nil, nil, fmt.Errorf(`setting %q: %w`, o.Name, err)
		}
		values = append(values, v.Number())
		delete(given, o.Name)
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		return nil, nil, fmt.Errorf("there is no setting %q", name)
	}
	rest, err := json.Marshal(fields)
	return rest, values, err
}
