package agree

import (
	"math"
	"math/rand"
	"reflect"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

type pair struct {
	Real [2][3]float32
	Kind int32
	On   bool
}

func TestNumbersComeBackAsTheyWent(t *testing.T) {
	want := []float64{1, 2, 3, 4, 5, 6, 7, 1}
	var p pair
	require.Empty(t, Fill(reflect.ValueOf(&p).Elem(), want))
	require.Equal(t, want, Numbers(nil, reflect.ValueOf(p)))
}

func TestCallReturnsArgumentsAndResults(t *testing.T) {
	f := func(p *pair, dst *[2]float32, x float32) float32 {
		p.Kind, dst[1] = 9, x
		return 2 * x
	}
	got := Call(reflect.ValueOf(f), [][]float64{{1, 2, 3, 4, 5, 6, 7, 1}, nil, {3}})
	require.Equal(t, [][]float64{{1, 2, 3, 4, 5, 6, 9, 1}, {0, 3}, {3}, {6}}, got)
}

func TestDrawsLieInTheirSets(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	unit := &category.Set{Low: 0, High: 1}
	for range 200 {
		x := category.NewReal(4)
		x.Set = unit
		for _, v := range Draw(r, x) {
			require.True(t, unit.Contains(v))
			require.Equal(t, float64(float32(v)), v)
		}
		y := category.NewReal(2, 3)
		y.Set = &category.Set{Simplex: true}
		v := Draw(r, y)
		require.InDelta(t, 1, v[3]+v[4]+v[5], 1e-6)
	}
}

// The numbers of a power of records lie as Go lays them out, so those of each
// field are in its set.
func TestDrawsOfRepeatedRecords(t *testing.T) {
	small := category.NewReal()
	small.Set = &category.Set{Low: 0, High: 1}
	large := category.NewReal()
	large.Set = &category.Set{Low: 5, High: 6}
	layer := &category.Type{Kind: category.Record, Fields: []category.Field{{Name: "a", Type: small}, {Name: "b", Type: large}}}
	v := DrawValue(rand.New(rand.NewSource(1)), &category.Type{Kind: category.Power, N: 3, Elem: layer})
	require.Len(t, v, 6)
	for i := range 3 {
		require.True(t, small.Set.Contains(v[2*i]))
		require.True(t, large.Set.Contains(v[2*i+1]))
	}
}

func TestDistance(t *testing.T) {
	require.Zero(t, Distance([]float64{3, 4}, []float64{3, 4}))
	require.InDelta(t, 0.2, Distance([]float64{3, 5}, []float64{3, 4}), 1e-3)
	require.True(t, math.IsInf(Distance([]float64{math.NaN()}, []float64{1}), 1))
	require.True(t, math.IsInf(Distance(nil, []float64{1}), 1))
}
