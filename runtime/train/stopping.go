package train

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
)

// ErrStop, from a function that EachStep or EachEpoch calls, ends the run as
// its last step would have: it is evaluated, saved and no error.
var ErrStop = errors.New("stop training")

// Patience stops the run after n epochs in a row whose watched figure of the
// held-out part was not better than that of the best before, and keeps the
// best; 0 never stops.
func Patience(n int) Option { return func(s *settings) { s.patience = &n } }

// MinDelta is by how much a figure must be better to count as better.
func MinDelta(d float64) Option { return func(s *settings) { s.minDelta = &d } }

// Watch names the figure of the held-out part that patience and keeping the
// best go by: "loss", or a reported metric as the spec writes it.
func Watch(figure string) Option { return func(s *settings) { s.watch = &figure } }

// KeepBest gives back the parameters of the best epoch by the watched figure.
func KeepBest() Option { return keeping(keepBest) }

// KeepLast gives back the parameters of the last step, also with patience.
func KeepLast() Option { return keeping(keepLast) }

func keeping(which string) Option { return func(s *settings) { s.keep = &which } }

const (
	keepBest = "best"
	keepLast = "last"
)

// keptPrefix leads to the parameters of the best epoch in a saved training. No
// slot path holds a slash.
const keptPrefix = "best/"

// watcher compares the epochs of a run by one figure.
type watcher struct {
	patience int
	minDelta float64
	watch    string
	more     bool // greater is better
	keep     bool
	began    int // finished epochs when the run began to watch
	at       best
	kept     []checkpoint.Tensor // copies of the parameters; nil before there is a best
}

// best is where the watched figure was best.
type best struct {
	epoch int     // counted from 1; 0 before there is one
	value float64 // of the figure
	loss  float64 // of the training part
}

// newWatcher settles what a run watches; nil where it watches nothing.
func (r *run) newWatcher() (*watcher, error) {
	p := r.program
	w := &watcher{
		patience: valueOr(r.settings.patience, p.Patience), minDelta: valueOr(r.settings.minDelta, p.MinDelta),
		watch: valueOr(r.settings.watch, p.Watch), began: r.loop.at.epoch,
	}
	keep := valueOr(r.settings.keep, p.Keep)
	w.keep = keep == keepBest || keep == "" && w.patience > 0
	if w.watch == "" {
		w.watch = "loss"
	}
	switch {
	case w.patience < 0:
		return nil, fmt.Errorf("the patience cannot be %d epochs", w.patience)
	case !(w.minDelta >= 0) || math.IsInf(w.minDelta, 1):
		return nil, fmt.Errorf("what counts as better cannot be %g", w.minDelta)
	case w.patience == 0 && !w.keep:
		return nil, nil
	case r.held == nil:
		return nil, fmt.Errorf("patience and keeping the best go by what is held out, and data %s holds nothing out", p.Data.Name)
	}
	return w, w.direction(p)
}

// direction finds out which values of the figure are better.
func (w *watcher) direction(p *Program) error {
	if w.watch == "loss" {
		return nil
	}
	titles := []string{"loss"}
	for i := range p.Metrics {
		m := &p.Metrics[i]
		titles = append(titles, m.Title())
		if m.Title() == w.watch {
			w.more = !m.Own && !slices.Contains([]string{"mse", "mae", "perplexity"}, m.Name)
			return nil
		}
	}
	return fmt.Errorf("no figure %s is reported to be watched; %s can be", w.watch, strings.Join(titles, ", "))
}

// figureOf is the watched figure of a report.
func (w *watcher) figureOf(v *Validation) float64 {
	if w.watch == "loss" {
		return v.Loss
	}
	k := slices.IndexFunc(v.Metrics, func(f Figure) bool { return f.Name == w.watch })
	return v.Metrics[k].Value
}

// judge compares a finished epoch with the best, whose parameters it copies.
func (w *watcher) judge(r *Report, parameters []checkpoint.Tensor) {
	v := w.figureOf(r.Validation)
	switch {
	case math.IsNaN(v) || w.at.epoch > r.Epoch:
		return
	case w.at.epoch > 0 && !w.more && v >= w.at.value-w.minDelta, w.at.epoch > 0 && w.more && v <= w.at.value+w.minDelta:
		return
	}
	w.at = best{r.Epoch, v, r.Loss}
	if w.keep {
		w.copy(parameters)
	}
}

func (w *watcher) copy(from []checkpoint.Tensor) {
	if w.kept == nil {
		for _, t := range from {
			t = copyOf(t)
			t.Name = keptPrefix + t.Name
			w.kept = append(w.kept, t)
		}
		return
	}
	copyNumbers(w.kept, from)
}

// copyOf is a tensor of the same numbers elsewhere.
func copyOf(t checkpoint.Tensor) checkpoint.Tensor {
	t.F32, t.F64, t.I32, t.I64 = slices.Clone(t.F32), slices.Clone(t.F64), slices.Clone(t.I32), slices.Clone(t.I64)
	return t
}

// copyNumbers copies the numbers of tensors of the same shapes in the same order.
func copyNumbers(to, from []checkpoint.Tensor) {
	for i := range to {
		copy(to[i].F32, from[i].F32)
		copy(to[i].F64, from[i].F64)
		copy(to[i].I32, from[i].I32)
		copy(to[i].I64, from[i].I64)
	}
}

// exhausted reports whether the figure has not become better for too long.
func (w *watcher) exhausted(epoch int) bool {
	return w != nil && w.patience > 0 && epoch-max(w.at.epoch, w.began) >= w.patience
}

func (w *watcher) reason() string {
	word := "fallen"
	if w.more {
		word = "risen"
	}
	if w.at.epoch == 0 {
		return fmt.Sprintf("%s of what is held out was never a number", w.watch)
	}
	return fmt.Sprintf("%s of what is held out has not %s since epoch %d: %s", w.watch, word, w.at.epoch, figure(w.at.value))
}

// save writes down where the best was.
func (w *watcher) save(m map[string]string) {
	if w == nil || w.at.epoch == 0 {
		return
	}
	m["watch"] = w.watch
	m["best_epoch"] = strconv.Itoa(w.at.epoch)
	m["best_value"] = strconv.FormatFloat(w.at.value, 'g', -1, 64)
	m["best_loss"] = strconv.FormatFloat(w.at.loss, 'g', -1, 64)
}

// forgetBest takes out of metadata what save wrote.
func forgetBest(m map[string]string) {
	for _, key := range []string{"watch", "best_epoch", "best_value", "best_loss"} {
		delete(m, key)
	}
}

// resume goes on where a saved run stood. Where that did not keep what this
// one has to keep, it begins to watch anew.
func (w *watcher) resume(f *checkpoint.File, parameters []checkpoint.Tensor) error {
	m := f.Metadata
	if w == nil || m["best_epoch"] == "" || w.keep && !slices.ContainsFunc(f.Names(), isKept) {
		return nil
	}
	if m["watch"] != w.watch {
		return fmt.Errorf("was trained watching %s, not %s; resume without that option, or start anew from its parameters with --init", m["watch"], w.watch)
	}
	p := metadataReader{m: m}
	w.at = best{int(p.whole("best_epoch", math.MaxInt32)), p.real("best_value"), p.real("best_loss")}
	w.began = 0
	if w.keep {
		w.copy(parameters)
	}
	return p.err
}

func isKept(name string) bool { return strings.HasPrefix(name, keptPrefix) }

// giveBack puts the kept parameters into the instance, and the figures of them
// into the report, where the last are others.
func (r *run) giveBack() error {
	w := r.watcher
	if w == nil || w.kept == nil {
		return nil
	}
	if r.report.Kept = w.at.epoch; w.at.epoch == r.loop.at.epoch && r.loop.at.step == 0 {
		return nil
	}
	copyNumbers(r.parameters(), w.kept)
	r.instance.Changed()
	err := r.evaluate(true)
	r.report.Loss = w.at.loss
	return err
}
