package kernel

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// canonical makes one of all NaNs, whose bits no level promises.
func canonical(x float32) uint32 {
	if x != x {
		return 0x7fc00000
	}
	return math.Float32bits(x)
}

// sameTensors fails at the first element of other bits.
func sameTensors(t *testing.T, want, got [][]float32, what string) {
	t.Helper()
	for i := range want {
		for j, w := range want[i] {
			if canonical(w) != canonical(got[i][j]) {
				require.Equal(t, fmt.Sprintf("%x", w), fmt.Sprintf("%x", got[i][j]), "%s: output %d at %d", what, i, j)
			}
		}
	}
}

const guard = 0x7fa5a5a5 // a NaN that no kernel makes

// fenced returns n elements at an address that is not aligned, and a check
// that nothing beside them was written.
func fenced(n, shift int) (x []float32, check func(t *testing.T, what string)) {
	const side = 40
	whole := make([]float32, n+2*side+shift)
	for i := range whole {
		whole[i] = math.Float32frombits(guard)
	}
	at := side + shift
	return whole[at : at+n : at+n], func(t *testing.T, what string) {
		t.Helper()
		for i, v := range whole {
			if (i < at || i >= at+n) && math.Float32bits(v) != guard {
				require.Fail(t, "written outside", "%s: %d elements, at %d", what, n, i-at)
			}
		}
	}
}

type shape struct{ rows, s int }

// shapes are the ends of vectors, of unrolled loops, and of calls. In short
// mode, which emulated processors run, fewer are long or have several rows.
func shapes() []shape {
	var list []shape
	for s := range 71 {
		list = append(list, shape{1, s})
		if !testing.Short() || s%5 == 1 || s == 64 {
			list = append(list, shape{3, s}, shape{s, 1})
		}
	}
	list = append(list, shape{130, 10}, shape{1, 4097}, shape{900, 5}, shape{3, 200})
	if !testing.Short() {
		list = append(list, shape{2, 4096}, shape{2, 4097}, shape{1, 10007}, shape{4500, 1})
	}
	r := rand.New(rand.NewPCG(11, 12))
	for range 6 {
		list = append(list, shape{1 + r.IntN(100), 1 + r.IntN(150)})
	}
	return list
}

// Every level gives the bits of the lanes, for all lengths, at addresses that
// are not aligned, and writes nothing beside its outputs.
func TestVectorsAreLanes(t *testing.T) {
	vectors := sameBits()[1:]
	if len(vectors) == 0 {
		t.Skip("this machine runs lanes alone")
	}
	for _, l := range vectors {
		for _, sub := range subjects() {
			t.Run(fmt.Sprintf("%v/%s", l, sub.name), func(t *testing.T) {
				for _, special := range []bool{false, true} {
					for i, sh := range shapes() {
						if sub.classes && sh.s == 0 || testing.Short() && special != (i%2 == 0) {
							continue
						}
						r := rand.New(rand.NewPCG(uint64(i), 5))
						what := fmt.Sprintf("%d rows of %d", sh.rows, sh.s)
						var in, want, got [][]float32
						for _, n := range sub.sizes(sub.ins, sh.rows, sh.s) {
							x, _ := fenced(n, r.IntN(9))
							sub.values(r, special, x)
							in = append(in, x)
						}
						for _, n := range sub.sizes(sub.outs, sh.rows, sh.s) {
							want = append(want, make([]float32, n))
						}
						func() {
							before := active
							defer func() { active = before }()
							active = neon
							sub.call(want, in, sh.rows, sh.s)
						}()
						atLevel(t, l)
						var checks []func(t *testing.T, what string)
						for _, n := range sub.sizes(sub.outs, sh.rows, sh.s) {
							y, check := fenced(n, r.IntN(9))
							got, checks = append(got, y), append(checks, check)
						}
						sub.call(got, in, sh.rows, sh.s)
						for _, check := range checks {
							check(t, what)
						}
						sameTensors(t, want, got, what)
						if sub.leaf {
							for i := range got {
								copy(got[i], in[i])
							}
							sub.call(got, append(append([][]float32{}, got...), in[len(got):]...), sh.rows, sh.s)
							sameTensors(t, want, got, what+" in place")
						}
					}
				}
			})
		}
	}
}

// portable stays close to the other levels: within 1e-6 of the greater of 1
// and the value, or of the greatest value of the call where it sums.
func TestPortableIsClose(t *testing.T) {
	for _, sub := range subjects() {
		t.Run(sub.name, func(t *testing.T) {
			for i, sh := range []shape{{1, 1}, {7, 10}, {20, 1}, {3, 100}} {
				r := rand.New(rand.NewPCG(uint64(i), 6))
				var in [][]float32
				for _, n := range sub.sizes(sub.ins, sh.rows, sh.s) {
					x := make([]float32, n)
					sub.values(r, false, x)
					in = append(in, x)
				}
				results := map[level][][]float32{}
				for _, l := range []level{portable, neon} {
					atLevel(t, l)
					var out [][]float32
					for _, n := range sub.sizes(sub.outs, sh.rows, sh.s) {
						out = append(out, make([]float32, n))
					}
					sub.call(out, in, sh.rows, sh.s)
					results[l] = out
				}
				for i, want := range results[portable] {
					scale := 1.0
					for _, w := range want {
						if v := math.Abs(float64(w)); v > scale {
							scale = v
						}
					}
					for j, w := range want {
						v := results[neon][i][j]
						if w != w {
							require.True(t, v != v, "NaN at %d", j)
							continue
						}
						require.InDelta(t, w, v, 1e-6*scale, "output %d at %d of %v", i, j, sh)
					}
				}
			}
		})
	}
}

// The bits of fixed inputs, the same at every level but portable, on every
// machine and in every version.
func TestPinnedBits(t *testing.T) {
	for _, l := range sameBits() {
		t.Run(fmt.Sprint(l), func(t *testing.T) {
			atLevel(t, l)
			got := map[string]string{}
			for _, sub := range subjects() {
				h := fnv.New64a()
				for i, sh := range []shape{{1, 100}, {37, 1}, {9, 10}, {2, 5000}} {
					r := rand.New(rand.NewPCG(uint64(i), 7))
					var in, out [][]float32
					for _, n := range sub.sizes(sub.ins, sh.rows, sh.s) {
						x := make([]float32, n)
						for j := range x { // uniform: no logarithm of math is in it
							x[j] = float32(20*r.Float32()) - 10
							if sub.unit {
								x[j] = r.Float32()
							}
						}
						in = append(in, x)
					}
					for _, n := range sub.sizes(sub.outs, sh.rows, sh.s) {
						out = append(out, make([]float32, n))
					}
					sub.call(out, in, sh.rows, sh.s)
					for _, y := range out {
						var bits []byte
						for _, v := range y {
							bits = binary.LittleEndian.AppendUint32(bits, canonical(v))
						}
						h.Write(bits)
					}
				}
				got[sub.name] = fmt.Sprintf("%016x", h.Sum64())
			}
			require.Equal(t, pinned, got)
		})
	}
}

func TestNoKernelAllocates(t *testing.T) {
	for _, l := range sameBits() {
		atLevel(t, l)
		for _, sub := range subjects() {
			if sub.classes {
				continue // classOf does; TestKernelsDoNotAllocate has these
			}
			for _, sh := range []shape{{3, 20}, {5, 1}, {1, 5000}} {
				var in, out [][]float32
				for _, n := range sub.sizes(sub.ins, sh.rows, sh.s) {
					in = append(in, make([]float32, n))
				}
				for _, n := range sub.sizes(sub.outs, sh.rows, sh.s) {
					out = append(out, make([]float32, n))
				}
				require.Zero(t, testing.AllocsPerRun(3, func() { sub.call(out, in, sh.rows, sh.s) }), "%s at %v", sub.name, l)
			}
		}
	}
}
