package lawtest

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Batches checks that a batch is its examples: the loss and the gradient of n
// of them are the means of what each gives alone, since all share the
// parameters and sharing is copying. It holds in float64 to 1e-9 of the size
// of the gradient, in float32 to 1e-4.
func Batches[T kernel.Float](t testing.TB, f Func[T]) {
	t.Helper()
	defer guard(t)
	const n = 3
	tol := 1e-9
	if precisionOf[T]().tol > 1e-4 {
		tol = 1e-4
	}
	r := rng.New(seed(), "batches of "+f.Name)
	elements, _ := f.size()
	for range affordable(2*n*f.Work, draws(elements*16*n)) {
		at := f.point(r, n, inside)
		grad, loss := f.gradients(), 0.0
		loss = float64(f.Run(n, at, grad))
		mean := make([][]float64, len(grad))
		for i := range grad {
			mean[i] = make([]float64, len(grad[i]))
		}
		alone := 0.0
		for k := range n {
			one := f.gradients()
			alone += float64(f.Run(1, f.example(at, k, n), one)) / n
			for i := range one {
				for j, g := range one[i] {
					mean[i][j] += float64(g) / n
				}
			}
		}
		if d := math.Abs(loss - alone); !(d <= tol*math.Max(1, math.Abs(alone))) {
			t.Errorf("%s: the loss of a batch is %s, the mean over its examples %s, at %s", f.Name, show(loss), show(alone), describe(f.Args, at))
			return
		}
		for i := range grad {
			size := math.Max(norm(mean[i]), 1e-2)
			if d := distance(grad[i], mean[i]); !(d <= tol*size) {
				t.Errorf("%s: the gradient of a batch by %s is %s away from the mean over its examples, at %s", f.Name, f.Args[i].Name, show(d), describe(f.Args, at))
				return
			}
		}
	}
}

// example is the point with example k of n alone.
func (f *Func[T]) example(at []Values[T], k, n int) []Values[T] {
	out := make([]Values[T], len(at))
	for i := range at {
		out[i] = at[i]
		if !f.Args[i].batched() {
			continue
		}
		out[i] = Values[T]{part(at[i].Real, k, n), part(at[i].Fin, k, n), part(at[i].Int, k, n), part(at[i].Bool, k, n)}
	}
	return out
}

func part[E any](v []E, k, n int) []E {
	if v == nil {
		return nil
	}
	size := len(v) / n
	return v[k*size : (k+1)*size]
}
