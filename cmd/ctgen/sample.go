package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

var sampleVerb = &verb{
	name:     "sample",
	operands: "SPEC [ARROW]",
	min:      1,
	max:      2,
	short:    "write text with a trained model",
	long: `Writes text with a model that ctgen train --save has written to FILE: the prompt,
and what the model goes on with, token by token. The specification trains on
data from text; ARROW leads from what a row begins with, a context or one
token, to scores of the token that follows each place, or all. Left out, it is
the one whose scores the loss of the training takes.

A context that is not full yet is filled up behind its end, which changes
nothing: a model whose scores depend on tokens behind their place is refused.
Once it is full, the oldest token makes room. Same model, prompt, flags and
seed, same text.`,
	flags: append([]option{setFlag}, sampleFlags...),
	examples: []string{
		"ctgen train --save bigram.safetensors specs/bigram.cat",
		"ctgen sample --model bigram.safetensors --prompt 'The Rays ' specs/bigram.cat",
		"ctgen sample --model bigram.safetensors --top-k 20 specs/bigram.cat scores",
	},
	topics:  []string{"exit-codes", "environment"},
	needsGo: "Needs",
	run:     runSample,
}

// sampleFlags are handed on to the program that writes.
var sampleFlags = []option{
	{long: "model", value: "FILE", help: "the trained model; to be given"},
	{long: "prompt", value: "TEXT", help: "what the text goes on from (default: the end of a line)"},
	{long: "length", value: "N", help: "tokens to write (default 500)"},
	{long: "temperature", value: "T", help: "divides the scores: below 1 likely tokens become likelier, at 0 the likeliest is taken (default 1)"},
	{long: "top-k", value: "K", help: "draw from the K likeliest tokens only; 0: from all (default 0)"},
	{long: "seed", value: "N", help: "seed of what is drawn (default 1)"},
}

func runSample(u *ui, c *call) int {
	s, code := soundSpec(u, c, checkSampleFlags)
	if s == nil {
		return code
	}
	t, a, err := chooseWriter(s, c.operands[1:])
	if err == nil {
		err = checkReadable(c.last("model"))
	}
	if err != nil {
		return u.fail("%s", err)
	}
	p, err := sampleProgram(s, t, a)
	if err != nil {
		return u.fail("%s", err)
	}
	return compileAndRun(u, p, handedOn(c, sampleFlags))
}

// checkSampleFlags finds wrong numbers before anything slow starts.
func checkSampleFlags(c *call) error {
	if c.last("model") == "" {
		return errors.New("--model FILE names the model that writes; `ctgen train --save FILE` makes one")
	}
	for _, name := range []string{"length", "top-k"} {
		if c.has(name) {
			if n, err := strconv.ParseInt(c.last(name), 10, 32); err != nil || n < 0 {
				return fmt.Errorf("--%s takes a whole number from 0, not %s", name, quote(c.last(name)))
			}
		}
	}
	if c.has("seed") {
		if _, err := strconv.ParseUint(c.last("seed"), 10, 64); err != nil {
			return fmt.Errorf("--seed takes a whole number from 0, not %s", quote(c.last("seed")))
		}
	}
	if c.has("temperature") {
		if v, err := strconv.ParseFloat(c.last("temperature"), 64); err != nil || !(v >= 0) || math.IsInf(v, 1) {
			return fmt.Errorf("--temperature takes a number from 0, not %s", quote(c.last("temperature")))
		}
	}
	return nil
}

// chooseWriter finds the arrow that was asked for, or the one that is meant
// where none is named, and a training that makes its model.
func chooseWriter(s *spec, name []string) (*category.Train, *category.Arrow, error) {
	var names []string
	var train *category.Train
	for _, t := range s.category.Trains {
		for _, a := range t.Writers(s.category) {
			if len(name) > 0 && a.Name == name[0] {
				return t, a, nil
			}
			if !slices.Contains(names, a.Name) {
				names = append(names, a.Name)
			}
			if train == nil {
				train = t
			}
		}
	}
	switch {
	case train == nil:
		return nil, nil, fmt.Errorf("%s has no arrow that writes: of a training on data from text, one from what a row begins with to scores of the tokens that follow", s.path)
	case len(name) > 0:
		return nil, nil, fmt.Errorf("%s has no arrow %s that scores what follows %s%s", s.path, quote(name[0]), train.On.Columns[0].Object, didYouMean(name[0], names))
	}
	if a := train.Writer(s.category); a != nil {
		return train, a, nil
	}
	return nil, nil, fmt.Errorf("%s has several arrows that write; name one: %s", s.path, strings.Join(names, ", "))
}

// sampleProgram is the Go program that writes with a.
func sampleProgram(s *spec, t *category.Train, a *category.Arrow) (*program, error) {
	p, err := modelProgram(s, extras{})
	if err != nil {
		return nil, err
	}
	p.files["main.go"] = []byte(fmt.Sprintf(`// Command main writes text with the arrow %[1]s of category %[2]s.
package main

import (
	"os"

	model %[3]q
	%[4]q
)

func main() {
	load := func(file []byte) (*sample.Sampler, error) {
		m, err := model.%[5]s(file)
		if err != nil {
			return nil, err
		}
		return m.%[6]s()
	}
	os.Exit(sample.Main(load, os.Args[1:], os.Stdout, os.Stderr))
}
`, a.Name, s.category.Name, ctgen.Path+"/model", ctgen.Path+"/runtime/sample", golang.LoaderName(t), golang.SamplerName(a)))
	return p, nil
}
