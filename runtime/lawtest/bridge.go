package lawtest

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// bridgeTolerance is how far the float32 gradient may be from the float64
// one, relative to the norm of the whole gradient.
const bridgeTolerance = 1e-4

// Bridge checks that the shipped float32 gradient equals its float64 twin to
// 1e-4 of the gradient's norm, and the loss to 1e-4 of max(1, |loss|), at
// batches of 1, 3 and 33, or 5 where 33 would take long. Points where the twin
// itself leaps under a change of the size of float32 rounding, next to a kink,
// are drawn again.
func Bridge(t testing.TB, short Func[float32], long Func[float64]) {
	t.Helper()
	defer guard(t)
	elements, _ := long.size()
	large := 33
	if affordable(large*long.Work, 2) < 2 {
		large = 5
	}
	for _, n := range atLeast(long.Least, 1, 3, large) {
		r := rng.New(seed(), "bridge of "+long.Name)
		points, kinks := affordable(2*n*long.Work, draws(elements*4*n)), 0
		for k := 0; k < points; {
			fault, kink := bridgeAt(r, &short, &long, n)
			switch {
			case fault == "":
				k, kinks = k+1, 0
			case kink && kinks < redraws:
				kinks++
			default:
				t.Errorf("%s, batch of %d: %s", long.Name, n, fault)
				return
			}
		}
	}
}

func bridgeAt(r *rng.Rand, short *Func[float32], long *Func[float64], n int) (fault string, kink bool) {
	at := long.point(r, n, inside)
	want, got := long.gradients(), short.gradients()
	loss := long.Run(n, at, want)
	loss32 := float64(short.Run(n, convert[float32](at), got))
	length := 0.0
	for _, g := range want {
		length = math.Hypot(length, norm(g))
	}
	scale := math.Max(length, 1e-3*math.Max(1, math.Abs(loss)))
	if d := math.Abs(loss - loss32); !(d <= bridgeTolerance*math.Max(1, math.Abs(loss))) {
		return "the loss is " + show(loss32) + " in float32 and " + show(loss) + " in float64 at " + describe(long.Args, at), false
	}
	for i := range want {
		if want[i] == nil {
			continue
		}
		if d := distance(got[i], want[i]); !(d <= bridgeTolerance*scale) {
			fault = "gradient by " + long.Args[i].Name + ": float32 is " + show(d) + " away from float64, whose gradient has norm " +
				show(length) + ", at " + describe(long.Args, at)
			return fault, leaps(r, long, n, at, want, scale)
		}
	}
	return "", false
}

// leaps reports whether the twin's own gradient changes by half of what is
// allowed when its arguments move by about one float32 rounding.
func leaps(r *rng.Rand, f *Func[float64], n int, at []Values[float64], want [][]float64, scale float64) bool {
	for range 4 {
		near := append([]Values[float64](nil), at...)
		for i := range near {
			moved := make([]float64, len(near[i].Real))
			for j, x := range near[i].Real {
				moved[j] = x
				if f.Args[i].moves() {
					moved[j] += 5e-7 * math.Max(math.Abs(x), 0.1) * r.Normal()
				}
			}
			near[i].Real = moved
		}
		grad := f.gradients()
		f.Run(n, near, grad)
		for i := range want {
			if want[i] != nil && distance(grad[i], want[i]) > bridgeTolerance/2*scale {
				return true
			}
		}
	}
	return false
}

func distance[T, U kernel.Float](a []T, b []U) float64 {
	s := 0.0
	for i := range a {
		d := float64(a[i]) - float64(b[i])
		s += d * d
	}
	return math.Sqrt(s)
}
