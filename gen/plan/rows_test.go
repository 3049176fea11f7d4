package plan_test

import (
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// TestRowWise names the standard arrows whose lines show that they make rows of
// rows, and of which inputs.
func TestRowWise(t *testing.T) {
	prims, _ := check.Std()
	for name, want := range map[string]string{
		"affine": "x", "affine_transposed_relu": "x", "layer_norm": "x", "rms_norm": "x", "softmax": "x", "gelu": "x",
		"add": "a b", "mul": "a b", "concat": "a b", "slice": "x", "lookup": "c", "argmax": "x", "mean_trailing": "x",
		"attention": "q", "masked_attention": "q mask",
		"causal_attention": "", "token_position_embedding": "", "transpose": "x", "sum_leading": "",
		"conv2d": "x", "dropout": "", "adam": "", "clip_norm": "", "reshape": "", "flatten": "", "row_at": "",
	} {
		d := prims[name]
		require.NotNil(t, d, name)
		var got []string
		for i, by := range d.RowWise() {
			if by {
				got = append(got, d.Ins[i].Name)
			}
		}
		require.Equal(t, want, strings.Join(got, " "), name)
		require.Equal(t, name == "row_at", d.PicksRow(), name)
	}
}

// TestRowForms names the standard arrows of which another computes one row, as
// the lines of both show.
func TestRowForms(t *testing.T) {
	prims, _ := check.Std()
	got := map[string]string{}
	for name, d := range prims {
		if d.Row != nil {
			got[name] = d.Row.Name
		}
	}
	require.Equal(t, map[string]string{"causal_attention": "causal_attention_at"}, got)
	require.Equal(t, []bool{true, false, false}, prims["causal_attention"].RowOperands())
}

// TestOtherLinesAreNoRowForm: whatever line of a row form says something else,
// it is none.
func TestOtherLinesAreNoRowForm(t *testing.T) {
	for _, edit := range [][2]string{
		{"(u <= at) *", "(u < at) *"},
		{"m[h]    = max u: s[h, u]", "m[h]    = min u: s[h, u]"},
		{"- 1e30 * (u > at)", "- 1e29 * (u > at)"},
		{"q[h*size(e) + e] * k[u, h*size(e) + e]", "k[u, h*size(e) + e] * q[h*size(e) + e]"},
	} {
		found := false
		prims, diags := check.CheckStd(func(name, text string) string {
			from := strings.Index(text, "arrow causal_attention_at")
			if from < 0 {
				return text
			}
			edited := strings.Replace(text[from:], edit[0], edit[1], 1)
			found = edited != text[from:]
			return text[:from] + edited
		})
		require.True(t, found, edit[0])
		require.Zero(t, diags.Len(), edit[0])
		require.NotNil(t, prims["causal_attention_at"], edit[0])
		require.Nil(t, prims["causal_attention"].Row, edit[0])
	}
}

// A row that a specification's own arrow reads leads to the rows before it,
// whatever their shape.
func TestOwnArrowsToRows(t *testing.T) {
	c := checked(t, "own.cat", `
object Rows  = R[3, 4]
object Wide  = R[3, 6]
object Row   = R[6]
object Place = Fin[3]
object W     = { weight: R[6, 4], bias: R[6] }
arrow widen: Rows -> Wide given W = std.affine
arrow own(x: Wide, at: Place) -> Row { means y[e] = x[at, e] }
arrow pick(x: Rows, at: Place) -> Row given W { own(widen(x), at) }
`)
	d := arrow(t, c, "pick").Diagram
	p, err := plan.NewForward(c, "pick", d, plan.Declared)
	require.NoError(t, err)
	requireSound(t, p)
	const n = 4
	args := draw(rand.New(rand.NewSource(1)), p, n)
	execute(p, n, args, nil)
	for e := range n {
		ins, given := example(p, args, e, n)
		require.InDeltaSlice(t, direct(d, ins, given, nil, nil, nil)[0][0], args[len(args)-1][e*6:(e+1)*6], 1e-12)
	}
}
