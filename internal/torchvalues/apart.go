package torchvalues

import (
	"math"

	"github.com/ctgen-lang/ctgen/gen/eval"
)

// vanishing is the norm, beside that of everything compared, of a tensor that
// is zero but for rounding, such as the gradient by a bias that softmax takes
// away.
const vanishing = 1e-12

// Apart is the greatest distance of a tensor in got from the one in want,
// relative to the norm of the latter; where that vanishes, relative to the
// norm of all tensors. It is infinite where the two differ in form.
func Apart(got, want []eval.Value) float64 {
	g, w := tensors(got...), tensors(want...)
	if len(g) != len(w) {
		return math.Inf(1)
	}
	all := 0.0
	for _, v := range w {
		all = math.Hypot(all, norm(v.Data))
	}
	worst := 0.0
	for i, v := range w {
		if len(v.Data) != len(g[i].Data) {
			return math.Inf(1)
		}
		diff := make([]float64, len(v.Data))
		for k, x := range v.Data {
			diff[k] = g[i].Data[k] - x
		}
		size := norm(v.Data)
		if size <= vanishing*all {
			size = all
		}
		switch d := norm(diff); {
		case d == 0:
		case d/size-d/size != 0:
			return math.Inf(1)
		default:
			worst = math.Max(worst, d/size)
		}
	}
	return worst
}

// tensors lists the tensors of values, in order.
func tensors(values ...eval.Value) (out []eval.Value) {
	for _, v := range values {
		if v.Form == eval.Numbers {
			out = append(out, v)
		}
		out = append(out, tensors(v.Parts...)...)
	}
	return out
}

func norm(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}
