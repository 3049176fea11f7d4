package sample

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
)

// Exit codes of Main.
const (
	exitFine    = 0
	exitFinding = 1 // the model cannot write
	exitUsage   = 2 // wrong usage, or a file that cannot be read
)

// defaultLength is the number of tokens where none is asked for.
const defaultLength = 500

const usage = `usage: --model FILE [--prompt TEXT] [--length N] [--temperature T] [--top-k K] [--seed N]

  --model FILE     the model (safetensors), as a training saves it
  --prompt TEXT    what the text goes on from (default: the end of a line)
  --length N       tokens to write (default 500)
  --temperature T  divides the logits; 0 takes the likeliest token (default 1)
  --top-k K        draw from the K likeliest tokens only; 0: from all (default 0)
  --seed N         seed of what is drawn (default 1)
`

// Main is the command line of a program that writes text: the prompt and what
// follows it go to stdout, token by token, errors to stderr. Load makes a
// sampler of the bytes of a model file. It returns the exit code: 0 fine, 1 the
// model cannot write, 2 wrong usage, or a file that cannot be read.
func Main(load func(file []byte) (*Sampler, error), args []string, stdout, stderr io.Writer) int {
	fail := func(code int, err error) int {
		fmt.Fprintf(stderr, "ctgen sample: %s\n", err)
		return code
	}
	c, err := parseArgs(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return exitFine
	case err != nil:
		fail(exitUsage, err)
		fmt.Fprint(stderr, usage)
		return exitUsage
	}
	file, err := os.ReadFile(c.model)
	if err != nil {
		return fail(exitUsage, err)
	}
	if file, err = checkpoint.Safetensors(file); err != nil {
		return fail(exitUsage, fmt.Errorf("%s: %w", c.model, err))
	}
	s, err := load(file)
	if errors.Is(err, errNotCausal) {
		return fail(exitFinding, err)
	}
	if err != nil {
		return fail(exitUsage, fmt.Errorf("%s: %w", c.model, err))
	}
	if err := s.Start(c.prompt, c.options); err != nil {
		return fail(exitUsage, err)
	}
	if _, err := io.WriteString(stdout, c.prompt); err != nil {
		return fail(exitUsage, err)
	}
	err = s.Write(stdout, c.length)
	switch {
	case errors.Is(err, errScores):
		return fail(exitFinding, err)
	case err != nil:
		return fail(exitUsage, err)
	}
	return exitFine
}

type command struct {
	model, prompt string
	length        int
	options       Options
}

func parseArgs(args []string) (*command, error) {
	c := &command{length: defaultLength, options: Options{Temperature: 1, Seed: 1}}
	f := flag.NewFlagSet("sample", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	whole := func(name string, to *int) {
		f.Func(name, "", func(s string) error {
			n, err := strconv.ParseInt(s, 10, 32)
			if err != nil || n < 0 {
				return errors.New("want a whole number from 0")
			}
			*to = int(n)
			return nil
		})
	}
	f.StringVar(&c.model, "model", "", "")
	f.StringVar(&c.prompt, "prompt", "", "")
	whole("length", &c.length)
	whole("top-k", &c.options.TopK)
	f.Float64Var(&c.options.Temperature, "temperature", 1, "")
	f.Uint64Var(&c.options.Seed, "seed", 1, "")
	switch err := f.Parse(args); {
	case err != nil:
		return nil, err
	case f.NArg() > 0:
		return nil, fmt.Errorf("%q is one argument too many", f.Arg(0))
	case c.model == "":
		return nil, errors.New("which model? --model FILE names it")
	}
	return c, nil
}
