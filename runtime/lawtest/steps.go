package lawtest

import (
	"math"
	"slices"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Steps describes one update of a state twice: by the plan that works on the
// objects themselves, and by the one that trainers run, which stores
// parameters in another order, fuses, and is shared by workers.
type Steps[T kernel.Float] struct {
	Name string   // in the spec's words: "step"
	Args []Tensor // leaf arguments: data, state, settings
	Work int      // floating point operations for one example, where they are many; else 0
	// Least is how many examples there are at least: 1 where it is 0. Where
	// they are the elements of a list, an arrow may need more.
	Least int
	// Declared and Stored update the state in at by n examples and return
	// the loss before it, 0 where there is none.
	Declared func(n int, at []Values[T]) T
	Stored   func(n, workers int, at []Values[T]) T
}

// stepsAtOnce is how many updates follow each other: the state of optimizers
// starts at zero and fills.
const stepsAtOnce = 3

// stepTolerance is how far the two plans may be from each other in float64,
// relative to the size of what they compute: both add in different orders.
const stepTolerance = 1e-9

// Trains checks that the plan of a trainer is the step that the spec means:
// equal to the declared plan in float64 but for rounding, at batches of 1, 3
// and 18, or 5 where 18 would take long, and the same bits in float32 for one, two and three workers.
func Trains(t testing.TB, short Steps[float32], long Steps[float64]) {
	t.Helper()
	defer guard(t)
	large := 18
	if affordable(large*long.Work, 2) < 2 {
		large = 5
	}
	for _, n := range atLeast(long.Least, 1, 3, large) {
		r := rng.New(seed(), "steps of "+long.Name)
		for range affordable(6*n*long.Work, draws(400*n*long.work())) {
			if fault := long.agree(r, n); fault != "" {
				t.Errorf("%s, batch of %d: %s", long.Name, n, fault)
				return
			}
			if fault := short.sameBits(r, n); fault != "" {
				t.Errorf("%s, batch of %d: %s", short.Name, n, fault)
				return
			}
		}
	}
}

// work is the number of elements of the state.
func (s *Steps[T]) work() int {
	elements := 0
	for i := range s.Args {
		if s.Args[i].Param {
			elements += s.Args[i].Size()
		}
	}
	return elements
}

// start draws a point; what is fresh starts at zero.
func (s *Steps[T]) start(r *rng.Rand, n int) []Values[T] {
	at := rooms[T](s.Args, n)
	drawAll(r, s.Args, at, inside)
	for i := range s.Args {
		if s.Args[i].Fresh {
			at[i] = room[T](&s.Args[i], n)
		}
	}
	return at
}

// redraw draws other data for the next update.
func (s *Steps[T]) redraw(r *rng.Rand, points ...[]Values[T]) {
	for i := range s.Args {
		if s.Args[i].batched() && !s.Args[i].Fresh {
			draw(r, &s.Args[i], points[0][i], inside)
			for _, p := range points[1:] {
				p[i] = points[0][i]
			}
		}
	}
}

func (s *Steps[T]) agree(r *rng.Rand, n int) string {
	at := s.start(r, n)
	other := clonePoint(at)
	for k := range stepsAtOnce {
		want, got := s.Declared(n, at), s.Stored(n, 1, other)
		if !near(float64(want), float64(got)) {
			return "the loss is " + show(float64(want)) + " by the declared plan and " + show(float64(got)) + " by the trainer's, at " + describe(s.Args, at)
		}
		for i := range s.Args {
			if d := gap(at[i], other[i]); d > 0 {
				return "update " + show(float64(k+1)) + " of " + s.Args[i].Name + ": the trainer's plan is " + show(d) + " away from the declared one"
			}
		}
		s.redraw(r, at, other)
	}
	return ""
}

func (s *Steps[T]) sameBits(r *rng.Rand, n int) string {
	one := s.start(r, n)
	two, three := clonePoint(one), clonePoint(one)
	for range stepsAtOnce {
		a, b, c := s.Stored(n, 1, one), s.Stored(n, 2, two), s.Stored(n, 3, three)
		if !equal(a, b) || !equal(a, c) {
			return "the loss depends on the number of workers"
		}
		for i := range s.Args {
			if !equalValues(one[i], two[i]) || !equalValues(one[i], three[i]) {
				return s.Args[i].Name + " depends on the number of workers"
			}
		}
		s.redraw(r, one, two, three)
	}
	return ""
}

func near(a, b float64) bool {
	return a == b || a != a && b != b || math.Abs(a-b) <= stepTolerance*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// gap is the greatest distance between two tensors, 0 where they are near.
func gap[T kernel.Float](a, b Values[T]) float64 {
	worst := 0.0
	for i := range a.Real {
		if x, y := float64(a.Real[i]), float64(b.Real[i]); !near(x, y) {
			worst = math.Max(worst, math.Abs(x-y))
			if x != x || y != y {
				worst = math.Inf(1)
			}
		}
	}
	for i := range a.Int {
		worst = math.Max(worst, math.Abs(float64(a.Int[i]-b.Int[i])))
	}
	return worst
}

func equal[T kernel.Float](a, b T) bool { return a == b || a != a && b != b }

func equalValues[T kernel.Float](a, b Values[T]) bool {
	for i := range a.Real {
		if !equal(a.Real[i], b.Real[i]) {
			return false
		}
	}
	for i := range a.Int {
		if a.Int[i] != b.Int[i] {
			return false
		}
	}
	return true
}

// clonePoint copies a point.
func clonePoint[T kernel.Float](at []Values[T]) []Values[T] {
	out := make([]Values[T], len(at))
	for i, v := range at {
		out[i] = Values[T]{slices.Clone(v.Real), slices.Clone(v.Fin), slices.Clone(v.Int), slices.Clone(v.Bool)}
	}
	return out
}

// straightTolerance is how far straight lines and kernels may be from each
// other in float32, relative to the largest element: they add in different
// orders and have elementary functions of their own.
const straightTolerance = 2e-4

// Straight checks that the straight form of a step is the step, at batches of
// 1, 2 and 5, or lists no shorter than they may be.
func Straight(t testing.TB, s Steps[float32], straight func(n int, at []Values[float32]) float32) {
	t.Helper()
	defer guard(t)
	for _, n := range atLeast(s.Least, 1, 2, 5) {
		r := rng.New(seed(), "straight "+s.Name)
		for range draws(400 * n * s.work()) {
			at := s.start(r, n)
			other := clonePoint(at)
			want, got := s.Stored(n, 1, at), straight(n, other)
			if d := relative([]float32{want}, []float32{got}); !(d <= straightTolerance) {
				t.Errorf("%s, batch of %d: the loss is %s by kernels and %s straight", s.Name, n, show(float64(want)), show(float64(got)))
				return
			}
			for i := range s.Args {
				if d := relative(at[i].Real, other[i].Real); !(d <= straightTolerance) || gap(Values[float32]{Int: at[i].Int}, Values[float32]{Int: other[i].Int}) > 0 {
					t.Errorf("%s, batch of %d: %s is %s away by straight lines", s.Name, n, s.Args[i].Name, show(d))
					return
				}
			}
		}
	}
}

// relative is the greatest distance between elements over the greatest
// element, or 1.
func relative(a, b []float32) float64 {
	size, worst := 1.0, 0.0
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		if equal(x, y) {
			continue
		}
		size, worst = math.Max(size, math.Abs(x)), math.Max(worst, math.Abs(x-y))
		if x != x || y != y {
			return math.Inf(1)
		}
	}
	return worst / size
}
