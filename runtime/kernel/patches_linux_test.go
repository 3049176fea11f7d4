package kernel

import (
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

// Rows of patches are copied and added, and windows pooled, without a touch
// outside the operands or between their rows.
func TestRowsStayWithinTheirOperands(t *testing.T) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := rand.New(rand.NewPCG(17, 18))
	from, to, second := newArena(t, 1<<12), newArena(t, 1<<12), newArena(t, 1<<12)
	for _, l := range sameBits() {
		atLevel(t, l)
		for _, rows := range []int{0, 1, 2, 5} {
			for cols := 1; cols <= 70; cols++ {
				for _, high := range []bool{false, true} {
					what := fmt.Sprintf("%v: %d×%d", l, rows, cols)
					from.high, to.high, second.high = high, high, high
					fromRow, toRow := cols+r.IntN(3), cols+r.IntN(3)
					in, out := from.operand(r, rows, cols, fromRow), to.operand(r, rows, cols, toRow)
					// Rows of one plane, and each row a plane of its own.
					for _, as := range [][6]int{{1, rows, 0, 0, toRow, fromRow}, {rows, 1, toRow, fromRow, 0, 0}} {
						sum, copied := append([]float32{}, out...), append([]float32{}, out...)
						lanesAddPlanes(sum, in, as[0], as[1], cols, as[2], as[3], as[4], as[5])
						lanesCopyPlanes(copied, in, as[0], as[1], cols, as[2], as[3], as[4], as[5])
						untouched(t, what, func() { vecAddPlanes(out, in, as[0], as[1], cols, as[2], as[3], as[4], as[5]) })
						require.Equal(t, sum, out, what)
						untouched(t, what, func() { vecCopyPlanes(out, in, as[0], as[1], cols, as[2], as[3], as[4], as[5]) })
						require.Equal(t, copied, out, what)
					}

					w := 2*cols + r.IntN(2)
					x := from.operand(r, 2*rows, 2*cols, w)
					y, at := to.operand(r, rows, cols, cols), second.operand(r, rows, cols, cols)
					wantY, wantAt := make([]float32, len(y)), make([]float32, len(at))
					lanesMaxPairs(wantY, wantAt, x, rows, cols, w)
					untouched(t, what, func() { vecMaxPairs(y, at, x, rows, cols, w) })
					sameTensors(t, [][]float32{wantY, wantAt}, [][]float32{y, at}, what)

					dx := append([]float32{}, x...)
					lanesSpreadPairs(dx, at, y, rows, cols, w)
					untouched(t, what, func() { vecSpreadPairs(x, at, y, rows, cols, w) })
					sameTensors(t, [][]float32{dx}, [][]float32{x}, what)
				}
			}
		}
	}
}

// untouched fails where f touches a page that must not be.
func untouched(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() { require.Nil(t, recover(), what) }()
	f()
}
