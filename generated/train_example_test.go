package generated_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ctgen-lang/ctgen/generated/lenet"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/serve"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

var patients = train.Data("../specs/breast_cancer.csv")

// A row of the file.
var benign = wdbc.Features{13.54, 14.36, 87.46, 566.3, 0.09779, 0.08129, 0.06664, 0.04781, 0.1885, 0.05766, 0.2699, 0.7886, 2.058, 23.56, 0.008462,
	0.0146, 0.02387, 0.01315, 0.0198, 0.0023, 15.11, 19.26, 99.7, 711.2, 0.144, 0.1773, 0.239, 0.1288, 0.2977, 0.07259}

// A function that is called after every epoch may end the training.
func Example_callback() {
	enough := func(r *train.Report) error {
		if r.Validation != nil && r.Validation.Loss < 0.1 {
			return train.ErrStop
		}
		return nil
	}
	result, err := train.Run(context.Background(), wdbc.FitProgram(), patients, train.EachEpoch(enough))
	if err != nil {
		panic(err)
	}
	r := result.Report
	fmt.Println(r.Epoch < r.Epochs, r.Stopped)
	// Output: true the program said so
}

// A training that its context ends returns the model so far, and goes on from
// what it saved as if nothing had happened.
func Example_resume() {
	file := filepath.Join(os.TempDir(), "wdbc-resume-example.safetensors")
	defer os.Remove(file)
	defer os.Remove(file + ".previous")

	ctx, cancel := context.WithCancel(context.Background())
	late := train.EachStep(func(s *train.Step) error {
		if s.Step == 100 { // or a signal, or a deadline
			cancel()
		}
		return nil
	})
	_, err := wdbc.Fit(ctx, patients, late, train.SaveTo(file))
	fmt.Println(errors.Is(err, context.Canceled))

	resumed, err := wdbc.Fit(context.Background(), patients, train.ResumeFrom(file))
	if err != nil {
		panic(err)
	}
	whole, err := wdbc.Fit(context.Background(), patients)
	if err != nil {
		panic(err)
	}
	fmt.Println(resumed.Neuron == whole.Neuron)
	// Output:
	// true
	// true
}

// Training stops when the held-out rows have not done better for some epochs,
// and the parameters of the best epoch are kept.
func Example_earlyStopping() {
	result, err := train.Run(context.Background(), wdbc.FitProgram(), patients,
		train.Epochs(1000), train.Patience(5), train.MinDelta(1e-3), train.KeepBest())
	if err != nil {
		panic(err)
	}
	r := result.Report
	fmt.Println(r.Stopped != "", r.Kept > 0, r.Kept < r.Epoch, r.Epoch < r.Epochs)
	// Output: true true true true
}

// Figures of the held-out rows, and those of each epoch before.
func Example_metrics() {
	result, err := train.Run(context.Background(), wdbc.FitProgram(), patients)
	if err != nil {
		panic(err)
	}
	for _, m := range result.Report.Validation.Metrics {
		fmt.Printf("%s %.2f\n", m.Name, m.Value)
	}
	first, last := result.Report.History[0], result.Report.History[len(result.Report.History)-1]
	fmt.Println(first.Epoch, last.Epoch, last.Loss < first.Loss)
	// Output:
	// accuracy 0.97
	// auc 1.00
	// 1 60 true
}

// A step that leaves its rate open takes a schedule, here of a training on rows
// that the program already has.
func Example_schedule() {
	const rows = 64
	images := make([]float32, rows*28*28)
	digits := make([]int32, rows)
	for i := range digits {
		digits[i] = int32(i % 10)
		images[i*28*28+int(digits[i])] = 1
	}
	p := lenet.FitProgram()
	table, err := data.NewTable(&p.Data, "memory", data.Values{Real: images}, data.Values{Kind: data.Fin, Fin: digits})
	if err != nil {
		panic(err)
	}
	halve := train.Schedule("rate", func(step, steps int64) float32 { return 0.008 / float32(int(1)<<step) })
	tell := train.Each(func(r *train.Report) {
		fmt.Printf("step %d: %s %.3f\n", r.Step, r.Settings[0].Name, r.Settings[0].Value)
	})
	if _, err := train.Run(context.Background(), p, train.Table(table), train.Batch(32), train.Epochs(2), halve, tell); err != nil {
		panic(err)
	}
	// Output:
	// step 2: rate 0.004
	// step 4: rate 0.001
}

// A predictor answers one example or many, from any number of goroutines.
func Example_predictor() {
	model, err := wdbc.LoadFit(weights)
	if err != nil {
		panic(err)
	}
	p := wdbc.NewPredictPredictor(&model.Neuron)
	one := p.Predict(model.PrepareFeatures(benign))

	rows := []wdbc.Features{model.PrepareFeatures(benign), {}}
	answers := make([]wdbc.Probability, len(rows))
	if err := p.PredictBatch(answers, rows); err != nil {
		panic(err)
	}
	fmt.Printf("%.2f %.2f %.2f\n", one, answers[0], answers[1])
	fmt.Println(p.PredictBatch(answers[:1], rows))
	// Output:
	// 0.93 0.93 0.53
	// columns of 1 and 2 examples in one batch
}

// The model of a running program is replaced at once for all who ask; a file
// that does not fit leaves the old one in its place.
func Example_replace() {
	models, err := serve.NewModels(wdbc.LoadFit, weights)
	if err != nil {
		panic(err)
	}
	before := models.Version()
	fmt.Println(models.Load(weights[:100]) != nil)
	fmt.Println(models.Version() == before)

	file := filepath.Join(os.TempDir(), "wdbc-replace-example.safetensors")
	defer os.Remove(file)
	better, err := wdbc.Fit(context.Background(), patients, train.Epochs(5))
	if err == nil {
		err = better.Save(file)
	}
	if err == nil {
		err = models.LoadFile(file)
	}
	if err != nil {
		panic(err)
	}
	now, version := models.Get()
	fmt.Println(now.Neuron == better.Neuron, version != before)
	// Output:
	// true
	// true
	// true true
}
