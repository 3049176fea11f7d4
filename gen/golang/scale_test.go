package golang_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// Generation stays near-linear: four times the layers take about four times
// the memory. What it allocates stands for its work, since times depend on
// what else the machine does.
func TestManyLayers(t *testing.T) {
	work := func(layers int) (objects, bytes uint64) {
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
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := golang.Generate(c, golang.Options{})
		require.NoError(t, err)
		runtime.ReadMemStats(&after)
		return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
	}
	objects, bytes := work(20)
	moreObjects, moreBytes := work(80)
	t.Logf("%d and %d objects, %d and %d bytes", objects, moreObjects, bytes, moreBytes)
	require.Less(t, moreObjects, 6*objects)
	require.Less(t, moreBytes, 8*bytes)
}
