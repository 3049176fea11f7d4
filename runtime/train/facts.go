package train

import (
	"runtime"
	"strconv"
	"time"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/report"
)

// facts say what was run, on what, where and for how long.
func (p *reporter) facts(r *run) []report.Facts {
	b := &r.report
	numbers := 0
	for _, t := range r.parameters() {
		numbers += t.Size()
	}
	order := "in the order of the rows"
	if r.loop.shuffle {
		order = "shuffled anew each epoch"
	}
	training := []report.Fact{
		{Name: "parameters", Value: strconv.Itoa(numbers)},
		{Name: "epochs asked for", Value: strconv.Itoa(b.Epochs)},
		{Name: "batch", Value: count(b.Batch, "row")},
		{Name: "steps of an epoch", Value: strconv.Itoa(b.stepsPerEpoch)},
		{Name: "order", Value: order},
		{Name: "seed", Value: strconv.FormatUint(b.Seed, 10)},
		{Name: "threads", Value: strconv.Itoa(r.threads)},
	}
	add := func(name, value string) {
		if value != "" {
			training = append(training, report.Fact{Name: name, Value: value})
		}
	}
	for _, f := range b.Settings {
		add(f.Name+", at the last step", strconv.FormatFloat(f.Value, 'g', 6, 32))
	}
	if w := r.watcher; w != nil {
		add("watched, held out", w.watch)
		if w.patience > 0 {
			add("patience", count(w.patience, "epoch"))
		}
	}
	add("started from", r.init)
	add("resumed", b.Resumed)
	if b.firstStep > 0 {
		add("curves begin", "after step "+strconv.Itoa(b.firstStep))
	}
	add("saved to", b.Saved)
	source := []report.Fact{
		{Name: "declaration", Value: r.program.Data.Name},
		{Name: "file", Value: r.train.File},
		{Name: "rows to train on", Value: strconv.Itoa(b.TrainingRows)},
		{Name: "rows held out", Value: strconv.Itoa(b.HeldOutRows)},
		{Name: "digest", Value: r.digest},
	}
	if b.Header != "" {
		source = append(source, report.Fact{Name: "header", Value: b.Header})
	}
	made := int(b.Step) - b.firstStep
	return []report.Facts{
		{Title: "Training", List: training},
		{Title: "Data", List: source},
		{Title: "Time", List: []report.Fact{
			{Name: "began", Value: p.began.Format("2006-01-02 15:04:05 MST")},
			{Name: "in all", Value: duration(time.Since(p.began).Seconds())},
			{Name: "in steps", Value: duration(b.Seconds) + " for " + count(made, "step")},
			{Name: "examples", Value: rate(b.ExamplesPerSecond) + " a second"},
		}},
		{Title: "Environment", List: []report.Fact{
			{Name: "system", Value: runtime.GOOS + "/" + runtime.GOARCH},
			{Name: "processors", Value: strconv.Itoa(runtime.NumCPU())},
			{Name: "kernels", Value: kernel.Level()},
			{Name: "compiler", Value: runtime.Version()},
		}},
	}
}
