package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

var predictVerb = &verb{
	name:     "predict",
	operands: "SPEC ARROW [INPUT]",
	min:      2,
	max:      3,
	short:    "apply a trained arrow to each row of a file",
	long: `Applies ARROW, with a model that ctgen train --save has written to FILE, to each
row of INPUT, or of standard input, and prints the answers in their order: CSV
below a header, or with --json one JSON value a line.

Rows are CSV, plain or gzipped, as the data declaration of the training says, with
or without a header as there; of its columns those are read that hold ARROW's
inputs, and they are scaled and standardized as the training did. Others need not
be there. An answer that is one of the classes that the data names is its name,
and one that predicts a scaled column is in the units of the file.
Rows are answered as they arrive, so memory does not grow with the file.

A row that does not fit is an error with its line and column, after the answers to
the rows before it; with --skip-bad it is left out and reported.`,
	flags: append([]option{setFlag}, predictFlags...),
	examples: []string{
		"ctgen train --save wdbc.safetensors specs/wdbc.cat",
		"ctgen predict --model wdbc.safetensors specs/wdbc.cat predict rows.csv",
		"ctgen predict --model wdbc.safetensors --json specs/wdbc.cat predict <rows.csv",
	},
	topics:  []string{"json", "exit-codes", "environment"},
	needsGo: "Needs",
	run:     runPredict,
}

// predictFlags are handed on to the program that predicts.
var predictFlags = []option{
	{long: "model", value: "FILE", help: "the trained model; to be given"},
	{long: "json", help: "print one JSON value a line"},
	skipBadFlag,
}

func runPredict(u *ui, c *call) int {
	s, code := soundSpec(u, c, func(c *call) error {
		if c.last("model") == "" {
			return errors.New("--model FILE names the model that predicts; `ctgen train --save FILE` makes one")
		}
		return nil
	})
	if s == nil {
		return code
	}
	input := ""
	if len(c.operands) > 2 && c.operands[2] != "-" {
		input = c.operands[2]
	}
	t, a, columns, err := chooseApplicable(s, c.operands[1])
	if err == nil {
		err = checkReadable(c.last("model"), input)
	}
	if err != nil {
		return u.fail("%s", err)
	}
	p, err := predictProgram(s, t, a, columns)
	if err != nil {
		return u.fail("%s", err)
	}
	args := handedOn(c, predictFlags)
	if input != "" {
		args = append(args, "--input="+input)
	}
	return compileAndRun(u, p, args)
}

// chooseApplicable finds the arrow name, a training that makes its model, and
// the columns of its data that the arrow takes.
func chooseApplicable(s *spec, name string) (*category.Train, *category.Arrow, []int, error) {
	if len(s.category.Trains) == 0 {
		return nil, nil, nil, fmt.Errorf("%s declares no training, so there is no trained arrow", s.path)
	}
	var names []string
	var found *category.Arrow
	for _, a := range s.category.Arrows {
		if a.Name == name {
			found = a
		}
		for _, t := range s.category.Trains {
			if columns, _, ok := t.Applicable(a); ok {
				if a.Name == name {
					return csvOnly(s, t, a, columns)
				}
				if !slices.Contains(names, a.Name) {
					names = append(names, a.Name)
				}
			}
		}
	}
	if found == nil {
		return nil, nil, nil, fmt.Errorf("%s has no arrow %s%s", s.path, quote(name), didYouMean(name, names))
	}
	why := "it takes parameters that no training makes"
	for _, t := range s.category.Trains {
		if _, missing, _ := t.Applicable(found); missing != nil {
			why = fmt.Sprintf("it takes %s, which is no column of data %s", missing, t.On.Name)
		}
	}
	return nil, nil, nil, fmt.Errorf("arrow %s does not apply to rows: %s; those that do: %s", quote(name), why, strings.Join(names, ", "))
}

func csvOnly(s *spec, t *category.Train, a *category.Arrow, columns []int) (*category.Train, *category.Arrow, []int, error) {
	if t.On.Format != "csv" {
		return nil, nil, nil, fmt.Errorf("data %s of %s is from %s; `ctgen predict` reads rows of csv", t.On.Name, s.path, t.On.Format)
	}
	return t, a, columns, nil
}

// predictProgram is the Go program that applies a to rows.
func predictProgram(s *spec, t *category.Train, a *category.Arrow, columns []int) (*program, error) {
	p, err := modelProgram(s, extras{})
	if err != nil {
		return nil, err
	}
	function, leading := p.printed.Applied(t, a)
	if function == "" {
		return nil, fmt.Errorf("train %s makes no model that a program can load: its parameters are no object of their own", t.Name)
	}
	var results []string
	restore, scaled := "", false
	column, _ := t.Restored()
	var restores []int
	for _, f := range a.Cod.Factors() {
		results = append(results, f.String())
		restores = append(restores, 0)
		if slices.ContainsFunc(t.Restorable(), f.Equal) {
			restores[len(restores)-1], scaled = column+1, true
		}
	}
	if scaled {
		restore = fmt.Sprintf("\n\t\t\tRestore: %#v,", restores)
	}
	if leading != "" {
		leading = fmt.Sprintf("\n\t\t\tLeading: []any{%s},", leading)
	}
	p.files["main.go"] = []byte(fmt.Sprintf(`// Command main applies the arrow %[1]s of category %[2]s to rows.
package main

import (
	"os"

	model %[3]q
	%[4]q
)

func main() {
	load := func(file []byte) (*predict.Arrow, error) {
		m, err := model.%[5]s(file)
		if err != nil {
			return nil, err
		}
		return &predict.Arrow{
			Name: %[1]q, Data: model.%[6]s().Data, Scalers: m.Scalers, Columns: %#[7]v,
			Results: %#[8]v,
			Func: %[9]s,%[10]s%[11]s
		}, nil
	}
	os.Exit(predict.Main(load, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
`, a.Name, s.category.Name, ctgen.Path+"/model", ctgen.Path+"/runtime/predict", golang.LoaderName(t), golang.ProgramName(t),
		columns, results, function, leading, restore))
	return p, nil
}
