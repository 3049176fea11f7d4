package eval

import (
	"math"
	"math/rand"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/stretchr/testify/require"
)

func load(t *testing.T, text string) *category.Category {
	t.Helper()
	c, diags := check.Check(diag.NewSource("test.cat", text), check.Options{})
	for _, d := range diags.All() {
		require.NotEqual(t, diag.Error, d.Severity, "%s: %s %s", d.Span, d.Code, d.Message)
	}
	require.NotNil(t, c)
	return c
}

func arrow(t *testing.T, c *category.Category, name string) *category.Arrow {
	t.Helper()
	for _, a := range c.Arrows {
		if a.Name == name {
			return a
		}
	}
	require.Fail(t, "no arrow "+name)
	return nil
}

// rewrites holds for each rewrite of std both sides between objects.
var rewrites = map[string]string{
	"sigmoid_into_loss": `
object Logits = R[4]
object Odds = R[4] in [0, 1]
object Truth = R[4] in [0, 1]
object Loss = R in [0, inf)
arrow squash: Logits -> Odds = std.sigmoid
arrow bce: Odds * Truth -> Loss = std.binary_cross_entropy
arrow left = squash * id >> bce
arrow right: Logits * Truth -> Loss = std.sigmoid_binary_cross_entropy`,
	"softmax_into_loss": `
object Scores = R[3, 5]
object Guess = R[3, 5] in simplex
object Truth = Fin[5] ^ 3
object Loss = R in [0, inf)
arrow squash: Scores -> Guess = std.softmax
arrow nll: Guess * Truth -> Loss = std.cross_entropy
arrow left = squash * id >> nll
arrow right: Scores * Truth -> Loss = std.softmax_cross_entropy`,
	"softmax_into_log": `
object Scores = R[3, 5]
object Guess = R[3, 5] in simplex
object Logs = R[3, 5]
arrow squash: Scores -> Guess = std.softmax
arrow log: Guess -> Logs = std.log
arrow left = squash >> log
arrow right: Scores -> Logs = std.log_softmax`,
	"relu_into_affine":            affineSides("affine", "relu", "R[4, 3]", "R[2, 4] in [0, inf)"),
	"relu_into_affine_transposed": affineSides("affine_transposed", "relu", "R[3, 4]", "R[2, 4] in [0, inf)"),
	"sigmoid_into_affine":         affineSides("affine", "sigmoid", "R[4, 3]", "R[2, 4] in [0, 1]"),
	"tanh_into_affine":            affineSides("affine", "tanh", "R[4, 3]", "R[2, 4] in [-1, 1]"),
}

func affineSides(affine, name, weight, cod string) string {
	return `
object In = R[2, 3]
object Mid = R[2, 4]
object Out = ` + cod + `
object Layer = { weight: ` + weight + `, bias: R[4] }
arrow linear: In -> Mid given Layer = std.` + affine + `
arrow bend: Mid -> Out = std.` + name + `
arrow left = linear >> bend
arrow right: In -> Out given Layer = std.` + affine + `_` + name
}

func anyValue(t *category.Type, rnd *rand.Rand) Value {
	v := Zero(t)
	var walk func(v *Value, t *category.Type)
	walk = func(v *Value, t *category.Type) {
		c := *t.Carrier()
		switch c.Kind {
		case category.Record:
			for i := range v.Parts {
				walk(&v.Parts[i], c.Fields[i].Type)
			}
		case category.Power:
			for i := range v.Parts {
				walk(&v.Parts[i], c.Elem)
			}
		default:
			c.Set = t.RefinedSet()
			draw(v, &c, rnd)
		}
	}
	walk(&v, t)
	return v
}

func requireClose(t *testing.T, want, got Value, tolerance float64) {
	t.Helper()
	a, b := want.Flat(), got.Flat()
	require.Len(t, b, len(a))
	for i := range a {
		require.LessOrEqual(t, math.Abs(a[i]-b[i]), tolerance*math.Max(1, math.Abs(a[i])), "%v and %v", a, b)
	}
}

func TestRewritesAgreeInValueAndGradient(t *testing.T) {
	_, laws := check.Std()
	for _, law := range laws {
		t.Run(law.Name, func(t *testing.T) {
			require.Contains(t, rewrites, law.Name, "a rewrite without a test")
			c := load(t, rewrites[law.Name])
			left, right := arrow(t, c, "left"), arrow(t, c, "right")
			it, rnd := New(c), rand.New(rand.NewSource(1))
			for range 20 {
				var in []Value
				for _, f := range left.Dom.Factors() {
					in = append(in, anyValue(f, rnd))
				}
				given := anyValue(left.Given, rnd)
				cot := []Value{anyValue(category.NewTangent(left.Cod), rnd)}
				a, da, pa, err := it.Reverse(left.Diagram, in, given, nil, cot)
				require.NoError(t, err)
				b, db, pb, err := it.Reverse(right.Diagram, in, given, nil, cot)
				require.NoError(t, err)
				requireClose(t, a[0], b[0], 1e-9)
				for i := range da {
					requireClose(t, da[i], db[i], 1e-9)
				}
				requireClose(t, pa, pb, 1e-9)
			}
		})
	}
}

// The fused losses stay finite where float32 would end.
func TestFusedLossesAreFiniteForGreatLogits(t *testing.T) {
	c := load(t, `
object Logit = R
object Truth = R in {0, 1}
object Scores = R[3]
object Class = Fin[3]
object Loss = R in [0, inf)
arrow bce: Logit * Truth -> Loss = std.sigmoid_binary_cross_entropy
arrow nll: Scores * Class -> Loss = std.softmax_cross_entropy`)
	it := New(c)
	for _, z := range []float64{-1e4, -100, 0, 100, 1e4} {
		for _, truth := range []float64{0, 1} {
			out, din, _, err := it.Reverse(arrow(t, c, "bce").Diagram, []Value{Scalar(z), Scalar(truth)}, Value{}, nil, []Value{Scalar(1)})
			require.NoError(t, err)
			require.InDelta(t, max(z, 0)-z*truth+math.Log1p(math.Exp(-math.Abs(z))), out[0].Number(), 1e-9)
			require.InDelta(t, 1/(1+math.Exp(-z))-truth, din[0].Number(), 1e-12)
			require.Zero(t, din[1].Number(), "a target of a finite set has no direction")
		}
		scores := Tensor([]float64{z, 0, -z}, 3)
		out, din, _, err := it.Reverse(arrow(t, c, "nll").Diagram, []Value{scores, Scalar(0)}, Value{}, nil, []Value{Scalar(1)})
		require.NoError(t, err)
		for _, v := range append(out[0].Flat(), din[0].Flat()...) {
			require.False(t, math.IsNaN(v) || math.Abs(v) > 3e38, "%v", v)
		}
	}
}
