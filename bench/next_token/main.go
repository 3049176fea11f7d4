// Command next_token compares a training step of specs/next_token.cat with the
// program of the book that it is taken from (Category Theory for Tiny ML in
// Rust), which is held to the same losses:
//
//	go run ./next_token -book DIR     from bench/; DIR is a clone of the book's repository
//
// One step is one pass over the whole corpus of eight tokens; ours computes the
// loss as well, the book's does not. Rounds of both alternate on one core, and
// the fastest of each counts. It exits with 1 where ours takes more than a third
// of the book's time. Without the book, or without Rust, a loop in C stands in
// for it: what the book takes is then estimated.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/ctgen-lang/ctgen/bench/pinned"
	"github.com/ctgen-lang/ctgen/generated/next_token"
)

const (
	steps = 80
	loss  = 0.009720 // after them, as the book prints it
	bar   = 3.0      // how many times as long the book must take
	// bookByC is how many times as long as the loop in C the book's program
	// takes, measured side by side: docs/performance.md.
	bookByC = 8.4
)

func main() {
	rounds := flag.Int("rounds", 9, "interleaved rounds")
	cpu := flag.Int("cpu", runtime.NumCPU()-1, "the core to run on")
	book := flag.String("book", os.Getenv("CTGEN_BOOK"), "a clone of the book's repository; CTGEN_BOOK in the environment says the same")
	own := flag.Bool("ours", false, "measure generated code alone, in this process")
	flag.Parse()
	run := func() error { return compare(*rounds, *cpu, *book) }
	if *own {
		run = ours
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "next_token:", err)
		os.Exit(1)
	}
}

// peer is a program that prints a loss and the nanoseconds of a step.
type peer struct {
	name    string
	command []string
	best    float64
}

func compare(rounds, cpu int, book string) error {
	dir, err := os.MkdirTemp("", "next_token")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	us := &peer{name: "ctgen", command: []string{self, "-ours"}}
	c, err := buildC(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "no loop in C:", err)
	}
	rust, err := buildBook(dir, book)
	if err != nil {
		fmt.Fprintln(os.Stderr, "no book:", err)
	}
	var peers []*peer
	for _, p := range []*peer{us, rust, c} {
		if p != nil {
			peers = append(peers, p)
		}
	}
	for round := range rounds {
		for k := range peers { // who is first rotates
			if err := peers[(k+round)%len(peers)].measure(cpu); err != nil {
				return err
			}
		}
	}
	return judge(us, rust, c)
}

// judge prints the table and holds our time against the bar.
func judge(us, rust, c *peer) error {
	fmt.Println("| | ns a step | times ours |\n|---|---:|---:|")
	for _, p := range []*peer{us, rust, c} {
		if p != nil {
			fmt.Printf("| %s | %.0f | %.2f |\n", p.name, p.best, p.best/us.best)
		}
	}
	var book float64
	switch {
	case rust != nil:
		book = rust.best
	case c != nil:
		book = bookByC * c.best
		fmt.Printf("| the book's program, estimated from C | %.0f | %.2f |\n", book, book/us.best)
	default:
		return errors.New("nothing to compare with: neither the book nor a C compiler is there")
	}
	if book < bar*us.best {
		return fmt.Errorf("below the bar: the book takes %.2f times as long, not %g", book/us.best, bar)
	}
	return nil
}

// measure runs a peer in the neutral environment, on one core where taskset is
// there to hold it, and keeps its fastest time.
func (p *peer) measure(cpu int) error {
	out, err := pinned.Output(cpu, p.command...)
	if err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	var after, ns float64
	if _, err := fmt.Sscan(out, &after, &ns); err != nil {
		return fmt.Errorf("%s: %q: %w", p.name, out, err)
	}
	if math.Abs(after-loss) > 1.5e-6 {
		return fmt.Errorf("%s ends at a loss of %g, not %g: it does not do the same", p.name, after, loss)
	}
	if p.best == 0 || ns < p.best {
		p.best = ns
	}
	return nil
}

// output runs a command; what it says of an error is part of the error.
func output(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		err = fmt.Errorf("%s: %w\n%s", name, err, exit.Stderr)
	}
	return string(out), err
}

func buildC(dir string) (*peer, error) {
	bin := filepath.Join(dir, "loop")
	if _, err := output("cc", "-O3", "-march=native", "-ffast-math", "-o", bin, "peers/c/next_token.c", "-lm"); err != nil {
		return nil, err
	}
	return &peer{name: "C, plain loops", command: []string{bin}}, nil
}

// manifest is of a program beside the book's crate, which stays untouched.
const manifest = `[package]
name = "step"
version = "0.1.0"
edition = "2024"

[[bin]]
name = "step"
path = %q

[dependencies]
category-theory-transformer-rs = { path = %q }
`

// buildBook compiles the book's crate as its own release build does.
func buildBook(dir, book string) (*peer, error) {
	if book == "" {
		return nil, errors.New("-book names no clone of its repository")
	}
	clone := filepath.Join(dir, "book")
	if _, err := output("git", "clone", "--quiet", book, clone); err != nil {
		return nil, err
	}
	program, err := filepath.Abs("peers/rust/next_token.rs")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "Cargo.toml")
	if err := os.WriteFile(file, fmt.Appendf(nil, manifest, program, clone), 0o666); err != nil {
		return nil, err
	}
	target := filepath.Join(dir, "target")
	if _, err := output("cargo", "build", "--quiet", "--release", "--offline", "--manifest-path", file, "--target-dir", target); err != nil {
		return nil, err
	}
	return &peer{name: "the book's program", command: []string{filepath.Join(target, "release", "step")}}, nil
}

// ours measures generated code.
func ours() error {
	start := bookModel()
	corpus := []next_token.Token{1, 2, 3, 4, 1, 2, 3, 4}
	trainer, err := next_token.NewStepTrainer(start, len(corpus))
	if err != nil {
		return err
	}
	run := func(count int) error {
		for range count {
			if _, err := trainer.Step(corpus); err != nil {
				return err
			}
		}
		return nil
	}
	if err := run(steps); err != nil {
		return err
	}
	after, err := trainer.Step(corpus)
	if err != nil {
		return err
	}
	best := math.Inf(1)
	for range 400 {
		const calls = 250
		trainer.Load(start)
		began := time.Now()
		if err := run(calls); err != nil {
			return err
		}
		best = min(best, float64(time.Since(began).Nanoseconds())/calls)
	}
	fmt.Printf("%.6f %.1f\n", after, best)
	return nil
}

// bookModel is the model as the book's program starts it. Its head is stored
// width × vocabulary, ours is the transpose of that.
func bookModel() *next_token.Model {
	starting := func(row, col, cols, seed int) float32 {
		return float32((float64(((row*cols+col)*37+seed*101)%1000)/1000 - 0.5) * 0.2)
	}
	m := new(next_token.Model)
	for token := range m.Embed {
		for i := range m.Embed[token] {
			m.Embed[token][i] = starting(token, i, next_token.DimWidth, 1)
			m.Linear.Weight[token][i] = starting(i, token, next_token.DimVocab, 2)
		}
	}
	return m
}
