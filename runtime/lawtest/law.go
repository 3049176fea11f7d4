package lawtest

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Case is a user's law: two functions of one example that agree.
type Case struct {
	Name        string
	Args        []Tensor // domain and parameters, drawn once for both sides
	Outs        []Tensor
	Left, Right Side
	Within      float64 // 0: exactly
}

// Side is one side of a law. Run reads in, one entry per argument, and
// assigns out, one entry per result.
type Side struct {
	Text string // as the spec writes it
	Run  func(in, out []Values[float32])
}

// Law checks that both sides agree on drawn inputs: |a - b| is at most
// Within·max(1, |a|, |b|) for each real number, and everything else is equal.
// NaN agrees with nothing. A failure prints the inputs by object.
func Law(t testing.TB, c Case) {
	t.Helper()
	defer guard(t)
	work := 0
	for i := range c.Args {
		work += c.Args[i].Size()
	}
	r := rng.New(seed(), "law "+c.Name)
	points, worst := min(draws(work*100)*10, 200), 0.0
	for range points {
		in, left, right := rooms[float32](c.Args, 1), rooms[float32](c.Outs, 1), rooms[float32](c.Outs, 1)
		drawAll(r, c.Args, in, edges)
		c.Left.Run(in, left)
		c.Right.Run(in, right)
		for i := range c.Outs {
			j, gap := apart(left[i], right[i])
			worst = math.Max(worst, gap)
			if gap <= c.Within {
				continue
			}
			t.Errorf("law %s: %s = %s does not hold%s\n  %s\n  left   %s\n  right  %s", c.Name, c.Left.Text, c.Right.Text,
				tolerance(c.Within), describe(c.Args, in), cell(&c.Outs[i], left[i], j), cell(&c.Outs[i], right[i], j))
			return
		}
	}
	t.Logf("law %s: %d draws, largest difference %s", c.Name, points, show(worst))
}

func tolerance(within float64) string {
	if within == 0 {
		return " exactly"
	}
	return " within " + show(within)
}

// apart returns the place of the largest relative difference and that
// difference: infinite where a number is NaN or where indices differ.
func apart(a, b Values[float32]) (place int, gap float64) {
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
