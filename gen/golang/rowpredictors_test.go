package golang_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/gpt"
)

// TestRowHasTheBitsOfAll: what leaves out the rows that nobody reads adds
// nothing in another order.
func TestRowHasTheBitsOfAll(t *testing.T) {
	params := gpt.InitGPT(3)
	all, one := gpt.NewScoresPredictor(params), gpt.NewScoresRowPredictor(params)
	r := rand.New(rand.NewPCG(1, 2))
	var context gpt.Context
	for range 4 {
		for i := range context {
			context[i] = gpt.Token(r.IntN(256))
		}
		want := all.Predict(context)
		for at := range context {
			require.Equal(t, want[at], one.Predict(context, int32(at)), "at %d", at)
		}
	}
}
