package lawtest

import (
	"fmt"
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Case is a user's law: two functions of one example that agree.
type Case[T kernel.Float] struct {
	Name        string
	Args        []Tensor // domain and parameters, drawn once for both sides
	Outs        []Tensor
	Left, Right Side[T]
	Within      float64 // 0: exactly
	Work        int     // floating point operations of both sides, where they are many; else 0
}

// Side is one side of a law. Run reads in, one entry per argument, and
// assigns out, one entry per result.
type Side[T kernel.Float] struct {
	Text string // as the spec writes it
	Run  func(in, out []Values[T])
	// Stages are what the side's arrows make, one after another: what a
	// counterexample shows of it.
	Stages []Stage[T]
}

// Stage is a side up to one of its arrows.
type Stage[T kernel.Float] struct {
	Arrow string // as the spec calls it
	Outs  []Tensor
	Run   func(in, out []Values[T])
}

// Law checks that both sides agree on drawn inputs: |a - b| is at most
// Within·max(1, |a|, |b|) for each real number, and everything else is equal.
// NaN agrees with nothing. A failure prints inputs by object, made as simple
// as they get, and what each arrow of both sides makes of them.
func Law[T kernel.Float](t testing.TB, c Case[T]) {
	t.Helper()
	defer guard(t)
	work := 0
	for i := range c.Args {
		work += c.Args[i].Size()
	}
	r := rng.New(seed(), "law "+c.Name)
	points, worst := affordable(c.Work, min(draws(work*100)*10, 200)), 0.0
	for range points {
		in := rooms[T](c.Args, 1)
		drawAll(r, c.Args, in, edges)
		_, _, gap := c.gap(in)
		worst = math.Max(worst, gap)
		if gap > c.Within {
			t.Errorf("%s", c.refutation(shrink(c.Args, in, func(in []Values[T]) bool {
				_, _, gap := c.gap(in)
				return gap > c.Within
			})))
			return
		}
	}
	t.Logf("law %s: %d draws, largest difference %s", c.Name, points, show(worst))
}

// gap is the largest relative difference of the results, in which of them,
// and at which of its numbers.
func (c *Case[T]) gap(in []Values[T]) (result, place int, worst float64) {
	left, right := rooms[T](c.Outs, 1), rooms[T](c.Outs, 1)
	c.Left.Run(in, left)
	c.Right.Run(in, right)
	for i := range c.Outs {
		if j, gap := apart(left[i], right[i]); gap > worst {
			result, place, worst = i, j, gap
		}
	}
	return result, place, worst
}

// refutation tells of a point at which the law does not hold.
func (c *Case[T]) refutation(in []Values[T]) string {
	i, j, _ := c.gap(in)
	left, right := rooms[T](c.Outs, 1), rooms[T](c.Outs, 1)
	c.Left.Run(in, left)
	c.Right.Run(in, right)
	s := fmt.Sprintf("law %s: %s = %s does not hold%s\n  %s\n  left   %s\n  right  %s", c.Name, c.Left.Text, c.Right.Text,
		tolerance(c.Within), describe(c.Args, in), cell(&c.Outs[i], left[i], j), cell(&c.Outs[i], right[i], j))
	return s + c.Left.path("left", in) + c.Right.path("right", in)
}

// path lists what each arrow of a side makes.
func (s *Side[T]) path(name string, in []Values[T]) string {
	text := ""
	for _, st := range s.Stages {
		out := rooms[T](st.Outs, 1)
		st.Run(in, out)
		text += fmt.Sprintf("\n  %-5s  %s: %s", name, st.Arrow, describe(st.Outs, out))
	}
	return text
}

func tolerance(within float64) string {
	if within == 0 {
		return " exactly"
	}
	return " within " + show(within)
}

// apart returns the place of the largest relative difference and that
// difference: infinite where a number is NaN or where indices differ.
func apart[T kernel.Float](a, b Values[T]) (place int, gap float64) {
	note := func(i int, d float64) {
		if d != d {
			d = math.Inf(1)
		}
		if d > gap {
			place, gap = i, d
		}
	}
	for i, x := range a.Real {
		x, y := float64(x), float64(b.Real[i])
		if x != y {
			note(i, math.Abs(x-y)/math.Max(1, math.Max(math.Abs(x), math.Abs(y))))
		}
	}
	for i, x := range a.Fin {
		note(i, unequal(x != b.Fin[i]))
	}
	for i, x := range a.Int {
		note(i, unequal(x != b.Int[i]))
	}
	for i, x := range a.Bool {
		note(i, unequal(x != b.Bool[i]))
	}
	return place, gap
}

func unequal(differ bool) float64 {
	if differ {
		return math.Inf(1)
	}
	return 0
}
