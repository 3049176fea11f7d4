package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func TestImplementation(t *testing.T) {
	for _, tc := range []struct {
		decl, given, text string
		kind              category.ArrowKind
		within            float64
		exactly           bool
	}{
		{"arrow x: A -> C = hand implements f >> g", "1", "f >> g", category.Term, 1e-5, false},
		{"arrow x(a: A) -> C = hand implements f >> g within 1e-3", "1", "f >> g", category.Term, 1e-3, false},
		{"arrow x: V -> A given P = hand implements dense >> dense as two >> head exactly", "P", "dense >> dense as two >> head", category.Term, 0, true},
		{"arrow x: V -> A given L2 = hand implements head", "L2", "head", category.Term, 1e-5, false},
		{"arrow x: V -> A given L2 = hand implements std.affine", "L2", "std.affine", category.Lifted, 1e-5, false},
		{"arrow x: A -> U = hand implements f >> back >> std.sigmoid", "1", "f >> back >> std.sigmoid", category.Term, 1e-5, false},
		{"arrow x: A -> A = hand implements id", "1", "id", category.Term, 1e-5, false},
	} {
		a := arrowOf(t, sound(t, prelude+tc.decl), "x")
		require.Equal(t, tc.kind, a.Kind, tc.decl)
		require.Equal(t, tc.given, a.Given.String(), tc.decl)
		require.NotNil(t, a.Diagram, tc.decl)
		require.NotNil(t, a.Implements, tc.decl)
		require.Equal(t, tc.text, a.Implements.Text)
		require.Equal(t, tc.within, a.Implements.Within)
		require.Equal(t, tc.exactly, a.Implements.Exactly)
	}
}

// An arrow may be called hand, and one may be called implements.
func TestHandIsAName(t *testing.T) {
	c := sound(t, prelude+"arrow hand = f >> g\narrow implements: A -> C = hand")
	require.Nil(t, arrowOf(t, c, "hand").Implements)
	require.Nil(t, arrowOf(t, c, "implements").Implements)
}

// The fingerprint changes with the meaning and with nothing else.
func TestFingerprint(t *testing.T) {
	const spec = `category t
dim Wide = 3
object A = R[Wide]
object B = R
object L = { weight: R[3] , bias: R }
object Aside
arrow line: A -> B given L = std.affine
arrow bend: B -> B = std.tanh
arrow both: A -> B given Two = line >> bend
arrow x: A -> B given Two = hand implements both within 1e-4
`
	of := func(old, new string, set map[string]int) string {
		require.Contains(t, spec, old)
		c, diags := Check(diag.NewSource("t.cat", strings.Replace(spec, old, new, 1)), Options{Set: set})
		require.NotNil(t, c, "%v", diags.All())
		return arrowOf(t, c, "x").Implements.Spec
	}
	as := of("x", "x", nil)
	for _, same := range [][2]string{
		{"object Aside\n", "object Aside = R[7]\narrow aside: B -> Aside\n"},
		{"line >> bend", "line  >>\n // why\n bend"},
		{"dim Wide = 3", "dim Wide = 1 + 2"},
	} {
		require.Equal(t, as, of(same[0], same[1], nil), same[1])
	}
	for _, other := range [][2]string{
		{"within 1e-4", "within 1e-3"},
		{"within 1e-4", "exactly"},
		{"std.tanh", "std.sigmoid"},
		{"line >> bend", "line >> bend >> bend"},
		{"object B = R", "object B = R in (-inf, inf)"},
	} {
		require.NotEqual(t, as, of(other[0], other[1], nil), other[1])
	}
	require.NotEqual(t, as, of("R[3]", "R[Wide]", map[string]int{"Wide": 5}))
}
