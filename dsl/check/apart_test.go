package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Where shapes disagree, both are shown one above the other, with marks under
// what differs.
func TestShapesApart(t *testing.T) {
	const objects = "object A = R[2, 128]\nobject B = R[2, 64]\nobject Flat = R[256]\nobject S\nobject T\nobject P = R in [0, 1]\nobject Rec = { a: R }\nobject D = Fin[10]\nobject E = Fin[9]\n" +
		"arrow toA: S -> A\narrow toB: S -> B\narrow ofB: B -> S\narrow ofFlat: Flat -> S\narrow toT: S -> T\narrow ofP: P -> S\narrow toRec: S -> Rec\narrow toD: S -> D\narrow ofE: E -> S\narrow two: S -> S * A\narrow ofTwo: S * B -> S\n"
	for _, c := range []struct{ decl, says string }{
		{"arrow x = toA >> ofB", "A is R[2, 128]\nB is R[2,  64]\n          ^^^"},
		{"arrow x = toA >> ofFlat", "A    is R[2, 128]\nFlat is R[256]"},
		{"arrow x = toRec >> ofB", "Rec is { a: R }\nB   is R[2, 64]"},
		{"arrow x = toD >> ofE", "D is Fin[10]\nE is Fin[ 9]\n         ^^"},
		{"arrow x = two >> ofTwo", "A is R[2, 128]\nB is R[2,  64]\n          ^^^"},
		{"arrow x = toT >> ofP", "both are R, but P holds [0, 1] only, and T holds any number"},
		{"arrow x = toT >> ofP", "`std.sigmoid` leads into [0, 1]: arrow name: T -> P = …"},
		{"arrow x: T -> P = std.tanh", "`std.sigmoid` leads into [0, 1]"},
		{"arrow x: T * P -> S = std.binary_cross_entropy", "`std.sigmoid` leads into [0, 1]"},
		{"object Q = R[4] in simplex\narrow x: B -> S\narrow y: Q -> S\narrow z: R[4] -> Q = std.tanh", "`std.softmax` leads into simplex"},
		{"object G = R in [0, inf)\narrow y: T -> G = std.tanh", "`std.exp` and `std.relu` lead into [0, inf)"},
		{"object N = { a: R in [2, 3] init zeros }", "`constant(2.5)` stays inside"},
		{"object N = { a: R in (0, inf) init zeros }", "`ones` stays inside"},
		{"object N = { a: R in (-inf, -1) init zeros }", "`constant(-2)` stays inside"},
		{"object N = { a: R in {3, 4} init zeros }", "`constant(3)` stays inside"},
		{"object N = { a: R[2] in simplex init zeros }", "may give values outside simplex"},
		{"arrow x = toT >> toA", "both are R, under two names: use one of them, or say how one becomes the other: arrow name: T -> S = std.relabel"},
		{"arrow x: S -> B = toA", "A is R[2, 128]\nB is R[2,  64]"},
		{"arrow toFlat: A -> Flat\narrow x: A -> S = ofFlat >> toA >> toFlat >> ofFlat", "`toFlat` leads from A to Flat: toFlat >> ofFlat >> toA >> toFlat >> ofFlat"},
		{"arrow x: A -> S = ofB", "A is R[2, 128]\nB is R[2,  64]"},
		{"arrow x(a: A) -> S { ofB(a) }", "A is R[2, 128]\nB is R[2,  64]"},
		{"arrow x: A -> B = std.tanh", "x is R[..s]  here R[2, 128]\n                       ^^^\ny is R[..s]  here R[2, 64]\n                       ^^"},
		{"arrow x: B -> Flat = std.tanh", "y has 2 axes here, and Flat = R[256] has 1"},
		{"object W = { weight: R[3, 7], bias: R[3] }\narrow x: Flat -> S given W = std.affine", "weight is R[..o, i]  here R[3, 7]\n                               ^"},
		{"arrow x: P * E -> S = std.cross_entropy", "its scheme: cross_entropy"},
		{"object Q = R[9] in simplex\narrow x: Q * D -> S = std.cross_entropy", "p is R[..t, k]     here R[9]\n                          ^\nc is Fin[k] ^ ..t  here Fin[10]\n                            ^^"},
	} {
		t.Run(c.decl, func(t *testing.T) {
			_, list := checkSpec(t, objects+c.decl, Options{})
			require.Len(t, list.All(), 1, hints(list))
			require.Contains(t, hints(list), c.says)
			for _, line := range strings.Split(hints(list), "\n") {
				require.Equal(t, strings.TrimRight(line, " "), line)
			}
		})
	}
}
