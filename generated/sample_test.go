package generated_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/bigram"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/sample"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// A trained model writes what it has read, from Go as from the command line,
// and allocates nothing for it.
func TestBigramWrites(t *testing.T) {
	var tokens []int32
	for range 200 {
		for _, c := range "prism " {
			tokens = append(tokens, int32(c))
		}
	}
	spec := &bigram.FitProgram().Data
	table, err := data.NewText(spec, "memory", tokens)
	require.NoError(t, err)
	m, err := bigram.Fit(context.Background(), train.Table(table), train.Batch(64), train.Epochs(40))
	require.NoError(t, err)
	s, err := m.ScoresSampler()
	require.NoError(t, err)
	require.NoError(t, s.Start("p", sample.Options{}))
	var text bytes.Buffer
	require.NoError(t, s.Write(&text, 12))
	require.Equal(t, "rism prism p", text.String())
	dst := make([]byte, 0, 8)
	require.NoError(t, s.Start("m", sample.Options{Temperature: 1, TopK: 10}))
	require.Zero(t, testing.AllocsPerRun(100, func() {
		if _, err := s.AppendNext(dst); err != nil {
			panic(err)
		}
	}))
}
