package kernel

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// attended is attention at some extents, with what one run of all its kernels
// reads and writes.
type attended[T Float] struct {
	n, t, u, h, e, f  int
	kind              string
	q, k, v, mask, dy []T
	y, p, r, ds       []T
	dq, dk, dv        []T
}

var attentions = []string{"plain", "causal", "masked"}

// newAttended draws the inputs; every third key is masked, and for the last
// query of an example all are.
func newAttended[T Float](kind string, n, t, u, h, e, f int, r *rand.Rand) *attended[T] {
	if kind == "causal" {
		u = t
	}
	a := &attended[T]{n: n, t: t, u: u, h: h, e: e, f: f, kind: kind}
	draw := func(size int) []T {
		x := make([]T, size)
		for i := range x {
			x[i] = T(4*r.Float32() - 2) // without a logarithm of math
		}
		return x
	}
	a.q, a.k, a.v, a.dy = draw(n*t*h*e), draw(n*u*h*e), draw(n*u*h*f), draw(n*t*h*f)
	a.mask = make([]T, n*t*u)
	for i := range a.mask {
		if i%3 > 0 && i%(t*u) < (t-1)*u {
			a.mask[i] = 1
		}
	}
	a.y, a.p, a.r, a.ds = draw(n*t*h*f), draw(n*h*u*t), draw(n*t*h), draw(n*h*u*t)
	a.dq, a.dk, a.dv = draw(n*t*h*e), draw(n*u*h*e), draw(n*u*h*f)
	return a
}

func (a *attended[T]) run() {
	n, t, u, h, e, f := a.n, a.t, a.u, a.h, a.e, a.f
	d, c := h*e, h*f
	switch a.kind {
	case "plain":
		Attention(a.y, a.p, a.q, a.k, a.v, n, t, d, u, c, h, e, f, h)
		AttentionR(a.r, a.y, a.dy, n, t, d, u, c, h, e, f, h)
		AttentionDs(a.ds, a.v, a.p, a.r, a.dy, n, t, d, u, c, h, e, f, h)
		AttentionDq(a.dq, a.k, a.ds, n, t, d, u, c, h, e, f, h)
		AttentionDk(a.dk, a.q, a.ds, n, t, d, u, c, h, e, f, h)
		AttentionDv(a.dv, a.p, a.dy, n, t, d, u, c, h, e, f, h)
	case "causal":
		CausalAttention(a.y, a.p, a.q, a.k, a.v, n, t, d, c, h, e, f, h)
		CausalAttentionR(a.r, a.y, a.dy, n, t, d, c, h, e, f, h)
		CausalAttentionDs(a.ds, a.v, a.p, a.r, a.dy, n, t, d, c, h, e, f, h)
		CausalAttentionDq(a.dq, a.k, a.ds, n, t, d, c, h, e, f, h)
		CausalAttentionDk(a.dk, a.q, a.ds, n, t, d, c, h, e, f, h)
		CausalAttentionDv(a.dv, a.p, a.dy, n, t, d, c, h, e, f, h)
	case "masked":
		MaskedAttention(a.y, a.p, a.q, a.k, a.v, a.mask, n, t, d, u, c, h, e, f, h)
		MaskedAttentionR(a.r, a.y, a.dy, n, t, d, u, c, h, e, f, h)
		MaskedAttentionDs(a.ds, a.v, a.p, a.r, a.dy, n, t, d, u, c, h, e, f, h)
		MaskedAttentionDq(a.dq, a.k, a.ds, n, t, d, u, c, h, e, f, h)
		MaskedAttentionDk(a.dk, a.q, a.ds, n, t, d, u, c, h, e, f, h)
		MaskedAttentionDv(a.dv, a.p, a.dy, n, t, d, u, c, h, e, f, h)
	}
}

func (a *attended[T]) results() [][]T { return [][]T{a.y, a.p, a.r, a.ds, a.dq, a.dk, a.dv} }

// attendedShapes are n, t, u, h, e and f: less than a vector, blocks and turned
// terms that are not full, many rows.
var attendedShapes = [][6]int{
	{1, 1, 1, 1, 1, 1}, {2, 3, 5, 2, 3, 4}, {2, 8, 8, 2, 8, 8}, {3, 33, 20, 3, 5, 7}, {2, 64, 64, 4, 16, 16},
	{1, 70, 41, 2, 17, 16}, {1, 40, 40, 1, 130, 9}, {1, 20, 300, 2, 4, 64}, {1, 300, 9, 1, 16, 33},
}

// said is what the equations of std say, in float64.
func (a *attended[T]) said() [][]float64 {
	g := func(x []T, i, row, h, j, rows, width int) float64 { return float64(x[((i*rows+row)*a.h+h)*width+j]) }
	var out [7][]float64
	for i, x := range a.results() {
		out[i] = make([]float64, len(x))
	}
	y, p, r, ds, dq, dk, dv := out[0], out[1], out[2], out[3], out[4], out[5], out[6]
	scale := 1 / math.Sqrt(float64(a.e))
	for i := range a.n {
		for h := range a.h {
			at := func(u, t int) int { return ((i*a.h+h)*a.u+u)*a.t + t }
			for t := range a.t {
				allowed := func(u int) bool {
					return a.kind == "plain" || a.kind == "causal" && u <= t || a.kind == "masked" && a.mask[(i*a.t+t)*a.u+u] != 0
				}
				greatest, sum := math.Inf(-1), 0.0
				s, dp := make([]float64, a.u), make([]float64, a.u)
				for u := range a.u {
					for e := range a.e {
						s[u] += scale * g(a.q, i, t, h, e, a.t, a.e) * g(a.k, i, u, h, e, a.u, a.e)
					}
					for f := range a.f {
						dp[u] += g(a.dy, i, t, h, f, a.t, a.f) * g(a.v, i, u, h, f, a.u, a.f)
					}
					if allowed(u) {
						greatest = max(greatest, s[u])
					}
				}
				for u := range a.u {
					if allowed(u) {
						p[at(u, t)] = math.Exp(s[u] - greatest)
						sum += p[at(u, t)]
					}
				}
				mean := 0.0
				for u := range a.u {
					if sum > 0 {
						p[at(u, t)] /= sum
					}
					mean += p[at(u, t)] * dp[u]
					for f := range a.f {
						y[((i*a.t+t)*a.h+h)*a.f+f] += p[at(u, t)] * g(a.v, i, u, h, f, a.u, a.f)
						dv[((i*a.u+u)*a.h+h)*a.f+f] += p[at(u, t)] * g(a.dy, i, t, h, f, a.t, a.f)
					}
				}
				r[(i*a.t+t)*a.h+h] = mean
				for u := range a.u {
					ds[at(u, t)] = p[at(u, t)] * (dp[u] - mean) * scale
					for e := range a.e {
						dq[((i*a.t+t)*a.h+h)*a.e+e] += ds[at(u, t)] * g(a.k, i, u, h, e, a.u, a.e)
						dk[((i*a.u+u)*a.h+h)*a.e+e] += ds[at(u, t)] * g(a.q, i, t, h, e, a.t, a.e)
					}
				}
			}
		}
	}
	return out[:]
}

func requireSaid[T Float](t *testing.T, a *attended[T], within float64) {
	t.Helper()
	a.run()
	for i, want := range a.said() {
		greatest := 1.0
		for _, w := range want {
			greatest = max(greatest, math.Abs(w))
		}
		for j, w := range want {
			require.InDelta(t, w, float64(a.results()[i][j]), within*greatest, "%s: result %d at %d", a.kind, i, j)
		}
	}
}

func TestAttentionIsWhatStdSays(t *testing.T) {
	for i, s := range attendedShapes {
		for _, kind := range attentions {
			t.Run(fmt.Sprint(kind, s), func(t *testing.T) {
				r := rand.New(rand.NewPCG(uint64(i), 1))
				requireSaid(t, newAttended[float64](kind, s[0], s[1], s[2], s[3], s[4], s[5], r), 1e-13)
				eachLevel(t, append(sameBits(), portable), func(t *testing.T) {
					requireSaid(t, newAttended[float32](kind, s[0], s[1], s[2], s[3], s[4], s[5], r), 1e-5)
				})
			})
		}
	}
}

// Every level gives the same bits, and an example's do not depend on those
// beside it.
func TestAttentionBits(t *testing.T) {
	for i, s := range attendedShapes {
		for _, kind := range attentions {
			draw := func() *attended[float32] {
				return newAttended[float32](kind, s[0], s[1], s[2], s[3], s[4], s[5], rand.New(rand.NewPCG(uint64(i), 2)))
			}
			var want [][]float32
			eachLevel(t, sameBits(), func(t *testing.T) {
				a := draw()
				a.run()
				if want == nil {
					want = a.results()
				}
				require.Equal(t, want, a.results(), "%s %v", kind, s)
				alone := a.example(s[0] - 1)
				alone.run()
				require.Equal(t, a.example(s[0]-1).results(), alone.results(), "%s %v: the last example alone", kind, s)
			})
		}
	}
}

// example is a copy of one example.
func (a *attended[T]) example(i int) *attended[T] {
	b := *a
	b.n = 1
	for _, x := range []*[]T{&b.q, &b.k, &b.v, &b.mask, &b.dy, &b.y, &b.p, &b.r, &b.ds, &b.dq, &b.dk, &b.dv} {
		size := len(*x) / a.n
		*x = append([]T(nil), (*x)[i*size:(i+1)*size]...)
	}
	return &b
}

// pinnedAttention are hashes of the bits of results.
var pinnedAttention = map[string]string{"plain": "d088087e0398eb96", "causal": "a27281c49471b4b9", "masked": "e8e4332b57dcea38"}

func TestAttentionIsPinned(t *testing.T) {
	eachLevel(t, sameBits(), func(t *testing.T) {
		for _, kind := range attentions {
			h := fnv.New64a()
			a := newAttended[float32](kind, 2, 70, 41, 2, 17, 16, rand.New(rand.NewPCG(3, 3)))
			a.run()
			for _, x := range a.results() {
				for _, v := range x {
					fmt.Fprintf(h, "%08x", canonical(v))
				}
			}
			require.Equal(t, pinnedAttention[kind], fmt.Sprintf("%016x", h.Sum64()), kind)
		}
	})
}

// A NaN reaches the queries that look at it, and may reach others of their
// block, which multiply it by a share of 0; it reaches none before.
func TestAttentionPassesNaN(t *testing.T) {
	eachLevel(t, append(sameBits(), portable), func(t *testing.T) {
		a := newAttended[float32]("causal", 1, 40, 0, 1, 4, 4, rand.New(rand.NewPCG(4, 4)))
		a.v[35*4] = float32(math.NaN())
		a.k[36*4] = float32(math.NaN())
		a.run()
		for q := range 40 {
			for f := range 4 {
				if bad := q >= 36 || q == 35 && f == 0; bad || q < 32 {
					require.Equal(t, bad, a.y[q*4+f] != a.y[q*4+f], "query %d, %d", q, f)
				}
			}
		}
	})
}

func TestAttentionDoesNotAllocate(t *testing.T) {
	eachLevel(t, append(sameBits(), portable), func(t *testing.T) {
		for _, kind := range attentions {
			a := newAttended[float32](kind, 2, 70, 41, 2, 17, 16, rand.New(rand.NewPCG(5, 5)))
			require.Zero(t, testing.AllocsPerRun(3, a.run))
			a.n = 0
			a.run()
		}
	})
}

func BenchmarkAttention(b *testing.B) {
	for _, kind := range attentions {
		a := newAttended[float32](kind, 16, 64, 64, 4, 16, 16, rand.New(rand.NewPCG(6, 6)))
		const n, t, d, h, e = 16, 64, 64, 4, 16
		for name, f := range map[string]func(){
			"forward": func() { CausalAttention(a.y, a.p, a.q, a.k, a.v, n, t, d, d, h, e, e, h) },
			"r":       func() { CausalAttentionR(a.r, a.y, a.dy, n, t, d, d, h, e, e, h) },
			"ds":      func() { CausalAttentionDs(a.ds, a.v, a.p, a.r, a.dy, n, t, d, d, h, e, e, h) },
			"dq":      func() { CausalAttentionDq(a.dq, a.k, a.ds, n, t, d, d, h, e, e, h) },
			"dk":      func() { CausalAttentionDk(a.dk, a.q, a.ds, n, t, d, d, h, e, e, h) },
			"dv":      func() { CausalAttentionDv(a.dv, a.p, a.dy, n, t, d, d, h, e, e, h) },
		} {
			if kind != "causal" {
				continue
			}
			b.Run(kind+"/"+name, func(b *testing.B) { b.ReportMetric(float64(fastest(b, f).Nanoseconds())/1e3, "µs/least") })
		}
		b.Run(kind+"/all", func(b *testing.B) { b.ReportMetric(float64(fastest(b, a.run).Nanoseconds())/1e3, "µs/least") })
	}
}
