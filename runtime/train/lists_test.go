package train_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// listener is a model of lists that notes which it is shown.
type listener struct {
	steps    [1]float32
	capacity int
	shown    []string
}

func (l *listener) Init(uint64) { clear(l.steps[:]) }
func (l *listener) Changed()    {}
func (l *listener) Tensors() []checkpoint.Tensor {
	return []checkpoint.Tensor{{Name: "steps", F32: l.steps[:]}}
}

func (l *listener) Step(b *data.Batch) float32 {
	row := ""
	for _, t := range b.Factors[0].Row(0) {
		row += string(rune(t))
	}
	l.shown = append(l.shown, row)
	l.steps[0]++
	return l.Loss(b)
}

func (l *listener) Loss(b *data.Batch) float32 { return float32(len(b.Factors[0].Row(0))) }
func (l *listener) Read(int, *data.Batch) (prediction, target data.Values) {
	return data.Values{}, data.Values{}
}

func listProgram(l *listener, rows data.Rows, split ...int) *train.Program {
	p := &train.Program{
		Category: "lists", Name: "fit", Spec: "1", Batch: 1, Epochs: 1, Least: 2,
		Data: data.Spec{Name: "words", Format: "text", Rows: rows, Columns: []data.Column{{Object: "List[Byte]", Kind: data.Fin, N: 256}}},
		New: func(capacity, _ int) (train.Instance, error) {
			l.capacity = capacity
			return l, nil
		},
	}
	copy(p.Data.Split[:], split)
	return p
}

// Each step takes one list, in an order of each epoch's own; there is room for
// the longest. A loss is the mean over lists.
func TestTrainOnLists(t *testing.T) {
	path := filepath.Join(t.TempDir(), "words.txt")
	require.NoError(t, os.WriteFile(path, []byte("ab\nabcde\nxyz\nvw\n"), 0o600))
	l := &listener{}
	r, err := train.Run(context.Background(), listProgram(l, data.RowsLines), train.Data(path), train.Epochs(2))
	require.NoError(t, err)
	require.Equal(t, 5, l.capacity)
	require.ElementsMatch(t, []string{"ab", "abcde", "xyz", "vw"}, l.shown[:4])
	require.ElementsMatch(t, []string{"ab", "abcde", "xyz", "vw"}, l.shown[4:])
	require.Equal(t, 3.0, r.Report.Loss)

	l = &listener{}
	r, err = train.Run(context.Background(), listProgram(l, data.RowsWhole, 50, 50), train.Data(path), train.Batch(0))
	require.NoError(t, err)
	require.Equal(t, []string{"ab\nabcde"}, l.shown)
	require.Equal(t, 8.0, r.Report.Validation.Loss, "the longer half has room too")
	require.Equal(t, 8, l.capacity)
}

func TestTrainOnListsRefuses(t *testing.T) {
	dir := t.TempDir()
	path, short := filepath.Join(dir, "words.txt"), filepath.Join(dir, "short.txt")
	require.NoError(t, os.WriteFile(path, []byte("ab\ncd\n"), 0o600))
	require.NoError(t, os.WriteFile(short, []byte("ab\n\n"), 0o600))
	for says, options := range map[string][]train.Option{
		"a step takes one list, and a batch of 2 was asked for":          {train.Data(path), train.Batch(2)},
		"short.txt:2: List[Byte]: a list of 0, and fit wants at least 2": {train.Data(short)},
		"steps on lists have no checked form":                            {train.Data(path), train.Checked(new(runtime.Trace))},
	} {
		l := &listener{}
		_, err := train.Run(context.Background(), listProgram(l, data.RowsLines), options...)
		require.ErrorContains(t, err, says)
		require.Empty(t, l.shown)
	}
}
