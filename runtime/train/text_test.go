package train_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// counts is a model that notes what it is shown: its loss is how many tokens
// the rows hold.
type counts struct {
	seen  [256]float32
	shown []string
}

func (c *counts) Init(uint64) { clear(c.seen[:]) }
func (c *counts) Changed()    {}
func (c *counts) Tensors() []checkpoint.Tensor {
	return []checkpoint.Tensor{{Name: "seen", Shape: []int{256}, F32: c.seen[:]}}
}

func (c *counts) Step(b *data.Batch) float32 {
	w := b.Factors[1].Width
	for i, t := range b.Factors[1].Fin {
		c.seen[t]++
		if i%w == 0 {
			row := ""
			for _, t := range b.Factors[1].Fin[i : i+w] {
				row += string(rune(t))
			}
			c.shown = append(c.shown, row)
		}
	}
	return c.Loss(b)
}

func (c *counts) Loss(b *data.Batch) float32 { return float32(b.Factors[0].Width) }
func (c *counts) Read(int, *data.Batch) (prediction, target data.Values) {
	return data.Values{}, data.Values{}
}

func textProgram(c *counts, stride int) *train.Program {
	return &train.Program{
		Category: "text", Name: "fit", Spec: "1", Batch: 2, Epochs: 1,
		Data: data.Spec{Name: "corpus", Format: "text", Stride: stride, Split: [2]int{3, 1}, Columns: []data.Column{
			{Object: "Context", Kind: data.Fin, N: 256, Shape: []int{4}},
			{Object: "Following", Kind: data.Fin, N: 256, Shape: []int{4}},
		}},
		Metrics: []train.Metric{{Name: "perplexity"}},
		New:     func(int, int) (train.Instance, error) { return c, nil },
	}
}

// By default an epoch predicts each token of the training part once; what is
// held out is never seen.
func TestTrainOnText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	require.NoError(t, os.WriteFile(path, []byte("0123456789abcdefghijklmn"), 0o600))
	c := &counts{}
	r, err := train.Run(context.Background(), textProgram(c, 4), train.Data(path))
	require.NoError(t, err)
	require.Equal(t, 3, r.Report.TrainingRows)
	require.Equal(t, 1, r.Report.HeldOutRows)
	require.Equal(t, "24 bytes, a row every 4 bytes", r.Report.Header)
	require.ElementsMatch(t, []string{"1234", "5678", "9abc"}, c.shown)
	require.InDelta(t, 54.598, r.Report.Validation.Metrics[0].Value, 1e-3, "exp 4")

	c = &counts{}
	_, err = train.Run(context.Background(), textProgram(c, 1), train.Data(path), train.NoShuffle())
	require.NoError(t, err)
	require.Equal(t, []string{"1234", "2345", "3456"}, c.shown[:3])
	require.Len(t, c.shown, 14)
	require.Zero(t, c.seen['i'])
}

// A resumed run sees the rows that are left, and notices another text.
func TestResumeOnText(t *testing.T) {
	dir := t.TempDir()
	path, file := filepath.Join(dir, "a.txt"), filepath.Join(dir, "m.safetensors")
	require.NoError(t, os.WriteFile(path, []byte("0123456789abcdefghijklmn"), 0o600))
	c, whole := &counts{}, &counts{}
	_, err := train.Run(context.Background(), textProgram(c, 1), train.Data(path), train.SaveTo(file))
	require.NoError(t, err)
	_, err = train.Run(context.Background(), textProgram(c, 1), train.Data(path), train.ResumeFrom(file), train.Epochs(3))
	require.NoError(t, err)
	_, err = train.Run(context.Background(), textProgram(whole, 1), train.Data(path), train.Epochs(3))
	require.NoError(t, err)
	require.Equal(t, whole, c)

	require.NoError(t, os.WriteFile(path, []byte("0123456789abcdefghijklmN"), 0o600))
	_, err = train.Run(context.Background(), textProgram(c, 1), train.Data(path), train.ResumeFrom(file), train.Epochs(4))
	require.ErrorContains(t, err, "was trained on other data")
}

// Tokens in memory take the place of the file.
func TestTokensInMemory(t *testing.T) {
	c := &counts{}
	p := textProgram(c, 4)
	table, err := data.NewText(&p.Data, "memory", []int32{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23})
	require.NoError(t, err)
	r, err := train.Run(context.Background(), p, train.Table(table))
	require.NoError(t, err)
	require.Equal(t, 3, r.Report.TrainingRows)
	require.Equal(t, float32(1), c.seen[12])
	require.Zero(t, c.seen[13])
}
