package train

import (
	"path/filepath"

	"github.com/ctgen-lang/ctgen/runtime/tensorboard"
)

// TensorBoard writes event files below dir, for TensorBoard to show while the
// run goes on: in training the loss and the settings by step, a mean over a few
// steps where there are many, and by epoch the loss, the metrics and histograms
// of parameters and gradient; in held_out, where something is, its loss and
// metrics. Files that stand there stay, and are shown as one with these: give
// each run a folder of its own, and one that resumes another the same.
func TensorBoard(dir string) Option {
	return func(s *settings) {
		s.records = append(s.records, func() recorder { return &events{dir: dir} })
	}
}

// The folders of what is trained on and of what is held out. TensorBoard shows
// tags of the same name in one chart, a line for each folder.
const (
	trainedFolder = "training"
	heldFolder    = "held_out"
)

// The most points of a curve by step, and of epochs with histograms.
const (
	mostEvents     = 4000
	mostHistograms = 40
)

// events writes event files.
type events struct {
	dir     string
	trained *tensorboard.Writer
	held    *tensorboard.Writer // nil where nothing is held out
	every   int                 // steps of a point
	mean    stretch
	told    int64 // the step that histograms were written of last
}

func (e *events) name() string { return "event file" }

func (e *events) begin(r *run) (err error) {
	if e.trained, err = tensorboard.Create(filepath.Join(e.dir, trainedFolder)); err == nil && r.held != nil {
		e.held, err = tensorboard.Create(filepath.Join(e.dir, heldFolder))
	}
	steps := r.report.Epochs*r.report.stepsPerEpoch - r.report.firstStep
	e.every = max(1, (steps+mostEvents-1)/mostEvents)
	e.told = -1
	return err
}

func (e *events) step(r *run) {
	if e.mean.add(r.loop); e.mean.steps < e.every {
		return
	}
	at := r.loop.at.total
	e.trained.Scalar(at, "by_step/loss", e.mean.mean())
	for k, v := range r.loop.tuner.values {
		e.trained.Scalar(at, "by_step/"+r.loop.tuner.settings[k].Name, float64(v))
	}
	e.mean = stretch{}
}

func (e *events) epoch(r *run) {
	b := &r.report
	write(e.trained, b.Step, b.Loss, b.Metrics)
	if v := b.Validation; v != nil && e.held != nil {
		write(e.held, b.Step, v.Loss, v.Metrics)
	}
	if b.Epoch%max(1, (b.Epochs+mostHistograms-1)/mostHistograms) == 0 {
		e.histograms(r)
	}
	e.trained.Flush()
	if e.held != nil {
		e.held.Flush()
	}
}

// write tells the figures of an epoch, by the steps that are made.
func write(w *tensorboard.Writer, step int64, loss float64, metrics []Figure) {
	w.Scalar(step, "loss", loss)
	for _, f := range metrics {
		w.Scalar(step, f.Name, f.Value)
	}
}

func (e *events) histograms(r *run) {
	if e.told == r.loop.at.total {
		return
	}
	e.told = r.loop.at.total
	list, _ := r.histograms(true)
	for _, t := range list {
		e.trained.Histogram(e.told, "parameters/"+t.Name, t.Values)
		if t.Gradient != nil {
			e.trained.Histogram(e.told, "gradients/"+t.Name, t.Gradient)
		}
	}
}

func (e *events) end(r *run, failed error) (string, error) {
	if failed == nil && r.report.Kept == 0 {
		e.histograms(r)
	}
	err := e.trained.Close()
	if e.held != nil {
		if later := e.held.Close(); err == nil {
			err = later
		}
	}
	return e.dir, err
}
