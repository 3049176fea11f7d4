package lawtest

import (
	"math"
	"testing"
	"unsafe"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// precision says how finely differences can be taken.
type precision struct {
	step  float64 // length of the larger of the two steps
	tol   float64 // relative to the norm of the gradient
	floor float64 // gradients below floor·max(1, |loss|) count as that large
}

func precisionOf[T kernel.Float]() precision {
	var x T
	if unsafe.Sizeof(x) == 8 {
		return precision{step: 1e-4, tol: 1e-7, floor: 1e-2}
	}
	return precision{step: 4e-2, tol: 2e-3, floor: 5e-2}
}

// redraws is how many points in a row may lie on a kink before the check
// gives up: a function may have kinks, but not everywhere.
const redraws = 20

// Derivative checks, at points drawn from the arguments' sets and for batches
// of 1 and 3, that the gradient of f agrees with differences of its loss:
// along a random direction of each parameter, and of all of them at once. Where
// a run takes long, each point takes some of the parameters by lot. In float64 they agree to 1e-7 of the gradient's norm, in float32 to 2e-3. A
// point with a kink between the two sides of a difference is drawn again.
func Derivative[T kernel.Float](t testing.TB, f Func[T]) {
	t.Helper()
	defer guard(t)
	elements, leaves := f.size()
	for _, n := range atLeast(f.Least, 1, 3) {
		r := rng.New(seed(), "derivative of "+f.Name)
		points, kinks := affordable(8*n*f.Work, draws(elements*(leaves+1)*4*n)), 0
		for k := 0; k < points; {
			fault, kink := f.derivativeAt(r, n)
			switch {
			case fault == "":
				k, kinks = k+1, 0
			case kink && kinks < redraws:
				kinks++
			default:
				t.Errorf("%s, batch of %d: %s", f.Name, n, fault)
				return
			}
		}
	}
}

// derivativeAt checks one point. A fault is "" where all is well; kink says
// that the differences themselves do not agree about the slope.
func (f *Func[T]) derivativeAt(r *rng.Rand, n int) (fault string, kink bool) {
	p := precisionOf[T]()
	in := inside
	if p.tol > 1e-4 {
		in = middle
	}
	at, grad := f.point(r, n, in), f.gradients()
	loss := float64(f.Run(n, at, grad))
	if !finite(loss) {
		return "the loss is " + show(loss) + " at " + describe(f.Args, at), false
	}
	all := make([][]float64, len(f.Args))
	joint := false
	_, leaves := f.size()
	some := affordable(4*n*f.Work, leaves)
	for i := range f.Args {
		if grad[i] == nil || !f.Args[i].moves() {
			continue
		}
		all[i] = direction(r, &f.Args[i], len(grad[i]))
		joint = true
		if some < leaves && r.Intn(leaves) >= some {
			continue
		}
		only := make([][]float64, len(f.Args))
		only[i] = all[i]
		if fault, kink = f.along(n, at, grad, only, loss, p); fault != "" {
			return "derivative by " + f.Args[i].Name + ": " + fault, kink
		}
	}
	if !joint {
		return "", false
	}
	fault, kink = f.along(n, at, grad, all, loss, p)
	return fault, kink
}

// along compares the slope of the loss along dir with what grad says.
func (f *Func[T]) along(n int, at []Values[T], grad [][]T, dir [][]float64, loss float64, p precision) (fault string, kink bool) {
	said, length := 0.0, 0.0
	for i, d := range dir {
		if d != nil {
			said += dot(grad[i], d)
			length = math.Hypot(length, norm(grad[i]))
		}
	}
	scratch := f.gradients()
	s := slopeOf(func(h float64) float64 {
		return float64(f.Run(n, shifted(at, dir, h), scratch))
	}, loss, p.step)
	allowed := p.tol * math.Max(length, p.floor*math.Max(1, math.Abs(loss)))
	if math.Abs(s.value-said) <= allowed {
		return "", false
	}
	return "the gradient says " + show(said) + ", differences of the loss say " + show(s.value) +
		" (allowed ±" + show(allowed) + ") at " + describe(f.Args, at), s.kinked(math.Max(length, p.floor*math.Max(1, math.Abs(loss))), p.tol)
}

// shifted returns the point at + h·dir.
func shifted[T kernel.Float](at []Values[T], dir [][]float64, h float64) []Values[T] {
	out := append([]Values[T](nil), at...)
	for i, d := range dir {
		if d == nil {
			continue
		}
		moved := make([]T, len(d))
		for j, x := range at[i].Real {
			moved[j] = T(float64(x) + h*d[j])
		}
		out[i].Real = moved
	}
	return out
}
