package lawtest

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Draws fills objects at random, from a seed and a name.
type Draws struct {
	r     *rng.Rand
	round int // of laws: how many draws there were
}

// NewDraws starts from the tests' seed.
func NewDraws(name string) *Draws { return &Draws{r: rng.New(seed(), name)} }

// Reals fills v with values of t.
func (d *Draws) Reals(t Tensor, v []float32) { draw(d.r, &t, Values[float32]{Real: v}, inside) }

// Ints fills v with indices of t.
func (d *Draws) Ints(t Tensor, v []int32) { draw(d.r, &t, Values[float32]{Fin: v}, inside) }

// Longs fills v with counts.
func (d *Draws) Longs(t Tensor, v []int64) { draw(d.r, &t, Values[float32]{Int: v}, inside) }

// Bools fills v.
func (d *Draws) Bools(t Tensor, v []bool) { draw(d.r, &t, Values[float32]{Bool: v}, inside) }

// predictedTolerance is how far two orders of adding in float32 may be from
// each other, relative to the largest element.
const predictedTolerance = 1e-4

// Predicted checks that a predictor's result is that of the arrow but for
// rounding.
func Predicted(t testing.TB, what string, want, got []float32) {
	t.Helper()
	size := 1.0
	for _, v := range want {
		size = math.Max(size, math.Abs(float64(v)))
	}
	for i := range want {
		a, b := float64(want[i]), float64(got[i])
		if !(math.Abs(a-b) <= predictedTolerance*size) && !equal(a, b) {
			t.Fatalf("%s: element %d is %s by the arrow and %s by the predictor", what, i, show(a), show(b))
		}
	}
}
