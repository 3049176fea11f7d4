package runtime_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

type (
	weight [2][3]float32
	layer  struct {
		Weight weight
		Bias   [2]float32
	}
	network struct{ First, Second layer }
)

func TestFlatSharesMemory(t *testing.T) {
	var n network
	flat := runtime.Flat(&n)
	require.Len(t, flat, 16)
	for i := range flat {
		flat[i] = float32(i)
	}
	require.Equal(t, float32(5), n.First.Weight[1][2])
	require.Equal(t, [2]float32{14, 15}, n.Second.Bias)
	x := float32(3)
	runtime.Flat(&x)[0] = 4
	require.Equal(t, float32(4), x)
}

func TestColumns(t *testing.T) {
	rows := []weight{{{1, 2, 3}, {4, 5, 6}}, {{7, 8, 9}, {10, 11, 12}}}
	flat := runtime.FlatSlice(rows)
	require.Equal(t, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, flat)
	require.Equal(t, rows[1], *runtime.View[weight](flat, 1))
	require.Equal(t, rows, runtime.AsSlice[weight](flat))
	runtime.View[weight](flat, 1)[0][0] = 70
	require.Equal(t, float32(70), rows[1][0][0])
	require.Empty(t, runtime.FlatSlice[weight](nil))
	require.Empty(t, runtime.AsSlice[weight](nil))
	require.Panics(t, func() { runtime.View[weight](flat, 2) })
	require.Panics(t, func() { runtime.View[weight](flat, -1) })
	require.Panics(t, func() { runtime.AsSlice[weight](flat[:11]) })
}

func TestOtherElements(t *testing.T) {
	context := [3]int32{1, 2, 3}
	require.Equal(t, []int32{1, 2, 3}, runtime.Ints(&context))
	require.Equal(t, []int32{1, 2, 3, 4}, runtime.IntsSlice([][2]int32{{1, 2}, {3, 4}}))
	require.Equal(t, [][2]int32{{1, 2}, {3, 4}}, runtime.AsIntSlice[[2]int32]([]int32{1, 2, 3, 4}))
	count := int64(7)
	require.Equal(t, []int64{7}, runtime.Longs(&count))
	require.Equal(t, []int64{1, 2}, runtime.LongsSlice([]int64{1, 2}))
	flags := [2]bool{true, false}
	require.Equal(t, []bool{true, false}, runtime.Bools(&flags))
	require.Equal(t, []bool{true}, runtime.BoolsSlice([]bool{true}))
}

func TestFlatRefusesOtherSizes(t *testing.T) {
	require.Panics(t, func() { runtime.Flat(&[3]byte{}) })
	require.Panics(t, func() { var s string; runtime.Flat(&s) })
	require.Panics(t, func() { runtime.Longs(&[1]int32{}) })
}

func TestGather(t *testing.T) {
	dst := make([]weight, 3)
	column := []weight{{{1}}, {{2}}, {{3}}}
	runtime.Gather(dst, column, []int{2, 0})
	require.Equal(t, []weight{{{3}}, {{1}}, {}}, dst)
	require.Panics(t, func() { runtime.Gather(dst, column, []int32{3}) })
	require.Panics(t, func() { runtime.Gather(dst[:1], column, []int{0, 1}) })
}

func TestBatches(t *testing.T) {
	dst := make([]float32, 6)
	runtime.Repeat(dst, []float32{1, 2})
	require.Equal(t, []float32{1, 2, 1, 2, 1, 2}, dst)
	sum := []float32{9, 9}
	runtime.SumBatch(sum, []float32{1, 2, 3, 4, 5, 6})
	require.Equal(t, []float32{9, 12}, sum)
	require.Equal(t, 2.0, runtime.Mean([]float64{1, 2, 3}))
	require.Panics(t, func() { runtime.Repeat(dst, []float32{1, 2, 3, 4}) })
	require.Panics(t, func() { runtime.Repeat(dst, nil) })

	part := make([]float32, 4) // two examples of two elements, of three pairs each
	runtime.Part(part, []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 2)
	require.Equal(t, []float32{3, 4, 9, 10}, part)
	whole := make([]float32, 12)
	runtime.AddPart(whole, part, 2, 4)
	runtime.AddPart(whole, part, 2, 4)
	require.Equal(t, []float32{0, 0, 0, 0, 6, 8, 0, 0, 0, 0, 18, 20}, whole)
	runtime.Part(part[:0], whole[:0], 0, 3)
	require.Panics(t, func() { runtime.Part(part, whole, 2, 5) }, "beyond the example")
	require.Panics(t, func() { runtime.AddPart(whole, part[:3], 2, 0) }, "no two examples")

	n, err := runtime.BatchSize(8, 3, 3)
	require.NoError(t, err)
	require.Equal(t, 3, n)
	for want, lens := range map[string][]int{
		"columns of 3 and 4 examples in one batch": {3, 4},
		"a batch without examples":                 {0, 0},
		"a batch of 9 examples, want at most 8":    {9, 9},
	} {
		_, err := runtime.BatchSize(8, lens...)
		require.EqualError(t, err, want)
	}
	require.NoError(t, runtime.CheckBatch(1))
	require.Error(t, runtime.CheckBatch(0))
	require.Error(t, runtime.CheckBatch(math.MaxInt))
}

func TestViewsDoNotAllocate(t *testing.T) {
	var n network
	rows := make([]layer, 4)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		runtime.Flat(&n)[3]++
		runtime.FlatSlice(rows)[5]++
		runtime.View[layer](runtime.FlatSlice(rows), 2).Bias[1]++
		_, _ = runtime.BatchSize(8, len(rows), len(rows))
	}))
}

type wide [1 << 20]float32

func TestViewsOfLargeObjectsDoNotAllocate(t *testing.T) {
	rows := make([]wide, 2)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		flat := runtime.FlatSlice(rows)
		flat[0] = runtime.Flat(&rows[1])[0]
		runtime.AsSlice[wide](flat)[1][0] = 1
	}))
	require.Equal(t, float32(1), rows[1][0])
}
