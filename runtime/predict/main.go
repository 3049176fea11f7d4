package predict

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// Exit codes of Main.
const (
	exitFine    = 0
	exitFinding = 1 // an answer is no number
	exitUsage   = 2 // wrong usage, or a file that does not fit
)

// chunk is the most rows that are in memory at once.
const chunk = 256

type command struct {
	model, input  string
	json, skipBad bool
}

func parseArgs(args []string) (*command, error) {
	c := &command{}
	f := flag.NewFlagSet("predict", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&c.model, "model", "", "")
	f.BoolVar(&c.json, "json", false, "")
	f.BoolVar(&c.skipBad, "skip-bad", false, "")
	f.StringVar(&c.input, "input", "-", "")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, fmt.Errorf("unexpected argument %q", f.Arg(0))
	}
	return c, nil
}

// Main is the command line of a program that applies an arrow to each row of a
// file. Load makes the arrow of the bytes of a model file. It returns the exit
// code: 0 fine, 1 an answer is no number, 2 wrong usage, or a file that does not
// fit. What is wrong with a row ends the work, after the answers to all rows
// before it, unless --skip-bad says to go on.
func Main(load func(file []byte) (*Arrow, error), args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	fail := func(code int, err error) int {
		fmt.Fprintf(stderr, "ctgen predict: %s\n", err)
		return code
	}
	c, err := parseArgs(args)
	if err != nil {
		return fail(exitUsage, err)
	}
	file, err := os.ReadFile(c.model)
	if err != nil {
		return fail(exitUsage, err)
	}
	if file, err = checkpoint.Safetensors(file); err != nil {
		return fail(exitUsage, fmt.Errorf("%s: %w", c.model, err))
	}
	a, err := load(file)
	if err != nil {
		return fail(exitUsage, fmt.Errorf("%s: %w", c.model, err))
	}
	name := "standard input"
	if c.input != "-" {
		f, err := os.Open(c.input)
		if err != nil {
			return fail(exitUsage, err)
		}
		defer f.Close()
		name, stdin = c.input, f
	}
	var skipped data.Skipped
	out := bufio.NewWriter(stdout)
	w := &writer{arrow: a, json: c.json, out: out}
	err = w.all(name, stdin, c.skipBad, func(f *data.Fault) {
		skipped.Add(f)
		fmt.Fprintf(stderr, "skipped: %s\n", f)
	})
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if skipped.Rows > 0 {
		fmt.Fprint(stderr, skipped.Summary(w.rows, "answered"))
	}
	var answer *answerError
	switch {
	case errors.As(err, &answer):
		return fail(exitFinding, err)
	case err != nil:
		return fail(exitUsage, err)
	}
	return exitFine
}

// answerError says that the row at a line has no answer.
type answerError struct {
	file string
	line int
	err  error
}

func (e *answerError) Error() string { return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.err) }

// writer prints answers.
type writer struct {
	arrow *Arrow
	json  bool
	out   *bufio.Writer
	rows  int
}

// all answers every row of in.
func (w *writer) all(name string, in io.Reader, skipBad bool, skip func(*data.Fault)) error {
	spec, scalers := w.arrow.spec()
	s, err := data.NewStream(spec, name, in)
	if err != nil {
		return err
	}
	most := chunk
	if skipBad {
		most = 1 // so that a row whose fault shows late is left out alone
		s.Skip = skip
	}
	for {
		t, err := s.Next(most)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := t.Standardize(spec, scalers); err != nil {
			var fault *data.Fault
			if !skipBad || !errors.As(err, &fault) {
				return err
			}
			skip(fault)
			continue
		}
		b := t.Batch()
		for row := range b.N {
			err := w.row(b, row)
			if err == nil {
				continue
			}
			if !skipBad || errors.Is(err, errCells) {
				return &answerError{name, t.Line(row), err}
			}
			skip(&data.Fault{File: name, Line: t.Line(row), Message: err.Error()})
		}
		if err := w.out.Flush(); err != nil {
			return err
		}
	}
}

// row prints the answer to one row: as JSON, or as CSV below a header.
func (w *writer) row(b *data.Batch, row int) error {
	results, err := w.arrow.apply(b, row)
	if err != nil {
		return err
	}
	if w.json {
		text, err := value(results, w.arrow.Results)
		if err != nil {
			return err
		}
		w.rows++
		w.out.Write(append(text, '\n')) // the error stays with the writer
		return nil
	}
	var line, names []string
	for i, v := range results {
		if line, names, err = cells(line, names, v, w.arrow.Results[i]); err != nil {
			return err
		}
	}
	if w.rows == 0 {
		fmt.Fprintln(w.out, strings.Join(names, ","))
	}
	w.rows++
	fmt.Fprintln(w.out, strings.Join(line, ","))
	return nil
}
