package runtime_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

type (
	probability  float32
	distribution [3]float32
	digit        int32
)

var unit = runtime.Interval{Low: 0, High: 1}

func TestSets(t *testing.T) {
	inf := math.Inf(1)
	tests := []struct {
		set  runtime.Set
		text string
		in   []float64
		out  []float64
	}{
		{runtime.All{}, "R", []float64{0, -1e30}, nil},
		{unit, "[0, 1]", []float64{0, 0.5, 1}, []float64{-1e-9, 1.5}},
		{runtime.Interval{Low: 0, High: inf, OpenLow: true, OpenHigh: true}, "(0, inf)", []float64{1e-30, 1e30}, []float64{0, -1}},
		{runtime.Interval{Low: -inf, High: 2, OpenLow: true, OpenHigh: true}, "(-inf, 2)", []float64{-5}, []float64{2, 3}},
		{runtime.Interval{Low: 0.1, High: 0.7}, "[0.1, 0.7]", []float64{float64(float32(0.1)), float64(float32(0.7))}, []float64{0.09, 0.71}},
		{runtime.Interval{Low: 0.1, High: 0.7, OpenLow: true, OpenHigh: true}, "(0.1, 0.7)", []float64{0.5}, []float64{float64(float32(0.1)), float64(float32(0.7))}},
		{runtime.Finite{0, 1}, "{0, 1}", []float64{0, 1}, []float64{0.5}},
		{runtime.Finite{0.1}, "{0.1}", []float64{0.1, float64(float32(0.1))}, []float64{0.11}},
		{runtime.Simplex{Axis: 3}, "simplex", []float64{0, 1}, []float64{-0.1, 1.1}},
	}
	for _, tt := range tests {
		require.Equal(t, tt.text, tt.set.String())
		for _, v := range tt.in {
			require.True(t, tt.set.Contains(v), "%v in %s", v, tt.text)
		}
		for _, v := range append(tt.out, math.NaN(), inf, -inf) {
			require.False(t, tt.set.Contains(v), "%v in %s", v, tt.text)
		}
	}
}

func TestConstructors(t *testing.T) {
	p, err := runtime.NewScalar[probability]("Probability", unit, 0.25)
	require.NoError(t, err)
	require.Equal(t, probability(0.25), p)
	_, err = runtime.NewScalar[probability]("Probability", unit, 1.5)
	require.EqualError(t, err, "Probability: 1.5 is not in [0, 1]")
	var set *runtime.SetError
	require.True(t, errors.As(err, &set))
	require.Equal(t, "Probability", set.Object)
	_, err = runtime.NewScalar[probability]("Logit", runtime.All{}, float32(math.NaN()))
	require.EqualError(t, err, "Logit: NaN is not a number of R")
	_, err = runtime.NewScalar[probability]("Rate", unit, -0.1)
	require.EqualError(t, err, "Rate: -0.1 is not in [0, 1]")

	simplex := runtime.Simplex{Axis: 3}
	d, err := runtime.NewTensor[distribution]("Distribution", simplex, []float32{0.5, 0.25, 0.25})
	require.NoError(t, err)
	require.Equal(t, distribution{0.5, 0.25, 0.25}, d)
	for want, v := range map[string][]float32{
		"Distribution: sum 1.5 is not 1, so it is not in simplex": {0.5, 0.5, 0.5},
		"Distribution: -0.5 at 1 is not in simplex":               {1, -0.5, 0.5},
		"Distribution: 2 numbers, want 3":                         {0.5, 0.5},
	} {
		d, err := runtime.NewTensor[distribution]("Distribution", simplex, v)
		require.EqualError(t, err, want)
		require.Zero(t, d)
	}
	require.EqualError(t, runtime.Check("D", simplex, []float32{1, 0, 0, 1, 1, 0}), "D: sum 2 at 3 is not 1, so it is not in simplex")

	c, err := runtime.NewIndex[digit]("Digit", 10, 9)
	require.NoError(t, err)
	require.Equal(t, digit(9), c)
	_, err = runtime.NewIndex[digit]("Digit", 10, 10)
	require.EqualError(t, err, "Digit: 10 is not in 0..9")
	_, err = runtime.NewIndices[[2]digit]("Digits", 10, []int32{3, -1})
	require.EqualError(t, err, "Digits: -1 at 1 is not in 0..9")
	_, err = runtime.NewIndices[[2]digit]("Digits", 10, []int32{3})
	require.EqualError(t, err, "Digits: 1 numbers, want 2")
	require.EqualError(t, runtime.First(nil, err, errors.New("later")), "Digits: 1 numbers, want 2")
	require.NoError(t, runtime.First(nil, nil))
}

func TestUnwritten(t *testing.T) {
	require.EqualError(t, runtime.Unwritten("sigmoid", "card.cat:11"), "arrow `sigmoid` (card.cat:11) is not written yet")
	require.True(t, runtime.GeneratedV2)
}
