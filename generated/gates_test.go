package generated_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/neuron"
)

// TestNeuronGates teaches one neuron truth tables. It learns the two that a
// line in the plane decides. Of exclusive or it can know no more than a fair
// coin: the loss is convex in its parameters, and its one minimum, at zero, is
// the logarithm of 2.
func TestNeuronGates(t *testing.T) {
	inputs := []neuron.Input{{0, 0}, {0, 1}, {1, 0}, {1, 1}}
	for _, gate := range []struct {
		name    string
		targets []neuron.Target
		learnt  bool
	}{
		{"and", []neuron.Target{0, 0, 0, 1}, true},
		{"or", []neuron.Target{0, 1, 1, 1}, true},
		{"exclusive or", []neuron.Target{0, 1, 1, 0}, false},
	} {
		t.Run(gate.name, func(t *testing.T) {
			trainer, err := neuron.NewStepTrainer(neuron.InitNeuron(1), len(inputs))
			require.NoError(t, err)
			var loss neuron.Loss
			for range 5000 {
				loss, err = trainer.Step(1, inputs, gate.targets)
				require.NoError(t, err)
			}
			n := trainer.State()
			for i, x := range inputs {
				p := float64(n.Predict(x))
				if gate.learnt {
					require.InDelta(t, float64(gate.targets[i]), p, 0.05)
				} else {
					require.InDelta(t, 0.5, p, 1e-3)
				}
			}
			if !gate.learnt {
				require.InDelta(t, math.Ln2, float64(loss), 1e-5)
			}
		})
	}
}
