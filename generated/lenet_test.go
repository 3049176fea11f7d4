package generated_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/lenet"
	"github.com/ctgen-lang/ctgen/runtime"
)

// A convolutional network learns the same bits on one, two and three threads,
// and its steps allocate nothing.
func TestLeNetOnThreads(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	images, classes := make([]lenet.Image, 13), make([]lenet.Digit, 13)
	for i := range images {
		for row := range images[i][0] {
			for col := range images[i][0][row] {
				images[i][0][row][col] = r.Float32()
			}
		}
		classes[i] = lenet.Digit(r.IntN(10))
	}
	var first *lenet.NetworkMomentum
	for threads := 1; threads <= 3; threads++ {
		trainer, err := lenet.NewStepTrainer(lenet.InitNetworkMomentum(1), len(images), runtime.Threads(threads))
		require.NoError(t, err)
		losses := make([]lenet.Loss, 8)
		step := func(i int) {
			losses[i], err = trainer.Step(0.05, images, classes)
			require.NoError(t, err)
		}
		for i := range losses {
			step(i)
		}
		require.Less(t, losses[len(losses)-1], losses[0])
		state := *trainer.State()
		if first == nil {
			first = &state
		}
		require.Equal(t, first, &state, threads)
		require.Zero(t, testing.AllocsPerRun(3, func() { _, _ = trainer.Step(0.05, images, classes) }))
	}
}

// The rate of a step allocates nothing either, falls, and ends above 0.
func TestLeNetSchedule(t *testing.T) {
	before := lenet.Rate(0.02)
	require.Equal(t, before, lenet.Fall(0, 100))
	for step := lenet.Step(1); step < 100; step++ {
		rate := lenet.Fall(step, 100)
		require.Less(t, rate, before)
		require.Positive(t, rate)
		before = rate
	}
	at := lenet.FitProgram().Settings[0].At
	require.Zero(t, testing.AllocsPerRun(100, func() { at(50, 100) }))
}
