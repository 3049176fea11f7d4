package train_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// migrated maps a file of these tensors to the tiny program.
func migrated(t *testing.T, mapping string, tensors ...checkpoint.Tensor) ([]checkpoint.Tensor, []string, error) {
	b, err := checkpoint.Encode(nil, tensors)
	require.NoError(t, err)
	f, err := checkpoint.Decode(b)
	require.NoError(t, err)
	m, err := train.ParseMapping("map", mapping)
	require.NoError(t, err)
	_, out, said, err := train.Migrate(tiny.FitProgram(), f, m)
	return out, said, err
}

func TestMigrateParameters(t *testing.T) {
	tensors := []checkpoint.Tensor{
		{Name: "w", Shape: []int{2}, F32: []float32{3, 4}},
		{Name: "bias", F32: []float32{5}},
		{Name: "extra", F32: []float32{6}},
		{Name: "points.Point.mean", Shape: []int{2}, F64: []float64{1, 2}},
		{Name: "points.Point.deviation", Shape: []int{2}, F64: []float64{1, 2}},
	}
	out, said, err := migrated(t, "w -> weight # a comment\n\ndrop extra", tensors...)
	require.NoError(t, err)
	require.Equal(t, []string{"w -> weight", "extra is dropped", "3 tensors as before"}, said)
	require.Equal(t, "weight", out[0].Name)
	require.Equal(t, []float32{3, 4}, out[0].F32)
	require.Equal(t, []float64{1, 2}, out[2].F64)

	// Nothing is guessed: two ways, none, and other shapes are faults.
	for mapping, want := range map[string]string{
		"drop extra":                           "weight: nothing in the file goes there; add `OLD -> weight` or `init weight`\n  w: goes nowhere; add `w -> NEW` or `drop w`",
		"w -> weight":                          "extra: goes nowhere; add `extra -> NEW` or `drop extra`",
		"bias -> weight\ndrop extra\ndrop w":   "weight: is [] in the file, want [2]; `drop bias` and `init weight` let it start anew\n  bias: nothing in the file goes there; add `OLD -> bias` or `init bias`",
		"v -> weight\ndrop extra\ndrop w":      "weight: the file has no v to go there",
		"w -> weight\ndrop extra\ndrop bias":   "bias: bias is dropped; add `init bias` to let it start anew",
		"w -> weight\ndrop extra\ninit points": "points.Point.mean: what the data was prepared with cannot start anew",
	} {
		_, _, err := migrated(t, mapping, tensors...)
		require.ErrorContains(t, err, "\n  "+want, mapping)
	}
}

func TestMappingRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"a => b":            "map:1: want `OLD -> NEW`, `drop OLD` or `init NEW`, not \"a => b\"",
		"a -> b\n\na -> c":  "map:3: a line before says where a goes",
		"a -> b\nc -> b":    "map:2: a line before says where b comes from",
		"a -> b\ndrop a":    "map:2: a line before speaks of a already",
		"a -> b\ninit b":    "map:2: a line before speaks of b already",
		"init b\na -> b":    "map:2: a line before says where b comes from",
		"drop a\ndrop a":    "map:2: a line before speaks of a already",
		"drop a b c d -> e": "map:1: want `OLD -> NEW`, `drop OLD` or `init NEW`, not \"drop a b c d -> e\"",
	} {
		_, err := train.ParseMapping("map", text)
		require.EqualError(t, err, want)
	}
}
