package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// metric says of what prediction and target a reported figure can be taken.
type metric struct {
	needs string
	fits  func(prediction, target *category.Type) bool
	args  func(t *training, v syntax.TrainValue, entry *category.Metric) bool // nil: none may stand there
}

// metrics of this version. A nil fits asks nothing: the figure follows from
// the loss alone.
var metrics = map[string]metric{
	"accuracy":   {needs: classified, fits: binaryOrClasses},
	"top_k":      {needs: "R[.., n] with classes in Fin[n]", fits: classes, args: (*training).topK},
	"precision":  {needs: classified, fits: binaryOrClasses, args: (*training).average},
	"recall":     {needs: classified, fits: binaryOrClasses, args: (*training).average},
	"f1":         {needs: classified, fits: binaryOrClasses, args: (*training).average},
	"confusion":  {needs: fmt.Sprintf("%s, and at most %d classes", classified, maxConfused), fits: confused},
	"auc":        {needs: "a probability with a target in {0, 1}", fits: binary},
	"mse":        {needs: "two real numbers or tensors of one shape", fits: sameShape},
	"mae":        {needs: "two real numbers or tensors of one shape", fits: sameShape},
	"r2":         {needs: "two real numbers or tensors of one shape", fits: sameShape},
	"perplexity": {},
}

const classified = "a probability with a target in {0, 1}, or R[.., n] with classes in Fin[n]"

// maxConfused is the greatest number of classes that are set against each
// other: a confusion holds its square.
const maxConfused = 1000

func binaryOrClasses(p, t *category.Type) bool { return binary(p, t) || classes(p, t) }

func confused(p, t *category.Type) bool {
	return binary(p, t) || classes(p, t) && t.Leaves()[0].N <= maxConfused
}

func binary(p, t *category.Type) bool {
	unit := &category.Set{Low: 0, High: 1}
	return scalar(p) && scalar(t) && p.RefinedSet().Within(unit) && !p.IndexLike() &&
		t.RefinedSet().Within(&category.Set{Finite: true, Elems: []float64{0, 1}})
}

func scalar(t *category.Type) bool {
	c := t.Carrier()
	return c.Kind == category.Real && len(c.Dims) == 0 && t.Kind != category.Tangent
}

func classes(p, t *category.Type) bool {
	scores, class := p.Leaves(), t.Leaves()
	return len(scores) == 1 && scores[0].Kind == category.Real && len(class) == 1 && class[0].Kind == category.Fin &&
		slices.Equal(scores[0].Dims, append(slices.Clone(class[0].Dims), class[0].N))
}

func sameShape(p, t *category.Type) bool {
	a, b := p.Carrier(), t.Carrier()
	return a.Kind == category.Real && b.Kind == category.Real && slices.Equal(a.Dims, b.Dims)
}

// metrics reads the report entry against the diagram that the step
// differentiates.
func (t *training) metrics() {
	if t.train.Measure = measured(t.train.Step.Diagram); t.train.Measure != nil {
		t.train.Predict = beforeLast(t.train.Measure)
	}
	e := t.entries["report"]
	if e == nil {
		return
	}
	seen := map[string]diag.Span{}
	for _, v := range e.Values {
		name := nameOf(v)
		if name == nil {
			t.fail(diag.CT0914, valueSpan(v), "a metric is a name").Hint("such as `report: accuracy`")
			continue
		}
		m, known := metrics[name.Text]
		own := !known && t.namesArrow(*name)
		if !known && !own {
			d := t.fail(diag.CT0914, name.Span, "there is no metric `%s`, and no arrow", name.Text)
			t.didYouMean(d, *name, "", append(keys(metrics), t.declaredAs("arrow")()...))
			continue
		}
		entry := category.Metric{Name: name.Text, Span: valueSpan(v)}
		key := entry.Span.Text()
		if first, again := seen[key]; again {
			t.fail(diag.CT0902, entry.Span, "`%s` is reported twice", key).Label(first, "first here")
			continue
		}
		seen[key] = entry.Span
		if own {
			if t.ownMetric(*name, v, &entry) {
				t.train.Metrics = append(t.train.Metrics, entry)
			}
			continue
		}
		if m.args == nil && v.Args != nil {
			t.fail(diag.CT0909, entry.Span, "`%s` takes nothing in parentheses", name.Text)
			continue
		}
		if m.args != nil && !m.args(t, v, &entry) {
			continue
		}
		if v.Of != nil {
			if entry.Of = t.arrowNamed(*v.Of); entry.Of == nil {
				continue
			}
		}
		if t.metricFits(m, &entry) {
			t.train.Metrics = append(t.train.Metrics, entry)
		}
	}
}

// metricFits requires that the wires a metric reads are what it measures.
func (t *training) metricFits(m metric, entry *category.Metric) bool {
	var wires []*category.Type
	reads := "the last arrow of the loss takes"
	switch {
	case m.fits == nil && entry.Of != nil:
		t.fail(diag.CT0910, entry.Span, "`%s` is taken of the loss, not of an arrow", entry.Name)
		return false
	case m.fits == nil && t.train.Measure != nil:
		return true
	case entry.Of != nil:
		if wires = t.predicted(entry); wires == nil {
			return false
		}
		reads = "`" + entry.Of.Name + "` and the rest of a row give"
	case t.train.Predict != nil:
		for _, w := range t.train.Predict.Outs {
			wires = append(wires, t.train.Predict.TypeOf(w))
		}
	}
	if len(wires) == 2 && m.fits != nil && m.fits(wires[0], wires[1]) {
		return t.topKFits(entry, wires[1])
	}
	if wires == nil {
		t.fail(diag.CT0910, entry.Span, "`%s` needs a prediction, and `%s` ends in no arrow that takes one", entry.Name, t.train.Step.Name)
		return false
	}
	t.fail(diag.CT0910, entry.Span, "`%s` needs %s; %s %s", entry.Name, m.needs, reads, category.NewProduct(wires...)).
		Label(t.train.Step.Span, fmt.Sprintf("of `%s`", t.train.Step.Name))
	return false
}

// predicted returns the prediction of the metric's arrow and the factor of a
// row that the arrow does not take; nil after reporting where the arrow does
// not predict one factor of a row from those before it.
func (t *training) predicted(entry *category.Metric) []*category.Type {
	of, row := entry.Of, t.train.On.Type.Factors()
	dom := of.Dom.Factors()
	if of.Endo || len(dom)+1 != len(row) || !slices.EqualFunc(dom, row[:len(row)-1], (*category.Type).Equal) {
		t.fail(diag.CT0910, entry.Span, "`%s` takes %s, which is not a row of `%s` without its last part: %s", of.Name, of.Dom, t.train.On.Name, t.train.On.Type).
			Label(of.Span, fmt.Sprintf("`%s` is declared here", of.Name))
		return nil
	}
	params := paramsOf(t.train.Step.State)
	if of.Given != nil && !of.Given.IsUnit() && !of.Given.Equal(params) {
		t.fail(diag.CT0910, entry.Span, "`%s` is given %s, and `%s` trains %s", of.Name, of.Given, t.train.Step.Name, params).
			Label(of.Span, fmt.Sprintf("`%s` is declared here", of.Name))
		return nil
	}
	return append(slices.Clone(of.Cod.Factors()), row[len(row)-1])
}
