package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/runtime/data"
	engine "github.com/ctgen-lang/ctgen/runtime/train"
)

var trainVerb = &verb{
	name:     "train",
	operands: "SPEC [NAME]",
	min:      1,
	max:      2,
	short:    "compile and run a training declaration",
	long: `Generates the package, compiles it with the Go toolchain and runs the training
declaration NAME; the name may be left out where there is only one. Works
inside and outside a Go module and writes nothing into it. The compiled program
is kept in the user's cache directory, so the next run starts at once.

Models are safetensors files, or archives for NumPy where FILE ends in .npz.
--epochs counts from the very beginning, also
after --resume.

With --save, the state is written at the end, once a minute until then, and when
an interrupt, SIGTERM or SIGHUP ends the training after the step at hand. Each
file replaces the last as a whole, and the one before is kept as FILE.previous.
--resume goes on bit for bit as if nothing had happened, from whatever step and
on any number of threads; where FILE is damaged, it goes on from FILE.previous
and says so.

--folds N cross-validates: it trains N times from the beginning, each time on all
rows but one of N folds, and prints how each model does on its fold, and the mean
and standard deviation over them. Preprocessing is fitted anew each time. The
split of the data, and the patience of the training, play no part.

A row of CSV that does not fit is an error with its line and column. With
--skip-bad it is left out: the first ones are reported, and all are counted by
reason.

--report writes a page when the training ends: curves of loss, metrics and rate,
confusion and scores class by class, histograms of parameters and of their
gradient, the specification and its diagram, and what was run. It is one HTML
file that needs no network. --tensorboard writes event files as the training
goes on.

--checked runs every example arrow by arrow before each step, and ends with an
error that names arrow, line, inputs and step where a value leaves its set or is
not finite. The result is the same, after many times as long.`,
	flags: append([]option{setFlag}, trainFlags...),
	examples: []string{
		"ctgen train specs/wdbc.cat",
		"ctgen train --epochs 20 --seed 7 --save digits.safetensors specs/digits.cat",
		"ctgen train --folds 10 --stratified specs/wdbc.cat",
		"ctgen train --resume digits.safetensors --epochs 40 specs/digits.cat fit",
	},
	topics:  []string{"json", "exit-codes", "environment"},
	needsGo: "Needs",
	run:     runTrain,
}

// trainFlags are handed on to the training program.
var trainFlags = []option{
	{long: "data", value: "PATH", help: "read this file, or folder, instead of the one that the spec names"},
	skipBadFlag,
	{long: "epochs", value: "N", help: "train until epoch N"},
	{long: "batch", value: "N", help: "examples in a step; 0: the whole training part"},
	{long: "micro-batch", value: "N", help: "examples of a batch taken at once, where the spec has micro_batch; 0: all"},
	{long: "seed", value: "N", help: "seed of split, initial values and order (default 1)"},
	{long: "threads", value: "N", help: "threads; the result does not depend on them"},
	{long: "no-shuffle", help: "keep the examples in their order"},
	{long: "patience", value: "N", help: "stop after N epochs without a better figure of what is held out"},
	{long: "min-delta", value: "X", help: "by how much it must be better to be better"},
	{long: "watch", value: "FIGURE", help: "that figure: loss, or a reported metric"},
	{long: "keep", value: "best|last", help: "the parameters of the best epoch or of the last one"},
	{long: "folds", value: "N", help: "cross-validate: train N times, each time on all rows but one of N folds"},
	{long: "stratified", help: "give each fold, or each part of the split, its share of each class"},
	{long: "rate", value: "X", help: "the rate of all steps, where the step leaves it open"},
	withFlag,
	{long: "init", value: "FILE", help: "start from the parameters in FILE"},
	{long: "save", value: "FILE", help: "write the trained model to FILE"},
	{long: "save-every", value: "TIME", help: "save that often: a time (30s, 5m; default 1m) or a number of steps"},
	{long: "resume", value: "FILE", help: "go on where FILE was saved"},
	{long: "report", value: "FILE", help: "write a page about the training to FILE: curves, classes, histograms, the diagram"},
	{long: "tensorboard", value: "DIR", help: "write event files below DIR, for TensorBoard to show as the training goes on"},
	{long: "checked", help: "check every value, name the arrow that makes a wrong one, print the trace"},
	{long: "json", help: "print one JSON object a line"},
}

// skipBadFlag is of verbs that read rows.
var skipBadFlag = option{long: "skip-bad", help: "leave out rows that do not fit, and report them"}

// withFlag is the only one of trainFlags that may be repeated.
var withFlag = option{long: "with", value: "NAME=X", help: "another setting that the step leaves open; may be repeated"}

func runTrain(u *ui, c *call) int {
	s, code := soundSpec(u, c, checkTrainFlags)
	if s == nil {
		return code
	}
	t, err := chooseTrain(s, c.operands[1:])
	if err != nil {
		return u.fail("%s", err)
	}
	path, err := findData(s, t.On, c)
	if err == nil {
		err = checkReadable(c.last("init"), c.last("resume"))
	}
	if err != nil {
		return u.fail("%s", err)
	}
	with := extras{checked: c.has("checked"), gradients: c.has("report") || c.has("tensorboard")}
	programOf := trainProgram
	if c.has("report") {
		programOf = reportingProgram
	}
	p, err := programOf(s, t, with)
	if err != nil {
		return u.fail("%s", err)
	}
	return compileAndRun(u, p, trainArgs(c, path))
}

// soundSpec loads the specification that a call names first, after a look at
// its flags; nil with the exit code where something is wrong, which it reports.
func soundSpec(u *ui, c *call, flags func(*call) error) (*spec, int) {
	set, err := parseSet(c.values["set"])
	if err == nil {
		err = flags(c)
	}
	if err != nil {
		return nil, u.usage(c.verb, "%s", err)
	}
	specs, err := loadSpecs(c.operands[:1], set)
	if err != nil {
		return nil, u.fail("%s", err)
	}
	u.report(specs)
	if anyErrors(specs) {
		return nil, exitFindings
	}
	return specs[0], exitOK
}

// compileAndRun runs p, which is compiled where it has not been before.
func compileAndRun(u *ui, p *program, args []string) int {
	bin, err := p.compile(func() { u.say("compiling (once) …") })
	var refused *compileError
	switch {
	case errors.As(err, &refused):
		u.fail("%s", err)
		return exitFindings
	case err != nil:
		return u.fail("%s", err)
	}
	defer bin.release()
	return runProgram(u, bin.path, args)
}

// checkTrainFlags finds wrong numbers before anything slow starts.
func checkTrainFlags(c *call) error {
	for _, f := range []struct {
		name string
		min  int64
	}{{"epochs", 0}, {"batch", 0}, {"micro-batch", 0}, {"threads", 1}, {"folds", 2}} {
		if !c.has(f.name) {
			continue
		}
		if n, err := strconv.ParseInt(c.last(f.name), 10, 32); err != nil || n < f.min {
			return fmt.Errorf("--%s takes a whole number from %d, not %s", f.name, f.min, quote(c.last(f.name)))
		}
	}
	if c.has("seed") {
		if _, err := strconv.ParseUint(c.last("seed"), 10, 64); err != nil {
			return fmt.Errorf("--seed takes a whole number from 0, not %s", quote(c.last("seed")))
		}
	}
	if c.has("save-every") {
		switch _, err := engine.ParseRhythm(c.last("save-every")); {
		case err != nil:
			return fmt.Errorf("--save-every takes a time, such as 30s or 5m, or a number of steps from 1, not %s", quote(c.last("save-every")))
		case !c.has("save"):
			return errors.New("--save-every says how often; --save FILE says where")
		}
	}
	if c.has("folds") {
		for _, f := range []string{"save", "resume", "patience", "min-delta", "watch", "keep", "checked", "report", "tensorboard"} {
			if c.has(f) {
				return fmt.Errorf("--folds trains a model for each fold, to the last epoch, and saves none; --%s is of one training", f)
			}
		}
	}
	if c.has("init") && c.has("resume") {
		return errors.New("--init starts anew and --resume goes on; give one of them")
	}
	return nil
}

// chooseTrain finds the training declaration that was asked for.
func chooseTrain(s *spec, name []string) (*category.Train, error) {
	var names []string
	for _, t := range s.category.Trains {
		names = append(names, t.Name)
		if len(name) > 0 && t.Name == name[0] {
			return t, nil
		}
	}
	switch {
	case len(names) == 0:
		return nil, fmt.Errorf("%s declares no training; add `train NAME { step: …, on: …, batch: …, epochs: … }`", s.path)
	case len(name) > 0:
		return nil, fmt.Errorf("%s has no training %s%s", s.path, quote(name[0]), didYouMean(name[0], names))
	case len(names) > 1:
		return nil, fmt.Errorf("%s declares several trainings; name one: %s", s.path, strings.Join(names, ", "))
	}
	return s.category.Trains[0], nil
}

// findData is the path of the data: beside the spec, or where --data says. It
// finds missing files before anything slow starts.
func findData(s *spec, d *category.Data, c *call) (string, error) {
	path := filepath.Join(filepath.Dir(s.path), filepath.FromSlash(d.Path))
	if filepath.IsAbs(d.Path) {
		path = d.Path
	}
	hint := fmt.Sprintf("; data %s is looked for beside the spec, or where --data says", d.Name)
	if c.has("data") {
		path, hint = c.last("data"), ""
	}
	if d.Format != "idx" {
		if err := checkReadable(path); err != nil {
			return "", fmt.Errorf("%w%s", err, hint)
		}
		return path, nil
	}
	for _, col := range d.Columns {
		for _, name := range []string{col.File, col.Test} {
			if name == "" {
				continue
			}
			if _, err := data.Find(path, name); err != nil {
				return "", fmt.Errorf("%w%s", err, hint)
			}
		}
	}
	return path, nil
}

// checkReadable finds a missing file before anything slow starts.
func checkReadable(paths ...string) error {
	for _, p := range paths {
		if p == "" {
			continue
		}
		f, err := os.Open(p)
		if err != nil {
			return plainError(err)
		}
		f.Close()
	}
	return nil
}

// trainArgs is the command line of the training program.
func trainArgs(c *call, data string) []string {
	args := []string{"--data", data}
	return append(args, handedOn(c, slices.DeleteFunc(slices.Clone(trainFlags), func(f option) bool { return f.long == "data" }))...)
}

// handedOn writes those of the flags that were given as a command line.
func handedOn(c *call, flags []option) []string {
	var args []string
	for _, f := range flags {
		switch {
		case !c.has(f.long):
		case f.value == "":
			args = append(args, "--"+f.long)
		default:
			values := []string{c.last(f.long)}
			if f.long == withFlag.long {
				values = c.values[f.long]
			}
			for _, v := range values {
				args = append(args, "--"+f.long+"="+v)
			}
		}
	}
	return args
}
