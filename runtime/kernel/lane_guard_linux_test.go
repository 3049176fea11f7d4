package kernel

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// island is memory between two pages that fault.
type island struct{ memory []byte }

const islandPages = 24

func newIsland(t *testing.T) island {
	page := syscall.Getpagesize()
	m, err := syscall.Mmap(-1, 0, (islandPages+2)*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, syscall.Munmap(m)) })
	require.NoError(t, syscall.Mprotect(m[:page], syscall.PROT_NONE))
	require.NoError(t, syscall.Mprotect(m[len(m)-page:], syscall.PROT_NONE))
	return island{m[page : len(m)-page]}
}

// floats are the first or last n numbers of the island.
func (i island) floats(n int, last bool) []float32 {
	all := unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(i.memory))), len(i.memory)/4)
	if last {
		return all[len(all)-n : len(all) : len(all)]
	}
	return all[:n:n]
}

// Nothing is read or written outside the tensors, or the test crashes.
func TestNothingIsTouchedOutside(t *testing.T) {
	var islands []island
	for range 8 {
		islands = append(islands, newIsland(t))
	}
	for _, l := range sameBits() {
		t.Run(fmt.Sprint(l), func(t *testing.T) {
			atLevel(t, l)
			for _, sub := range subjects() {
				for _, sh := range shapes() {
					if sub.classes && sh.s == 0 {
						continue
					}
					for _, last := range []bool{false, true} {
						var in, out [][]float32
						free := islands
						for _, n := range sub.sizes(sub.ins, sh.rows, sh.s) {
							x := free[0].floats(n, last)
							sub.values(rand.New(rand.NewPCG(3, 3)), false, x)
							in, free = append(in, x), free[1:]
						}
						for _, n := range sub.sizes(sub.outs, sh.rows, sh.s) {
							out, free = append(out, free[0].floats(n, last)), free[1:]
						}
						sub.call(out, in, sh.rows, sh.s)
					}
				}
			}
		})
	}
}
