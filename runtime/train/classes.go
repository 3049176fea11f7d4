package train

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// verdicts reads predictions and targets of a metric over classes one by one.
// Without classes there are two, which the threshold parts.
func verdicts(m *Metric, p, t *data.Values, each func(predicted, actual int)) error {
	if m.Classes == 0 {
		if err := sameSize(m.Name, p, t); err != nil {
			return err
		}
		for i := range size(t) {
			predicted, actual := 0, 0
			if number(p, i) >= m.Threshold {
				predicted = 1
			}
			if number(t, i) >= 0.5 {
				actual = 1
			}
			each(predicted, actual)
		}
		return nil
	}
	if err := m.scored(p, t); err != nil {
		return err
	}
	for i, class := range t.Fin {
		each(greatest(p.Real[i*m.Classes:(i+1)*m.Classes]), int(class))
	}
	return nil
}

// scored is the error of predictions that are not as many scores as there are
// classes, for each target.
func (m *Metric) scored(p, t *data.Values) error {
	if p.Kind != data.Real || t.Kind != data.Fin || len(p.Real) != len(t.Fin)*m.Classes {
		return fmt.Errorf("%s compares %d scores with each target, not %d with %d", m.Name, m.Classes, p.Width, t.Width)
	}
	return nil
}

// topK is the share of targets among whose k greatest scores the class's own
// is: less than k others are greater, or equal and of an earlier class.
type topK struct {
	metric     *Metric
	hits, seen int
}

func (m *topK) reset() { m.hits, m.seen = 0, 0 }

func (m *topK) value() float64 { return float64(m.hits) / float64(m.seen) }

func (m *topK) add(p, t *data.Values) error {
	if err := m.metric.scored(p, t); err != nil {
		return err
	}
	n := m.metric.Classes
	for i, class := range t.Fin {
		scores := p.Real[i*n : (i+1)*n]
		ahead := 0
		for k, s := range scores {
			if s > scores[class] || s == scores[class] && k < int(class) {
				ahead++
			}
		}
		m.seen++
		if ahead < m.metric.K {
			m.hits++
		}
	}
	return nil
}

// perClass counts, for each class, what was predicted to be of it, what is, and
// where both agree.
type perClass struct {
	metric                   *Metric
	agree, predicted, actual []int64
	over                     func(c *perClass, k int) (part, whole int64)
}

func newPerClass(m *Metric) *perClass {
	n := max(m.Classes, 2)
	c := &perClass{metric: m, agree: make([]int64, n), predicted: make([]int64, n), actual: make([]int64, n)}
	switch m.Name {
	case "precision":
		c.over = func(c *perClass, k int) (int64, int64) { return c.agree[k], c.predicted[k] }
	case "recall":
		c.over = func(c *perClass, k int) (int64, int64) { return c.agree[k], c.actual[k] }
	default: // f1: the harmonic mean of both
		c.over = func(c *perClass, k int) (int64, int64) { return 2 * c.agree[k], c.predicted[k] + c.actual[k] }
	}
	return c
}

func (c *perClass) reset() {
	clear(c.agree)
	clear(c.predicted)
	clear(c.actual)
}

func (c *perClass) add(p, t *data.Values) error {
	return verdicts(c.metric, p, t, func(predicted, actual int) {
		c.predicted[predicted]++
		c.actual[actual]++
		if predicted == actual {
			c.agree[actual]++
		}
	})
}

// of is the figure of class k, which is 0 where nothing defines it.
func (c *perClass) of(k int) float64 {
	part, whole := c.over(c, k)
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// value is that of the second of two classes, of all classes together, or the
// mean over the classes that occur or were predicted.
func (c *perClass) value() float64 {
	switch {
	case c.metric.Average == "micro":
		part, whole := int64(0), int64(0)
		for k := range c.agree {
			p, w := c.over(c, k)
			part, whole = part+p, whole+w
		}
		return float64(part) / float64(whole)
	case c.metric.Average == "" && c.metric.Classes == 0:
		return c.of(1)
	}
	sum, n := 0.0, 0
	for k := range c.agree {
		if c.predicted[k]+c.actual[k] > 0 {
			sum += c.of(k)
			n++
		}
	}
	return sum / float64(n)
}

func (c *perClass) detail(f *Figure) {
	if c.metric.Average == "micro" {
		return
	}
	whole := c.metric.Average == "" && c.metric.Classes == 0 // class 1 is all of the figure
	for k := range c.agree {
		if whole && k != 1 {
			continue
		}
		// A class that is nowhere to be seen is no part of a mean.
		_, defined := c.over(c, k)
		if seen := c.predicted[k]+c.actual[k] > 0; defined == 0 && (seen || c.metric.Average == "") {
			f.Undefined = append(f.Undefined, k)
		}
	}
	if c.metric.Average == "" && !whole {
		f.Classes = make([]float64, len(c.agree))
		for k := range f.Classes {
			f.Classes[k] = c.of(k)
		}
	}
}

// confusion counts, in a row for each class, as what its examples were taken.
type confusion struct {
	metric *Metric
	counts [][]int64
}

func newConfusion(m *Metric) *confusion {
	n := max(m.Classes, 2)
	c := &confusion{metric: m, counts: make([][]int64, n)}
	for k := range c.counts {
		c.counts[k] = make([]int64, n)
	}
	return c
}

func (c *confusion) reset() {
	for _, row := range c.counts {
		clear(row)
	}
}

func (c *confusion) add(p, t *data.Values) error {
	return verdicts(c.metric, p, t, func(predicted, actual int) { c.counts[actual][predicted]++ })
}

// value is the share of the diagonal.
func (c *confusion) value() float64 {
	hits, all := int64(0), int64(0)
	for k, row := range c.counts {
		hits += row[k]
		for _, n := range row {
			all += n
		}
	}
	return float64(hits) / float64(all)
}

func (c *confusion) detail(f *Figure) {
	f.Counts = make([][]int64, len(c.counts))
	for k, row := range c.counts {
		f.Counts[k] = append([]int64(nil), row...)
	}
}

// measured is the mean of an arrow of the spec over the rows.
type measured struct {
	name string
	sum  float64
	rows int
}

func (m *measured) reset() { m.sum, m.rows = 0, 0 }

func (m *measured) value() float64 { return m.sum / float64(m.rows) }

func (m *measured) add(p, _ *data.Values) error {
	if p.Kind != data.Real || p.Width != 1 {
		return errors.New(m.name + " is one number a row, not " + strconv.Itoa(p.Width))
	}
	for _, v := range p.Real {
		m.sum += float64(v)
	}
	m.rows += len(p.Real)
	return nil
}
