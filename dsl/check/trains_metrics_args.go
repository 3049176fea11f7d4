package check

import (
	"fmt"
	"math"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// topK reads how many of the greatest scores count.
func (t *training) topK(v syntax.TrainValue, entry *category.Metric) bool {
	if len(v.Args) == 1 {
		k, known := t.constant(v.Args[0])
		if !known {
			t.ok = false
			return false
		}
		if k >= 1 && k <= maxDim && k == math.Trunc(k) {
			entry.K = int(k)
			return true
		}
	}
	t.fail(diag.CT0909, entry.Span, "`top_k` takes how many of the greatest scores count, a whole number from 1: `top_k(3)`")
	return false
}

// topKFits requires that there are more classes than count.
func (t *training) topKFits(entry *category.Metric, target *category.Type) bool {
	if n := target.Leaves()[0].N; entry.K > n {
		t.fail(diag.CT0909, entry.Span, "`%s` counts more scores than there are classes: %s has %d", entry.Span.Text(), target, n)
		return false
	}
	return true
}

// average reads how the figures of the classes become one.
func (t *training) average(v syntax.TrainValue, entry *category.Metric) bool {
	if v.Args == nil {
		return true
	}
	if len(v.Args) == 1 && v.Args[0].Name != nil && !v.Args[0].Negative {
		if entry.Average = v.Args[0].Name.Text; entry.Average == "macro" || entry.Average == "micro" {
			return true
		}
	}
	t.fail(diag.CT0909, entry.Span, "`%s` is that of each class, `%s(macro)` their mean, `%s(micro)` that of all classes together", entry.Name, entry.Name, entry.Name)
	return false
}

// ownMetric requires that an arrow gives a number for each row: of what enters
// the last arrow of the loss, or of the row itself.
func (t *training) ownMetric(name syntax.Name, v syntax.TrainValue, entry *category.Metric) bool {
	if !bare(v) {
		t.fail(diag.CT0909, entry.Span, "`%s` is an arrow, and is reported by its name alone", name.Text)
		return false
	}
	a := t.arrowNamed(name)
	if a == nil {
		return false
	}
	entry.Own = a
	var wires []*category.Type
	if p := t.train.Predict; p != nil {
		for _, w := range p.Outs {
			wires = append(wires, p.TypeOf(w))
		}
	}
	dom := a.Dom.Factors()
	same := func(of []*category.Type) bool { return slices.EqualFunc(dom, of, (*category.Type).Equal) }
	unit := a.Given == nil || a.Given.IsUnit()
	entry.OfRow = !(unit && same(wires))
	switch {
	case a.Endo || len(a.Open) > 0 || a.Partial || len(a.Cod.Factors()) != 1 || !scalar(a.Cod):
		t.fail(diag.CT0910, entry.Span, "`%s` gives %s; a metric gives one real number for each row, and never fails", a.Name, a.Cod).
			Label(a.Span, fmt.Sprintf("`%s` is declared here", a.Name))
	case entry.OfRow && !same(t.train.On.Type.Factors()):
		d := t.fail(diag.CT0910, entry.Span, "`%s` takes %s, which is neither a row of `%s`, %s, nor what the last arrow of the loss takes", a.Name, a.Dom, t.train.On.Name, t.train.On.Type).
			Label(a.Span, fmt.Sprintf("`%s` is declared here", a.Name))
		if len(wires) > 0 {
			d.Hint("that takes " + category.NewProduct(wires...).String())
		}
	case entry.OfRow && !unit && !a.Given.Equal(paramsOf(t.train.Step.State)):
		t.fail(diag.CT0910, entry.Span, "`%s` is given %s, and `%s` trains %s", a.Name, a.Given, t.train.Step.Name, paramsOf(t.train.Step.State)).
			Label(a.Span, fmt.Sprintf("`%s` is declared here", a.Name))
	default:
		return true
	}
	return false
}
