package generated_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/digits"
	"github.com/ctgen-lang/ctgen/runtime"
)

// drawScans draws rows of data.
func drawScans(n int) ([]digits.Image, []digits.Digit) {
	r := rand.New(rand.NewPCG(1, 2))
	images, classes := make([]digits.Image, n), make([]digits.Digit, n)
	for i := range images {
		for k := range images[i] {
			images[i][k] = r.Float32()
		}
		classes[i] = digits.Digit(r.IntN(10))
	}
	return images, classes
}

// Many trainers, on several threads each, and many users of one predictor run
// at once: all finish, and each gets the bits that it would get alone.
func TestManyTrainersAndPredictorsAtOnce(t *testing.T) {
	const steps = 20
	images, classes := drawScans(48)
	train := func(threads int) (*digits.NetworkAdam, error) {
		trainer, err := digits.NewStepTrainer(digits.InitNetworkAdam(3), len(images), runtime.Threads(threads))
		if err != nil {
			return nil, err
		}
		for range steps {
			if _, err := trainer.Step(images, classes); err != nil {
				return nil, err
			}
		}
		return trainer.State(), nil
	}
	want, err := train(1)
	require.NoError(t, err)
	p := digits.NewClassifyPredictor(&want.Params)
	distributions := make([]digits.Distribution, len(images))
	require.NoError(t, p.PredictBatch(distributions, images))
	one := p.Predict(images[5])

	var wg sync.WaitGroup
	for k := range 64 {
		wg.Go(func() {
			if k%2 == 0 {
				if got, err := train(1 + k%5); err != nil || *got != *want {
					t.Errorf("trainer %d: another state than alone, or %v", k, err)
				}
				return
			}
			dst := make([]digits.Distribution, len(images))
			for range steps {
				if p.Predict(images[5]) != one {
					t.Errorf("predictor user %d: another distribution than alone", k)
				}
				if err := p.PredictBatch(dst, images); err != nil || dst[7] != distributions[7] {
					t.Errorf("predictor user %d: another batch than alone, or %v", k, err)
				}
			}
		})
	}
	wg.Wait()
}
