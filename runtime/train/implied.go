package train

import (
	"slices"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// mostClasses is the greatest number of classes of which a confusion is
// computed that nobody asked for.
const mostClasses = 1000

// impliedConfusion is the confusion of what a reported metric tells classes
// apart by; nil where none does.
func (r *run) impliedConfusion() *Metric {
	telling := []string{"accuracy", "top_k", "precision", "recall", "f1", "auc"}
	for i := range r.program.Metrics {
		m := &r.program.Metrics[i]
		if m.Own || !slices.Contains(telling, m.Name) {
			continue
		}
		if n, ok := r.classesOf(m); ok && n <= mostClasses {
			return &Metric{Name: "confusion", Of: m.Of, Reading: m.Reading, Threshold: m.Threshold, Classes: n, Labels: m.Labels}
		}
	}
	return nil
}

// classesOf finds out how many classes a metric tells apart, as Metric.Classes
// has it, by a look at one row.
func (r *run) classesOf(m *Metric) (classes int, ok bool) {
	var one data.Batch
	one.Factors = append(one.Factors, r.train.Factors...)
	one.View(r.train, 0, 1)
	p, t := r.instance.Read(m.Reading, &one)
	switch {
	case p.Kind != data.Real:
		return 0, false
	case t.Kind == data.Fin && len(t.Fin) > 0 && len(p.Real) > len(t.Fin):
		return len(p.Real) / len(t.Fin), len(p.Real)%len(t.Fin) == 0
	case t.Kind == data.Real && t.Width > 1 && m.Name == "accuracy":
		return 0, false // both are distributions
	}
	return 0, size(&p) == size(&t)
}
