// Command lenet compares a training step of specs/lenet.cat with PyTorch's, on
// one thread and batches of 32: rounds of both alternate, and the fastest of
// each counts. Source peers/env.sh before it; run it in bench.
package main

import (
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/ctgen-lang/ctgen/generated/lenet"
)

const rounds = 3

func main() {
	python := "/usr/bin/python3" // that of Debian, which has python3-torch
	if p := os.Getenv("CTGEN_PYTHON"); p != "" {
		python = p
	}
	ours, theirs := 0.0, 0.0
	for range rounds {
		ours = fastest(ours, train())
		out, err := exec.Command(python, "peers/python/lenet.py").Output()
		if err != nil {
			log.Fatalf("PyTorch does not run: %v", err)
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		if err != nil {
			log.Fatal(err)
		}
		theirs = fastest(theirs, v)
	}
	fmt.Printf("ctgen    %7.0f µs a step\nPyTorch  %7.0f µs a step\nratio    %7.2f\n", ours, theirs, theirs/ours)
}

func fastest(best, v float64) float64 {
	if best == 0 || v < best {
		return v
	}
	return best
}

// train returns the fastest of some rounds of steps, in microseconds a step.
func train() float64 {
	r := rand.New(rand.NewPCG(1, 2))
	images, digits := make([]lenet.Image, 32), make([]lenet.Digit, 32)
	for i := range images {
		for row := range images[i][0] {
			for col := range images[i][0][row] {
				images[i][0][row][col] = r.Float32()
			}
		}
		digits[i] = lenet.Digit(r.IntN(10))
	}
	trainer, err := lenet.NewStepTrainer(lenet.InitNetworkMomentum(1), 32)
	if err != nil {
		log.Fatal(err)
	}
	best := 0.0
	for range 8 {
		start := time.Now()
		for range 25 {
			if _, err := trainer.Step(0.01, images, digits); err != nil {
				log.Fatal(err)
			}
		}
		best = fastest(best, float64(time.Since(start).Nanoseconds())/25e3)
	}
	return best
}
