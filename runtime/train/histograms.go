package train

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/histogram"
	"github.com/ctgen-lang/ctgen/runtime/report"
)

// bins is how many bins the histograms of a page have.
const bins = 60

// gradientRows is the greatest number of rows over whose mean loss a gradient
// is taken.
const gradientRows = 256

// histograms are those of the parameters, and of the gradient at them where
// that is asked for and can be had; of says what it is the gradient of, or why
// there is none.
func (r *run) histograms(differentiate bool) (list []report.Tensor, of string) {
	gradient := map[string]*histogram.Histogram{}
	of = "The gradient is left out: the training failed."
	if differentiate {
		var tensors []checkpoint.Tensor
		tensors, of = r.gradient()
		for i := range tensors {
			gradient[tensors[i].Name] = histogramOf(&tensors[i], bins)
		}
	}
	for _, t := range r.parameters() {
		list = append(list, report.Tensor{Name: t.Name, Shape: t.Shape, Values: histogramOf(&t, bins), Gradient: gradient[t.Name]})
	}
	return list, of
}

// gradient is the derivative of the mean loss at the current parameters, over
// rows of the training part that are spread over all of it.
func (r *run) gradient() (tensors []checkpoint.Tensor, of string) {
	d, ok := r.instance.(Differentiable)
	if !ok {
		return nil, "The gradient is left out: the package was generated without --gradients."
	}
	rows := make([]int, min(r.eval.chunk, gradientRows, r.train.Rows))
	for i := range rows {
		rows[i] = i * r.train.Rows / len(rows)
	}
	b := r.train.NewBatch(len(rows))
	b.Gather(r.train, rows)
	of = "The gradient is that of the mean loss over " + strconv.Itoa(len(rows)) + " rows spread over the training part, at the parameters shown."
	if len(rows) == 1 {
		of = "The gradient is that of the loss of one row of the training part, at the parameters shown."
	}
	return d.Gradient(b), of
}

func histogramOf(t *checkpoint.Tensor, bins int) *histogram.Histogram {
	switch {
	case t.F64 != nil:
		return histogram.Of(t.F64, bins)
	case t.I32 != nil:
		return histogram.Of(t.I32, bins)
	case t.I64 != nil:
		return histogram.Of(t.I64, bins)
	}
	return histogram.Of(t.F32, bins)
}
