package main

import (
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/ctgen-lang/ctgen/generated/gpt"
	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/sample"
)

// checked is how many calls the check goes through.
const checked = 4

// ours measures generated code.
func ours() error {
	bytes, err := os.ReadFile(text)
	if err != nil {
		return err
	}
	state := &gpt.GPTAdamW{Params: *gpt.InitGPT(1)}
	var contexts [checked][]gpt.Context
	var followings [checked][]gpt.Following
	for i := range contexts {
		contexts[i], followings[i] = make([]gpt.Context, batch), make([]gpt.Following, batch)
		for e := range batch {
			from := (i*batch + e) * len(gpt.Context{})
			for t := range contexts[i][e] {
				contexts[i][e][t], followings[i][e][t] = gpt.Token(bytes[from+t]), gpt.Token(bytes[from+t+1])
			}
		}
	}

	written, generate, err := writer(state, string(bytes[:len(gpt.Context{})]))
	if err != nil {
		return err
	}
	report(generation, func(int) { generate() }, written)

	trainer, err := gpt.NewStepTrainer(state, batch, runtime.Threads(1))
	if err != nil {
		return err
	}
	sum := 0.0
	for i := range checked {
		loss, err := trainer.Step(contexts[i], followings[i])
		if err != nil {
			return err
		}
		sum += float64(loss) / checked
	}
	report(training, func(i int) { _, err = trainer.Step(contexts[i%checked], followings[i%checked]) }, sum)
	return err
}

// writer continues a prompt that fills the context, a byte a call, as users do:
// always by the likeliest. It also gives a number that the first bytes make.
func writer(state *gpt.GPTAdamW, prompt string) (written float64, generate func() int32, err error) {
	s, err := (&gpt.FitModel{GPT: state.Params}).ScoresSampler()
	if err != nil {
		return 0, nil, err
	}
	if err := s.Start(prompt, sample.Options{}); err != nil {
		return 0, nil, err
	}
	generate = func() int32 {
		t, err := s.Next()
		if err != nil {
			panic(err)
		}
		return t
	}
	for i := range 16 {
		written += float64(generate()) * float64(i+1)
	}
	return written, generate, nil
}

// report times calls for two seconds and prints
//
//	RES peer workload median minimum check
//
// in nanoseconds per call.
func report(workload string, call func(i int), check float64) {
	var seen []float64
	for start := time.Now(); time.Since(start) < 2*time.Second || len(seen) < 20; {
		began := time.Now()
		call(len(seen))
		seen = append(seen, float64(time.Since(began)))
	}
	slices.Sort(seen)
	fmt.Printf("RES ctgen %s %.0f %.0f %.9g\n", workload, seen[len(seen)/2], seen[0], check)
}
