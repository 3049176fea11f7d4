package checkpoint

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A name that is missing is shown beside the one it was meant to be.
func TestLoadNamesTheNearest(t *testing.T) {
	b, err := Encode(nil, []Tensor{{Name: "layer1.wieght", F32: []float32{1}}, {Name: "other", F32: []float32{1}}})
	require.NoError(t, err)
	f, err := Decode(b)
	require.NoError(t, err)
	require.EqualError(t, f.Load([]Tensor{{Name: "layer1.weight", F32: []float32{0}}}), `the file does not fit this model:
  layer1.weight: missing; the file has layer1.wieght
  other: not part of this model
where the spec has changed, `+"`ctgen migrate`"+` carries the model over, with a mapping such as
  layer1.wieght -> layer1.weight`)
	budget := 0
	require.Empty(t, nearest("a", []string{"a"}, &budget))
}
