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
					sum, copied := append([]float32{}, out...), append([]float32{}, out...)
					lanesAddRows(sum, in, rows, cols, toRow, fromRow)
					lanesCopyRows(copied, in, rows, cols, toRow, fromRow)
					untouched(t, what, func() { vecAddRows(out, in, rows, cols, toRow, fromRow) })
					require.Equal(t, sum, out, what)
					untouched(t, what, func() { vecCopyRows(out, in, rows, cols, toRow, fromRow) })
					require.Equal(t, copied, out, what)

					w := 2*cols + r.IntN(2)
					x := from.operand(r, 2*rows, 2*cols, w)
					y, at := to.operand(r, rows, cols, cols), second.operand(r, rows, cols, cols)
					wantY, wantAt := make([]float32, len(y)), make([]float32, len(at))
					lanesMaxPairs(wantY, wantAt, x, rows, cols, w)
					untouched(t, what, func() { vecMaxPairs(y, at, x, rows, cols, w) })
					sameTensors(t, [][]float32{wantY, wantAt}, [][]float32{y, at}, what)
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
