package checkpoint

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
)

// Numbers that are none are named by tensor and index, all tensors at once.
func TestCheckFinite(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	tensors := []Tensor{
		{Name: "weight", Shape: []int{2, 3}, F32: []float32{0, 1, 2, 3, nan, nan}},
		{Name: "bias", F32: []float32{inf}},
		{Name: "mean", Shape: []int{1}, F64: []float64{math.NaN()}},
		{Name: "fine", Shape: []int{1}, F32: []float32{math.MaxFloat32}},
		{Name: "count", I64: []int64{1}},
	}
	b, err := Encode(nil, tensors)
	require.NoError(t, err)
	f, err := Decode(b)
	require.NoError(t, err)
	require.EqualError(t, f.CheckFinite(tensors), `the file does not fit this model:
  weight[1, 1]: is NaN, want a number
  bias: is -Inf, want a number
  mean[0]: is NaN, want a number`)
	require.NoError(t, f.CheckFinite(tensors[3:]))
	require.NoError(t, f.CheckFinite([]Tensor{{Name: "absent"}}))
}

// A name that is missing is shown beside the one it was meant to be.
func TestLoadNamesTheNearest(t *testing.T) {
	b, err := Encode(nil, []Tensor{{Name: "layer1.wieght", F32: []float32{1}}, {Name: "other", F32: []float32{1}}})
	require.NoError(t, err)
	f, err := Decode(b)
	require.NoError(t, err)
	require.EqualError(t, f.Load([]Tensor{{Name: "layer1.weight", F32: []float32{0}}}), `the file does not fit this model:
  layer1.weight: missing; the file has layer1.wieght
  layer1.wieght: not part of this model
  other: not part of this model`)
	budget := 0
	require.Empty(t, nearest("a", []string{"a"}, &budget))
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"abc", "abc", 0}, {"flaw", "lawn", 2}} {
		require.Equal(t, c.want, distance(c.a, c.b))
	}
}
