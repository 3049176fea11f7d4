package main

import (
	"errors"
	"path/filepath"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
)

var migrateVerb = &verb{
	name:     "migrate",
	operands: "FILE OUT",
	min:      2,
	max:      2,
	short:    "carry a trained model over to a changed specification",
	long: `Reads the model FILE, which a training of the specification --from has saved, and
writes it to OUT as one of the specification --to. Names that both have stay; for
the others the file --map has a line each:

    layer1 -> hidden      what is under layer1 goes to the same names under hidden
    drop layer3           is not taken over
    init output.bias      starts as in a new training

# begins a comment, and the longest name that fits decides. Names are slot paths,
and those of the data's preprocessing; what an optimizer keeps of a parameter goes
with it. Shapes have to agree. What the mapping leaves open or says twice is an
error, which lists all of it, and nothing is written then. A saved training stays
one: train --resume OUT goes on with it.

Where both specifications are the same, this turns safetensors into .npz or back.`,
	flags: []option{
		{long: "from", value: "SPEC", help: "the specification that FILE was trained from; to be given"},
		{long: "to", value: "SPEC", help: "the specification that OUT is for; to be given"},
		{long: "map", value: "FILE", help: "what becomes of names that are not in both"},
	},
	examples: []string{
		"ctgen migrate --from old.cat --to new.cat --map renamed.txt old.npz new.npz",
		"ctgen migrate --from wdbc.cat --to wdbc.cat wdbc.safetensors wdbc.npz",
	},
	topics:  []string{"exit-codes", "environment"},
	needsGo: "Needs",
	run:     runMigrate,
}

func runMigrate(u *ui, c *call) int {
	for _, f := range []string{"from", "to"} {
		if c.last(f) == "" {
			return u.usage(c.verb, "--from SPEC and --to SPEC say which specifications the model comes from and goes to")
		}
	}
	file, out := c.operands[0], c.operands[1]
	if filepath.Clean(file) == filepath.Clean(out) || sameFile(file, out) {
		return u.usage(c.verb, "OUT is FILE; name another file, so that the model stays if something goes wrong")
	}
	specs, err := loadSpecs([]string{c.last("from"), c.last("to")}, nil)
	if err == nil {
		err = checkReadable(file, c.last("map"))
	}
	if err != nil {
		return u.fail("%s", err)
	}
	u.report(specs)
	if anyErrors(specs) {
		return exitFindings
	}
	f, err := checkpoint.Open(file)
	if err != nil {
		return u.fail("%s", err)
	}
	if of := f.Metadata["category"]; of != "" && of != specs[0].category.Name {
		return u.fail("%s was trained from category %s, and %s is %s", file, of, specs[0].path, specs[0].category.Name)
	}
	var trains [2]*category.Train
	for i, s := range specs {
		if trains[i], err = trainingOf(s, f); err != nil {
			return u.fail("%s", err)
		}
	}
	if err := checkModel(trains[0], f); err != nil {
		said := err.Error()
		if mismatch := (*checkpoint.MismatchError)(nil); errors.As(err, &mismatch) {
			said = "\n  " + mismatch.List()
		}
		u.fail("%s is no model of %s: %s", file, specs[0].path, said)
		return exitFindings
	}
	p, err := programOf(specs[1], trains[1], extras{}, "MigrateMain")
	if err != nil {
		return u.fail("%s", err)
	}
	return compileAndRun(u, p, []string{c.last("map"), file, out})
}

// trainingOf is the training that made the file, by its name where the
// specification has several.
func trainingOf(s *spec, f *checkpoint.File) (*category.Train, error) {
	if name := f.Metadata["train"]; name != "" && len(s.category.Trains) > 1 {
		return chooseTrain(s, []string{name})
	}
	return chooseTrain(s, nil)
}

// checkModel reports in what the file is no model of the training.
func checkModel(t *category.Train, f *checkpoint.File) error {
	f = f.Without(t.On.Name + ".")
	state := t.Step.State
	if f.Metadata["format"] == "" && state.Object != nil && state.Object.State != "" {
		state = state.Object.Of
	}
	return f.Load(golang.Tensors(state))
}
