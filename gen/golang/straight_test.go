package golang_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

func TestStraightNeuron(t *testing.T) {
	text, err := os.ReadFile("../../specs/neuron.cat")
	require.NoError(t, err)
	code, _, ok, err := golang.Straight(load(t, "neuron.cat", string(text)), "step", "epochStep")
	require.NoError(t, err)
	require.True(t, ok)
	t.Log(code)
}
