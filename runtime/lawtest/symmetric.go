package lawtest

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// symmetricTolerance is how far ⟨H u, v⟩ and ⟨H v, u⟩ may be from each other,
// relative to the norms of the gradient and of both.
const symmetricTolerance = 1e-6

// Symmetric checks that the derivative of the gradient of f is symmetric, as
// second derivatives are: ⟨H u, v⟩ = ⟨H v, u⟩ for directions u and v through all
// parameters. It needs no loss to compare with, and float64. A point with a
// kink between the two sides of a difference is drawn again, and looked at more
// closely: a network of thousands of kinks has one near every point.
func Symmetric[T kernel.Float](t testing.TB, f Func[T]) {
	t.Helper()
	defer guard(t)
	elements, _ := f.size()
	r := rng.New(seed(), "symmetry of "+f.Name)
	points, kinks := affordable(20*f.Work, draws(elements*64)), 0
	for k := 0; k < points; {
		const n = 2
		at, u, v := f.point(r, n, inside), f.directions(r), f.directions(r)
		step := math.Max(1e-3*math.Pow(10, -float64(kinks/4)), 1e-7)
		a, sizeA, kinkA := f.second(n, at, u, v, step)
		b, sizeB, kinkB := f.second(n, at, v, u, step)
		allowed := symmetricTolerance * math.Max(math.Max(sizeA, sizeB), math.Max(math.Abs(a), math.Abs(b)))
		switch {
		case math.Abs(a-b) <= allowed:
			k, kinks = k+1, 0
		case (kinkA || kinkB) && kinks < redraws:
			kinks++
		default:
			t.Errorf("%s: the second derivative by u and v is %s, by v and u %s (allowed ±%s) at %s",
				f.Name, show(a), show(b), show(allowed), describe(f.Args, at))
			return
		}
	}
}

// directions draws a unit direction of each parameter.
func (f *Func[T]) directions(r *rng.Rand) [][]float64 {
	out := make([][]float64, len(f.Args))
	for i := range f.Args {
		if a := &f.Args[i]; a.Param && a.moves() {
			out[i] = direction(r, a, a.Size())
		}
	}
	return out
}

// second is the derivative along u of the gradient along v, by differences of
// the lengths h and 2h, the norm of the gradient, and whether the two disagree.
func (f *Func[T]) second(n int, at []Values[T], u, v [][]float64, h float64) (value, size float64, kink bool) {
	along := func(h float64) float64 {
		grad, s, length := f.gradients(), 0.0, 0.0
		f.Run(n, shifted(at, u, h), grad)
		for i := range v {
			if v[i] != nil {
				s += dot(grad[i], v[i])
				length = math.Hypot(length, norm(grad[i]))
			}
		}
		size = math.Max(size, math.Max(length, 1e-2))
		return s
	}
	near := (along(h) - along(-h)) / (2 * h)
	far := (along(2*h) - along(-2*h)) / (4 * h)
	return near + (near-far)/3, size, math.Abs(near-far) > 10*symmetricTolerance*math.Max(size, math.Abs(near))
}
