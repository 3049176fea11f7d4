package train

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// meter gathers one metric over the batches of an evaluation.
type meter interface {
	reset()
	// add takes the predictions and targets of a batch. It fails where they
	// are not what the metric compares.
	add(prediction, target *data.Values) error
	value() float64
}

// detailed is a meter that says more than one number.
type detailed interface{ detail(f *Figure) }

// newMeter returns the meter of a metric, or nil for perplexity, which is a
// function of the loss.
func newMeter(m *Metric) (meter, error) {
	if m.Own {
		return &measured{name: m.Name}, nil
	}
	switch m.Name {
	case "perplexity":
		return nil, nil
	case "accuracy":
		return &accuracy{threshold: m.Threshold}, nil
	case "auc":
		return &auc{}, nil
	case "top_k":
		return &topK{metric: m}, nil
	case "precision", "recall", "f1":
		return newPerClass(m), nil
	case "confusion":
		return newConfusion(m), nil
	case "mse":
		return &meanError{power: 2}, nil
	case "mae":
		return &meanError{power: 1}, nil
	case "r2":
		return &r2{}, nil
	}
	return nil, errors.New("metric " + m.Name + " is not known; accuracy, top_k, precision, recall, f1, auc, confusion, perplexity, mse, mae and r2 are")
}

// size and number read values of any kind as numbers.
func size(v *data.Values) int { return len(v.Real) + len(v.Fin) + len(v.Int) + len(v.Bool) }

func number(v *data.Values, i int) float64 {
	switch v.Kind {
	case data.Fin:
		return float64(v.Fin[i])
	case data.Int:
		return float64(v.Int[i])
	case data.Bool:
		if v.Bool[i] {
			return 1
		}
		return 0
	}
	return float64(v.Real[i])
}

// sameSize is the error of a metric that compares number by number.
func sameSize(metric string, p, t *data.Values) error {
	if size(p) != size(t) {
		return errors.New(metric + " compares as many predictions as targets, not " +
			strconv.Itoa(p.Width) + " with " + strconv.Itoa(t.Width))
	}
	return nil
}

// accuracy is the share of targets that the prediction hits: the class with
// the greatest score, the side of the threshold, or the value itself.
type accuracy struct {
	threshold  float64
	hits, seen int
}

func (a *accuracy) reset() { a.hits, a.seen = 0, 0 }

func (a *accuracy) value() float64 { return float64(a.hits) / float64(a.seen) }

func (a *accuracy) add(p, t *data.Values) error {
	switch {
	case p.Kind == data.Real && t.Kind == data.Fin && len(t.Fin) > 0 && len(p.Real) > len(t.Fin) && len(p.Real)%len(t.Fin) == 0:
		classes := len(p.Real) / len(t.Fin)
		for i, class := range t.Fin {
			a.count(greatest(p.Real[i*classes:(i+1)*classes]) == int(class))
		}
	case size(p) != size(t):
		return sameSize("accuracy", p, t)
	case p.Kind != data.Real:
		for i := range size(t) {
			a.count(number(p, i) == number(t, i))
		}
	case t.Kind == data.Real && t.Width > 1:
		// Both are scores or distributions over the same classes.
		for at := 0; at+t.Width <= len(t.Real); at += t.Width {
			a.count(greatest(p.Real[at:at+t.Width]) == greatest(t.Real[at:at+t.Width]))
		}
	default:
		for i, x := range p.Real {
			a.count((float64(x) >= a.threshold) == (number(t, i) >= 0.5))
		}
	}
	return nil
}

func (a *accuracy) count(hit bool) {
	a.seen++
	if hit {
		a.hits++
	}
}

// greatest is the index of the first greatest score.
func greatest(scores []float32) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}

// auc is the area under the ROC curve: the chance that a positive example
// scores above a negative one, ties counting half. By ranks:
// (sum of the positives' ranks - P(P+1)/2) / (P·N), tied scores sharing their
// mean rank (Mann and Whitney, 1947).
type auc struct{ scored []scored }

type scored struct {
	score    float64
	positive bool
}

func (a *auc) reset() { a.scored = a.scored[:0] }

func (a *auc) add(p, t *data.Values) error {
	if err := sameSize("auc", p, t); err != nil {
		return err
	}
	for i := range size(t) {
		class := number(t, i)
		if class != 0 && class != 1 {
			return errors.New("auc needs targets 0 and 1, not " + strconv.FormatFloat(class, 'g', -1, 64))
		}
		a.scored = append(a.scored, scored{number(p, i), class == 1})
	}
	return nil
}

func (a *auc) value() float64 {
	slices.SortFunc(a.scored, func(x, y scored) int {
		switch {
		case x.score < y.score:
			return -1
		case x.score > y.score:
			return 1
		}
		return 0
	})
	positives, ranks := 0.0, 0.0
	for from := 0; from < len(a.scored); {
		to, tied := from, 0.0
		for to < len(a.scored) && a.scored[to].score == a.scored[from].score {
			if a.scored[to].positive {
				tied++
			}
			to++
		}
		if to == from {
			return math.NaN() // a score that is not a number
		}
		// Ranks from+1 … to have the mean (from+1+to)/2.
		ranks += tied * float64(from+1+to) / 2
		positives += tied
		from = to
	}
	negatives := float64(len(a.scored)) - positives
	return (ranks - positives*(positives+1)/2) / (positives * negatives)
}

// meanError is the mean of |prediction - target|^power over all numbers.
type meanError struct {
	power    int
	sum      float64
	compared int
}

func (m *meanError) reset() { m.sum, m.compared = 0, 0 }

func (m *meanError) value() float64 { return m.sum / float64(m.compared) }

func (m *meanError) add(p, t *data.Values) error {
	if err := sameSize("the error", p, t); err != nil {
		return err
	}
	for i := range size(t) {
		d := math.Abs(number(p, i) - number(t, i))
		if m.power == 2 {
			d *= d
		}
		m.sum += d
	}
	m.compared += size(t)
	return nil
}

// r2 is the coefficient of determination, 1 - Σ(t-p)² / Σ(t-mean t)², and of
// several outputs the mean of theirs. It is NaN where targets do not vary.
type r2 struct {
	n       float64
	outputs []residuals
}

// residuals accumulates by Welford's update.
type residuals struct{ mean, total, residual float64 }

func (r *r2) reset() { r.n, r.outputs = 0, r.outputs[:0] }

func (r *r2) add(p, t *data.Values) error {
	if err := sameSize("r2", p, t); err != nil {
		return err
	}
	for len(r.outputs) < t.Width {
		r.outputs = append(r.outputs, residuals{})
	}
	for i := range size(t) {
		if i%t.Width == 0 {
			r.n++
		}
		o := &r.outputs[i%t.Width]
		x := number(t, i)
		before := x - o.mean
		o.mean += before / r.n
		o.total += before * (x - o.mean)
		miss := x - number(p, i)
		o.residual += miss * miss
	}
	return nil
}

func (r *r2) value() float64 {
	sum := 0.0
	for _, o := range r.outputs {
		if o.total == 0 {
			return math.NaN()
		}
		sum += 1 - o.residual/o.total
	}
	return sum / float64(len(r.outputs))
}
