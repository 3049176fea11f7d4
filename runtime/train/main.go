package train

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os/signal"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime"
)

// Exit codes of Main.
const (
	exitFine    = 0
	exitFinding = 1 // the training did not succeed
	exitUsage   = 2 // wrong usage, or a file that cannot be read or written
)

const usage = `usage: [--data PATH] [--skip-bad] [--epochs N] [--batch N] [--micro-batch N] [--seed N] [--threads N] [--no-shuffle]
       [--rate X] [--with NAME=X]
       [--patience N] [--min-delta X] [--watch FIGURE] [--keep best|last]
       [--folds N] [--stratified]
       [--init FILE] [--save FILE] [--save-every TIME|STEPS] [--resume FILE]
       [--report FILE] [--tensorboard DIR] [--checked] [--json]

  --data PATH    read this file, or folder of IDX files, instead of the one that the spec names
  --skip-bad     leave out rows that do not fit, and report them
  --epochs N     train until epoch N, counted from the very beginning
  --batch N      rows of a step; 0 for the whole training part
  --micro-batch N  rows that a step takes at once, where the spec has micro_batch; 0 for all
  --seed N       seed of the split, the initial values and the order of rows (default 1)
  --threads N    threads; the result does not depend on them
  --no-shuffle   keep the rows in their order
  --rate X       the rate of all steps, where the step leaves it open
  --with NAME=X  a setting that the step leaves open, such as momentum
  --patience N   stop after N epochs without a better figure of what is held out
  --min-delta X  by how much it must be better to be better
  --watch FIGURE that figure: loss, or a reported metric
  --keep WHICH   the parameters of the best epoch or of the last one
  --folds N      cross-validate: train N times, each time on all rows but one of N folds
  --stratified   give each fold, or each part of the split, its share of each class
  --init FILE    start from the parameters in FILE (safetensors)
  --save FILE    write parameters, optimizer state, preprocessing and place to FILE
  --save-every X save that often: a time (30s, 5m; default 1m) or a number of steps
  --resume FILE  go on where FILE was saved
  --report FILE  write a page about the training to FILE
  --tensorboard DIR  write event files below DIR, for TensorBoard to show
  --checked      check every value, and print the trace at the end
  --json         print a JSON object a line: one for each epoch, one at the end
`

// Main is the command line of a training program. Results go to stdout,
// progress and errors to stderr. It returns the exit code: 0 fine, also when
// an interrupt ended the run after a whole step; 1 the training diverged, or a
// check failed; 2 wrong usage, or a file that cannot be read or written.
func Main(p *Program, args []string, stdout, stderr io.Writer) int {
	var trace runtime.Trace
	options, checked, err := parseArgs(args, &trace, stdout, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return exitFine
	case err != nil:
		fmt.Fprintf(stderr, "ctgen train: %s\n%s", err, usage)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	// A second interrupt ends the program at once.
	context.AfterFunc(ctx, stop)

	if k := foldsOf(options); k > 0 {
		return mainFolds(ctx, p, k, options, stderr)
	}
	result, err := Run(ctx, p, options...)
	finding := isFinding(err)
	var unsaved *SaveError
	var unwritten *RecordError
	if checked && (finding || result != nil) {
		fmt.Fprint(stderr, &trace)
	}
	switch {
	case finding:
		fmt.Fprintf(stderr, "ctgen train: %s\n", err)
		return exitFinding
	case err != nil && (result == nil || errors.As(err, &unsaved) || errors.As(err, &unwritten)):
		fmt.Fprintf(stderr, "ctgen train: %s\n", err)
		return exitUsage
	case result.Report.Interrupted && result.Report.Saved == "":
		fmt.Fprintln(stderr, "nothing was saved; with --save FILE an interrupted training can be resumed")
	}
	return exitFine
}

// isFinding tells a training that did not succeed from wrong usage and files.
func isFinding(err error) bool {
	var diverged *DivergedError
	var blamed *runtime.ArrowError
	var outside *SettingError
	return errors.As(err, &diverged) || errors.As(err, &blamed) || errors.As(err, &outside)
}

// mainFolds is Main for a cross-validation.
func mainFolds(ctx context.Context, p *Program, k int, options []Option, stderr io.Writer) int {
	c, err := CrossValidate(ctx, p, k, options...)
	switch {
	case err == nil || c != nil && c.Interrupted:
		return exitFine
	case isFinding(err):
		fmt.Fprintf(stderr, "ctgen train: %s\n", err)
		return exitFinding
	}
	fmt.Fprintf(stderr, "ctgen train: %s\n", err)
	return exitUsage
}

// foldsOf is how many folds the flags ask for, 0 without a cross-validation.
func foldsOf(options []Option) int {
	var s settings
	for _, o := range options {
		o(&s)
	}
	return s.folds
}

// parseArgs turns flags into options.
func parseArgs(args []string, trace *runtime.Trace, stdout, stderr io.Writer) (options []Option, checked bool, err error) {
	add := func(o Option) { options = append(options, o) }
	f := flag.NewFlagSet("train", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	path := func(name string, option func(string) Option) {
		f.Func(name, "", func(s string) error {
			if s == "" {
				return errors.New("the path is empty")
			}
			add(option(s))
			return nil
		})
	}
	whole := func(name string, least int, option func(int) Option) {
		f.Func(name, "", func(s string) error {
			n, err := strconv.ParseInt(s, 10, 32)
			if err != nil || int(n) < least {
				return fmt.Errorf("want a whole number from %d", least)
			}
			add(option(int(n)))
			return nil
		})
	}
	path("data", Data)
	path("init", InitFrom)
	path("save", SaveTo)
	path("resume", ResumeFrom)
	path("report", ReportTo)
	path("tensorboard", TensorBoard)
	f.Func("save-every", "", func(s string) error {
		o, err := ParseRhythm(s)
		if err == nil {
			add(o)
		}
		return err
	})
	whole("epochs", 0, Epochs)
	whole("batch", 0, Batch)
	whole("micro-batch", 0, MicroBatch)
	whole("threads", 1, Threads)
	whole("folds", 2, func(n int) Option { return func(s *settings) { s.folds = n } })
	whole("patience", 0, Patience)
	f.Func("min-delta", "", func(s string) error {
		d, err := strconv.ParseFloat(s, 64)
		if err != nil || !(d >= 0) {
			return errors.New("want a number from 0")
		}
		add(MinDelta(d))
		return nil
	})
	f.Func("watch", "", func(s string) error { add(Watch(s)); return nil })
	f.Func("keep", "", func(s string) error {
		if s != keepBest && s != keepLast {
			return errors.New("want best or last")
		}
		add(keeping(s))
		return nil
	})
	f.Func("rate", "", func(s string) error { return setting(add, "rate", s) })
	f.Func("with", "", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("want a name, = and a number")
		}
		return setting(add, name, value)
	})
	f.Func("seed", "", func(s string) error {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return errors.New("want a whole number from 0")
		}
		add(Seed(n))
		return nil
	})
	stratified := f.Bool("stratified", false, "")
	noShuffle := f.Bool("no-shuffle", false, "")
	skipBad := f.Bool("skip-bad", false, "")
	jsonLines := f.Bool("json", false, "")
	f.BoolVar(&checked, "checked", false, "")
	if err := f.Parse(args); err != nil {
		return nil, false, err
	}
	if f.NArg() > 0 {
		return nil, false, fmt.Errorf("%q is one argument too many", f.Arg(0))
	}
	if *stratified {
		add(Stratified(""))
	}
	if *skipBad {
		add(SkipBad())
	}
	if *noShuffle {
		add(NoShuffle())
	}
	add(func(s *settings) { s.notes, s.lines = stderr, stdout })
	if *jsonLines {
		add(func(s *settings) { s.json, s.lines = stdout, nil })
	}
	if checked {
		add(Checked(trace))
	}
	return options, checked, nil
}

// setting adds what a flag gives a setting.
func setting(add func(Option), name, value string) error {
	v, err := strconv.ParseFloat(value, 32)
	if err != nil || v-v != 0 {
		return errors.New("want a number")
	}
	add(Set(name, float32(v)))
	return nil
}
