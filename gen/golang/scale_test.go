package golang_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// Generation stays near-linear: at eight times the layers, less than forty
// times the time, and seconds in all.
func TestManyLayers(t *testing.T) {
	took := func(layers int) time.Duration {
		var terms []string
		for i := range layers {
			terms = append(terms, fmt.Sprintf("(dense as layer%d) >> tanh", i))
		}
		c := load(t, "chain.cat", `
object X = R[4]
object Loss = R in [0, inf)
object Layer = { weight: R[4, 4], bias: R[4] }
arrow dense: X -> X given Layer = std.affine
arrow tanh: X -> X = std.tanh
arrow loss: X * X -> Loss = std.squared_distance
arrow measure = net * id >> loss
endo step on Adam[Net] = grad measure >> adam(rate: 0.01)
arrow net: X -> X given Net = `+strings.Join(terms, " >> "))
		start := time.Now()
		_, _, err := golang.Generate(c, golang.Options{})
		require.NoError(t, err)
		return time.Since(start)
	}
	took(30)
	few, many := took(30), took(240)
	require.Less(t, many, 40*few+2*time.Second, "30 layers took %s", few)
}
