package runtime

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestTraceTable is the table to the letter, with times of our own.
func TestTraceTable(t *testing.T) {
	var trace Trace
	image, digit := make([]float32, 784), []int32{3}
	weight, scores := make([]float32, 20), make([]float32, 10)
	in := []Operand{RealOperand("Image", nil, image, 28, 28), ClassOperand("Digit", 10, digit), RealOperand("Layer.weight", nil, weight, 10, 2).Parameter()}
	out := []Operand{RealOperand("Scores", nil, scores, 10)}
	for range 12 {
		require.NoError(t, trace.Composite("measure", "digits.cat:25", in, out, func(t *Trace) error {
			for i := range 2 {
				if err := t.Round(i).Arrow("layer", "digits.cat:7", in, out, func() {}); err != nil {
					return err
				}
			}
			return t.Use("as second").Arrow("layer", "digits.cat:7", out, nil, func() {})
		}))
	}
	require.NoError(t, trace.Arrow("affine† dx", "digits.cat:7", nil, out, func() {}))
	trace.root.rows[0].spent = 3 * time.Millisecond
	trace.root.rows[0].rows[0].spent = 2*time.Millisecond + 996*time.Microsecond
	trace.root.rows[0].rows[1].spent = 4 * time.Microsecond
	trace.root.rows[1].spent = time.Millisecond
	const want = `arrow              line           in                     out         runs     time  share
measure            digits.cat:25  Image[28, 28] * Digit  Scores[10]    12      3ms    75%
  layer            digits.cat:7   Image[28, 28] * Digit  Scores[10]    24  2.996ms    75%
  layer as second  digits.cat:7   Scores[10]             1             12      4µs     0%
affine† dx         digits.cat:7   1                      Scores[10]     1      1ms    25%
`
	require.Equal(t, want, trace.String())
	var b bytes.Buffer
	n, err := trace.WriteTo(&b)
	require.NoError(t, err)
	require.Equal(t, want, b.String())
	require.EqualValues(t, len(want), n)
	require.Equal(t, "nothing was traced\n", (&Trace{}).String())
	require.Equal(t, "nothing was traced\n", (*Trace)(nil).String())
}

// Time that an arrow takes counts for the composites around it, not what
// they do besides.
func TestTimeIsThatOfArrows(t *testing.T) {
	var trace Trace
	require.NoError(t, trace.Composite("f", "a.cat:1", nil, nil, func(t *Trace) error {
		time.Sleep(3 * time.Millisecond)
		return t.Arrow("g", "a.cat:2", nil, nil, func() { time.Sleep(time.Millisecond) })
	}))
	f := trace.root.rows[0]
	require.Equal(t, f.rows[0].spent, f.spent)
	require.GreaterOrEqual(t, f.spent, time.Millisecond)
}
