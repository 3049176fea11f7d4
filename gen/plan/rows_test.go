package plan_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
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
