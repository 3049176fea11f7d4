package workload

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestOperationsAreCounted(t *testing.T) {
	for name, want := range map[string]float64{
		"W3_sgd":     2 * 64 * (2*(784*128+128*10) + 128*10),
		"W3_infer1":  2 * (784*128 + 128*10),
		"U1_sgd":     2 * 48 * (3*(300*77+77*33+33*5) - 300*77),
		"W1b_sgd":    2 * 32 * 2 * 30,
		"W1a_epoch":  2 * 2 * 2,
		"W3_infer64": 64 * 2 * (784*128 + 128*10),
	} {
		w, err := Named(name)
		require.NoError(t, err)
		require.Equal(t, want, w.FLOPs(), name)
	}
	_, err := Named("W9")
	require.ErrorContains(t, err, `"W9"`)
}

func TestFilesHoldTheData(t *testing.T) {
	for _, w := range All() {
		prefix := filepath.Join(t.TempDir(), w.Name)
		require.NoError(t, w.Write(prefix))

		text, err := os.ReadFile(prefix + ".json")
		require.NoError(t, err)
		var back Workload
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, w, back)

		raw, err := os.ReadFile(prefix + ".f32")
		require.NoError(t, err)
		take := func(want []float32) {
			got := make([]float32, len(want))
			n, err := binary.Decode(raw, binary.LittleEndian, got)
			require.NoError(t, err)
			require.Equal(t, want, got)
			raw = raw[n:]
		}
		d := w.Data()
		take(d.X)
		take(d.Y)
		for _, l := range d.Layers {
			take(l.Weight)
			take(l.Bias)
		}
		require.Empty(t, raw)
	}
}

func TestDataSuitTheirWorkload(t *testing.T) {
	for _, w := range All() {
		d := w.Data()
		require.GreaterOrEqual(t, slices.Min(d.X), float32(0))
		require.Less(t, slices.Max(d.X), float32(1))
		classes := map[float32]int{}
		for _, v := range d.Y {
			classes[v]++
		}
		switch w.Loss {
		case Logistic:
			require.Len(t, classes, 2, w.Name)
		case Softmax:
			require.Len(t, classes, w.Out(), w.Name)
		}
	}
}
