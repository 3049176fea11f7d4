package train

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/report"
)

// ReportTo writes a page about the run to path when it ends, also where it is
// cancelled or fails with a *DivergedError: curves, confusion, histograms of
// the parameters and, where the code was generated with --gradients, of their
// gradient. The page is one HTML file that needs no network; it replaces what
// stands at path as a whole.
func ReportTo(path string) Option {
	return func(s *settings) {
		s.records = append(s.records, func() recorder { return &reporter{path: path, trajectory: newTrajectory()} })
	}
}

// reporter writes the page.
type reporter struct {
	path       string
	trajectory *trajectory
	began      time.Time
}

func (p *reporter) name() string { return "report" }

func (p *reporter) begin(*run) error {
	p.began = time.Now()
	return checkpoint.Writable(p.path)
}

func (p *reporter) step(r *run)  { p.trajectory.step(r.loop) }
func (p *reporter) epoch(r *run) { p.trajectory.epoch(r) }

func (p *reporter) end(r *run, failed error) (string, error) {
	if failed != nil {
		var diverged *DivergedError
		if !errors.As(failed, &diverged) {
			return "", nil
		}
		r.place()
	}
	t := &report.Training{
		Category: r.program.Category, Name: r.program.Name, Made: time.Now().Round(time.Second),
		Outcome: outcome(&r.report, failed), Trouble: failed != nil,
		Notes: r.report.Notes, Curves: p.curves(r), Source: r.program.Source,
		Facts: p.facts(r),
	}
	t.Tensors, t.Gradient = r.histograms(failed == nil)
	if failed == nil {
		t.Figures = figuresOf(&r.report)
		var err error
		if t.Confusions, err = r.confusions(); err != nil {
			return "", err
		}
	}
	return p.path, checkpoint.WriteFile(p.path, t.HTML())
}

// outcome says in a sentence how a run ended.
func outcome(b *Report, failed error) string {
	done := "after " + count(b.Epoch, "epoch")
	kept := ""
	if b.Kept > 0 {
		kept = fmt.Sprintf("; the parameters are those of epoch %d", b.Kept)
	}
	switch {
	case failed != nil:
		return "Failed: " + failed.Error()
	case b.Interrupted:
		return "Interrupted " + done + kept
	case b.Stopped != "":
		return "Stopped " + done + ": " + b.Stopped + kept
	}
	return "Finished " + done + kept
}

// figuresOf are the figures of the parameters that the run returns.
func figuresOf(b *Report) []report.Figure {
	var list []report.Figure
	add := func(of string, loss float64, metrics []Figure) {
		list = append(list, report.Figure{Name: "loss", Value: figure(loss), Of: of})
		for _, f := range metrics {
			if f.Counts == nil {
				list = append(list, report.Figure{Name: f.Name, Value: figure(f.Value), Of: of})
			}
		}
	}
	if v := b.Validation; v != nil {
		add("held out", v.Loss, v.Metrics)
	}
	add("training part", b.Loss, b.Metrics)
	return list
}

// curves are the loss, each metric, and the settings that changed.
func (p *reporter) curves(r *run) []report.Curve {
	epochs := p.trajectory.epochs
	loss := report.Curve{Name: "loss", Kept: float64(r.report.Kept)}
	// Steps say more than epochs where these are few or long.
	if s := p.trajectory.steps; len(s) > 1 && len(s) > len(epochs) {
		line := report.Line{Name: "mean of " + count(p.trajectory.size, "step"), Part: report.Steps}
		for i := range s {
			line.X, line.Y = append(line.X, s[i].at), append(line.Y, s[i].mean())
		}
		loss.Lines = append(loss.Lines, line)
	}
	loss.Lines = append(loss.Lines, lines(epochs, func(e *Epoch) float64 { return e.Loss }, func(v *Validation) float64 { return v.Loss })...)
	list := []report.Curve{loss}
	for i := range r.program.Metrics {
		m := &r.program.Metrics[i]
		if m.Name == "confusion" && !m.Own {
			continue
		}
		at := func(list []Figure) float64 {
			if i < len(list) {
				return list[i].Value
			}
			return math.NaN()
		}
		list = append(list, report.Curve{Name: m.Title(), Kept: float64(r.report.Kept),
			Lines: lines(epochs, func(e *Epoch) float64 { return at(e.Metrics) }, func(v *Validation) float64 { return at(v.Metrics) })})
	}
	for k := range r.loop.tuner.values {
		if line := p.setting(k); line != nil {
			list = append(list, report.Curve{Name: r.loop.tuner.settings[k].Name, Lines: []report.Line{*line}})
		}
	}
	var shown []report.Curve
	for _, c := range list {
		if len(c.Lines) > 0 {
			shown = append(shown, c)
		}
	}
	return shown
}

// lines are those of the training part and of what is held out, as far as
// there are numbers.
func lines(epochs []Epoch, trained func(*Epoch) float64, held func(*Validation) float64) []report.Line {
	t := report.Line{Name: "training part", Part: report.Trained}
	h := report.Line{Name: "held out", Part: report.HeldOut}
	for i := range epochs {
		e := &epochs[i]
		if v := trained(e); !math.IsNaN(v) {
			t.X, t.Y = append(t.X, float64(e.Epoch)), append(t.Y, v)
		}
		if e.Validation != nil {
			h.X, h.Y = append(h.X, float64(e.Epoch)), append(h.Y, held(e.Validation))
		}
	}
	var list []report.Line
	for _, l := range []report.Line{t, h} {
		if len(l.X) > 0 {
			list = append(list, l)
		}
	}
	return list
}

// setting is the course of a setting, nil where it has one value throughout.
func (p *reporter) setting(k int) *report.Line {
	line := &report.Line{Name: "before the step", Part: report.Trained}
	varies := false
	for i := range p.trajectory.steps {
		s := &p.trajectory.steps[i]
		line.X, line.Y = append(line.X, s.at), append(line.Y, float64(s.settings[k]))
		varies = varies || line.Y[i] != line.Y[0]
	}
	if !varies {
		return nil
	}
	return line
}

// confusions are what the classes of the evaluated part were taken for.
func (r *run) confusions() ([]report.Confusion, error) {
	part, figures, of := r.held, []Figure(nil), "held out"
	if part == nil {
		part, figures, of = r.train, r.report.Metrics, "of the training part"
	} else {
		figures = r.report.Validation.Metrics
	}
	of = count(part.Rows, "row") + " " + of
	var list []report.Confusion
	for i, f := range figures {
		if f.Counts != nil {
			list = append(list, confusionOf(of+ofArrow(&r.program.Metrics[i]), &f))
		}
	}
	if len(list) > 0 {
		return list, nil
	}
	m := r.impliedConfusion()
	if m == nil {
		return nil, nil
	}
	e, err := newEvaluator(&Program{Metrics: []Metric{*m}}, r.instance, r.eval.chunk)
	if err != nil {
		return nil, err
	}
	_, figures, err = e.part(part)
	if err != nil {
		return nil, err
	}
	return []report.Confusion{confusionOf(of+ofArrow(m), &figures[0])}, nil
}

func ofArrow(m *Metric) string {
	if m.Of == "" {
		return ""
	}
	return ", as " + m.Of + " sees them"
}

func confusionOf(of string, f *Figure) report.Confusion {
	c := report.Confusion{Of: of, Counts: f.Counts}
	for k := range f.Counts {
		c.Classes = append(c.Classes, f.label(k))
	}
	return c
}
