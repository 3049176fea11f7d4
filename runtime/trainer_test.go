package runtime_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

func TestPartsOfABatch(t *testing.T) {
	for _, tt := range []struct{ batch, part, want int }{{8, 3, 3}, {8, 8, 8}, {8, 100, 8}, {1, 1, 1}} {
		trainer, err := runtime.NewPartedTrainer(new(int), tt.batch, runtime.MicroBatch(tt.part))
		require.NoError(t, err)
		require.Equal(t, tt.want, trainer.AtOnce())
	}
	trainer, err := runtime.NewPartedTrainer(new(int), 8)
	require.NoError(t, err)
	require.Equal(t, 8, trainer.AtOnce())
	_, err = runtime.NewPartedTrainer(new(int), 8, runtime.MicroBatch(0))
	require.EqualError(t, err, "a part of 0 examples, want at least 1")
	_, err = runtime.NewTrainer(new(int), 8, runtime.MicroBatch(4))
	require.EqualError(t, err, "this step takes its batch as a whole; an entry micro_batch in a training of the spec makes one that parts it")
}
