package golang_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

const handSpec = `category hand
object Input
object Logit
object Probability
object Neuron
arrow affine: Input -> Logit given Neuron
arrow sigmoid: Logit -> Probability
arrow predict = affine >> sigmoid
`

func TestMissing(t *testing.T) {
	c := load(t, "hand.cat", handSpec)
	t.Run("nothing written", func(t *testing.T) {
		notes := golang.Missing(c, golang.Options{})
		require.Len(t, notes, 2)
		require.Contains(t, notes[0].Message, "(*Neuron).Affine")
		require.Contains(t, notes[0].Paste, "func (n *Neuron) Affine(input Input) Logit {")
		require.Contains(t, notes[0].Paste, `panic(runtime.Unwritten("affine", "hand.cat:6"))`)
	})
	t.Run("all written, under other names and in two files", func(t *testing.T) {
		require.Empty(t, golang.Missing(c, golang.Options{Hand: map[string][]byte{
			"arrows.go": []byte("package hand\nfunc (m Neuron) Affine(x Input) (y Logit) { return }\n"),
			"more.go":   []byte("package hand\nfunc Sigmoid(Logit) Probability { return 0 }\n"),
		}}))
	})
	t.Run("a changed signature", func(t *testing.T) {
		notes := golang.Missing(c, golang.Options{Hand: map[string][]byte{
			"arrows.go": []byte("package hand\n\nfunc (n *Neuron) Affine(x Input) Logit { return 0 }\nfunc Sigmoid(z Logit, k int) Probability { return 0 }\n"),
		}})
		require.Len(t, notes, 1)
		require.Contains(t, notes[0].Message, "arrows.go:4")
		require.Equal(t, "func Sigmoid(logit Logit) Probability", notes[0].Paste)
	})
	t.Run("what does not parse is left to the compiler", func(t *testing.T) {
		require.Len(t, golang.Missing(c, golang.Options{Hand: map[string][]byte{"arrows.go": []byte("package hand\nfunc Sigmoid(")}}), 2)
	})
}

func TestNotes(t *testing.T) {
	_, notes, err := golang.Generate(load(t, "hand.cat", handSpec), golang.Options{})
	require.NoError(t, err)
	var messages []string
	for _, n := range notes {
		messages = append(messages, n.Message)
	}
	require.Contains(t, messages, "std.sigmoid would fit arrow sigmoid")
}
