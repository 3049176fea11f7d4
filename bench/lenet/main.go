// Command lenet compares a training step of specs/lenet.cat with PyTorch's, on
// one thread and batches of 32:
//
//	go run ./lenet     from bench/
//
// Both start from the same parameters and step on the same batch, and must come
// to the same loss. Rounds of both alternate on one core, and of PyTorch's
// forms the fastest counts. The exit code is 1 where the bar is missed.
package main

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/ctgen-lang/ctgen/bench/pinned"
	"github.com/ctgen-lang/ctgen/generated/lenet"
)

const (
	batch = 32
	rate  = 0.01
	bar   = 1.5 // how many times as long PyTorch must take
	// checked is the number of steps after which the losses are compared, and
	// timed that of a measurement, of which the fastest of several counts.
	checked, timed, times = 20, 25, 8
)

func main() {
	rounds := flag.Int("rounds", 5, "interleaved rounds")
	cpu := flag.Int("cpu", runtime.NumCPU()-1, "the core to run on")
	own := flag.Bool("ours", false, "measure generated code alone, in this process")
	flag.Parse()
	run := func() error { return compare(*rounds, *cpu) }
	if *own {
		run = ours
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "lenet:", err)
		os.Exit(1)
	}
}

// result is the fastest time of a step in microseconds, and the loss that shows
// that the work was done.
type result struct{ step, loss float64 }

func compare(rounds, cpu int) error {
	dir, err := os.MkdirTemp("", "lenet")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	start := filepath.Join(dir, "start")
	if err := writeStart(start); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	best := map[string]result{}
	commands := [][]string{{self, "-ours"}, {pinned.Python, "peers/python/lenet.py", start, fmt.Sprint(checked), fmt.Sprint(timed), fmt.Sprint(times)}}
	for round := range rounds {
		for k := range commands { // who is first alternates
			out, err := pinned.Output(cpu, commands[(k+round)%len(commands)]...)
			if err != nil {
				return err
			}
			for line := range strings.Lines(out) {
				var name string
				var r result
				if _, err := fmt.Sscan(line, &name, &r.step, &r.loss); err != nil {
					return fmt.Errorf("%q: %w", line, err)
				}
				if old, ok := best[name]; !ok || r.step < old.step {
					best[name] = r
				}
			}
		}
	}
	return judge(best)
}

// judge prints the table and holds the fastest PyTorch against the bar.
func judge(best map[string]result) error {
	own, ok := best["ctgen"]
	if !ok {
		return fmt.Errorf("no result of ctgen")
	}
	name, rival := "", result{step: math.Inf(1)}
	for n, r := range best {
		if n == "ctgen" {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s: %.0f µs, loss %.6g (ours %.6g)\n", n, r.step, r.loss, own.loss)
		if !(math.Abs(r.loss-own.loss) <= 1e-3*math.Abs(own.loss)) {
			return fmt.Errorf("%s comes to a loss of %g and ctgen to %g: they do not do the same", n, r.loss, own.loss)
		}
		if r.step < rival.step {
			name, rival = n, r
		}
	}
	if name == "" {
		return fmt.Errorf("no result of PyTorch")
	}
	fmt.Println("| | µs a step | times ours |\n|---|---:|---:|")
	fmt.Printf("| ctgen | %.0f | 1.00 |\n| PyTorch, %s | %.0f | %.2f |\n", own.step, name, rival.step, rival.step/own.step)
	if rival.step < bar*own.step {
		return fmt.Errorf("below the bar: PyTorch takes %.2f times as long, not %g", rival.step/own.step, bar)
	}
	return nil
}

// example is the batch that both step on.
func example() (images []lenet.Image, digits []lenet.Digit) {
	r := rand.New(rand.NewPCG(1, 2))
	images, digits = make([]lenet.Image, batch), make([]lenet.Digit, batch)
	for i := range images {
		for row := range images[i][0] {
			for col := range images[i][0][row] {
				images[i][0][row][col] = r.Float32()
			}
		}
		digits[i] = lenet.Digit(r.IntN(10))
	}
	return images, digits
}

// writeStart writes all parameters in the order of the specification, the images
// and the digits, as little-endian float32.
func writeStart(path string) error {
	images, digits := example()
	labels := make([]float32, len(digits))
	for i, d := range digits {
		labels[i] = float32(d)
	}
	var b bytes.Buffer
	for _, v := range []any{&lenet.InitNetworkMomentum(1).Params, images, labels} {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			return err
		}
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// ours prints the result of generated code.
func ours() error {
	images, digits := example()
	trainer, err := lenet.NewStepTrainer(lenet.InitNetworkMomentum(1), batch)
	if err != nil {
		return err
	}
	steps := func(n int) (loss lenet.Loss, err error) {
		for range n {
			if loss, err = trainer.Step(rate, images, digits); err != nil {
				return 0, err
			}
		}
		return loss, nil
	}
	loss, err := steps(checked)
	if err != nil {
		return err
	}
	best := math.Inf(1)
	for range times {
		start := time.Now()
		if _, err := steps(timed); err != nil {
			return err
		}
		best = min(best, float64(time.Since(start).Nanoseconds())/(1e3*timed))
	}
	fmt.Println("ctgen", best, loss)
	return nil
}
