package kernel_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// normRules are the norms, the tables and the sums over axes, with n examples
// of 2 positions.
func normRules() []rule {
	const t, k, epsilon = 2, 5, 1e-3
	rows := n * t
	tokens := []int32{2, 0, 1, 2, 2, 0}
	axis := func(name string, out int, f, dx func(y, x []float64, n, t, s int)) rule {
		return rule{name: name, in: map[string]int{"x": rows * k}, out: map[string]int{"y": n * out},
			forward: func(v vectors) { f(v["y"], v["x"], n, t, k) },
			reverse: map[string]func(vectors){"x": func(v vectors) { dx(v["dx"], v["dy"], n, t, k) }}}
	}
	return []rule{
		{name: "layer norm", in: map[string]int{"x": rows * k, "scale": k, "shift": k},
			out: map[string]int{"y": rows * k, "m": rows, "r": rows},
			forward: func(v vectors) {
				kernel.LayerNorm(v["y"], v["m"], v["r"], v["x"], v["scale"], v["shift"], n, t, k, epsilon)
			},
			reverse: map[string]func(vectors){
				"x": func(v vectors) {
					a, b := make([]float64, rows), make([]float64, rows)
					kernel.LayerNormA(a, v["scale"], v["dy"], n, t, k, epsilon)
					kernel.LayerNormB(b, v["x"], v["scale"], v["m"], v["r"], v["dy"], n, t, k, epsilon)
					kernel.LayerNormDx(v["dx"], v["x"], v["scale"], v["m"], v["r"], a, b, v["dy"], n, t, k, epsilon)
				},
				"scale": func(v vectors) {
					kernel.LayerNormDscale(v["dscale"], v["x"], v["m"], v["r"], v["dy"], n, t, k, epsilon)
				},
				"shift": func(v vectors) { kernel.LayerNormDshift(v["dshift"], v["dy"], n, t, k, epsilon) },
			}},
		{name: "rms norm", in: map[string]int{"x": rows * k, "scale": k}, out: map[string]int{"y": rows * k, "r": rows},
			forward: func(v vectors) { kernel.RmsNorm(v["y"], v["r"], v["x"], v["scale"], n, t, k, epsilon) },
			reverse: map[string]func(vectors){
				"x": func(v vectors) {
					b := make([]float64, rows)
					kernel.RmsNormB(b, v["x"], v["scale"], v["r"], v["dy"], n, t, k, epsilon)
					kernel.RmsNormDx(v["dx"], v["x"], v["scale"], v["r"], b, v["dy"], n, t, k, epsilon)
				},
				"scale": func(v vectors) {
					kernel.RmsNormDscale(v["dscale"], v["x"], v["r"], v["dy"], n, t, k, epsilon)
				},
			}},
		{name: "lookup", in: map[string]int{"table": 3 * k}, out: map[string]int{"y": rows * k},
			forward: func(v vectors) { kernel.Lookup(v["y"], tokens, v["table"], n, 3, t, k) },
			reverse: map[string]func(vectors){
				"table": func(v vectors) { kernel.LookupDtable(v["dtable"], tokens, v["dy"], n, 3, t, k) }}},
		{name: "token position embedding", in: map[string]int{"token": 3 * k, "position": t * k}, out: map[string]int{"y": rows * k},
			forward: func(v vectors) {
				kernel.TokenPositionEmbedding(v["y"], tokens, v["token"], v["position"], n, 3, t, k)
			},
			reverse: map[string]func(vectors){
				"token": func(v vectors) {
					kernel.TokenPositionEmbeddingDtoken(v["dtoken"], tokens, v["dy"], n, 3, t, k)
				},
				"position": func(v vectors) {
					kernel.TokenPositionEmbeddingDposition(v["dposition"], v["dy"], n, 3, t, k)
				}}},
		axis("sum leading", k, kernel.SumLeading[float64], kernel.SumLeadingDx[float64]),
		axis("mean leading", k, kernel.MeanLeading[float64], kernel.MeanLeadingDx[float64]),
		axis("sum trailing", t, kernel.SumTrailing[float64], kernel.SumTrailingDx[float64]),
		axis("mean trailing", t, kernel.MeanTrailing[float64], kernel.MeanTrailingDx[float64]),
		axis("transpose", t*k, func(y, x []float64, n, t, s int) { kernel.TransposeLast(y, x, n, 1, t, s) },
			func(y, x []float64, n, t, s int) { kernel.TransposeLastDx(y, x, n, 1, t, s) }),
	}
}

// into is a line that adds, and what it adds.
type into struct {
	name  string
	size  int // of the target, of rows of width numbers
	width int
	line  func(target []float32)
	adds  func(target []float32, keep, by float32, from, to int)
}

// Lines that add give keep·target + by·line in any ranges of rows, the same
// bits in all of them, and touch no other row.
func TestNormLinesAdd(t *testing.T) {
	const n, t2, k, v, epsilon = 3, 4, 70, 9, 1e-5
	r := rand.New(rand.NewPCG(4, 4))
	numbers := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		return x
	}
	x, dy, m, root := numbers(n*t2*k), numbers(n*t2*k), numbers(n*t2), numbers(n*t2)
	tokens := make([]int32, n*t2)
	for i := range tokens {
		tokens[i] = int32(r.IntN(v))
	}
	for _, tt := range []into{
		{"layer norm dscale", k, 1, func(d []float32) { kernel.LayerNormDscale(d, x, m, root, dy, n, t2, k, epsilon) },
			func(d []float32, keep, by float32, from, to int) {
				kernel.LayerNormDscaleInto(d, x, m, root, dy, n, t2, k, epsilon, keep, by, from, to)
			}},
		{"layer norm dshift", k, 1, func(d []float32) { kernel.LayerNormDshift(d, dy, n, t2, k, epsilon) },
			func(d []float32, keep, by float32, from, to int) {
				kernel.LayerNormDshiftInto(d, dy, n, t2, k, epsilon, keep, by, from, to)
			}},
		{"rms norm dscale", k, 1, func(d []float32) { kernel.RmsNormDscale(d, x, root, dy, n, t2, k, epsilon) },
			func(d []float32, keep, by float32, from, to int) {
				kernel.RmsNormDscaleInto(d, x, root, dy, n, t2, k, epsilon, keep, by, from, to)
			}},
		{"lookup dtable", v * k, k, func(d []float32) { kernel.LookupDtable(d, tokens, dy, n, v, t2, k) },
			func(d []float32, keep, by float32, from, to int) {
				kernel.LookupDtableInto(d, tokens, dy, n, v, t2, k, keep, by, from, to)
			}},
		{"token dtoken", v * k, k, func(d []float32) { kernel.TokenPositionEmbeddingDtoken(d, tokens, dy, n, v, t2, k) },
			func(d []float32, keep, by float32, from, to int) {
				kernel.TokenPositionEmbeddingDtokenInto(d, tokens, dy, n, v, t2, k, keep, by, from, to)
			}},
		{"token dposition", t2 * k, k, func(d []float32) { kernel.TokenPositionEmbeddingDposition(d, dy, n, v, t2, k) },
			func(d []float32, keep, by float32, from, to int) {
				kernel.TokenPositionEmbeddingDpositionInto(d, dy, n, v, t2, k, keep, by, from, to)
			}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			line, was := make([]float32, tt.size), numbers(tt.size)
			tt.line(line)
			for _, c := range []struct{ keep, by float32 }{{0, 1}, {1, 1}, {1, -0.1}, {0.75, -0.1}, {0, 0.5}} {
				whole := append([]float32(nil), was...)
				rows := tt.size / tt.width
				tt.adds(whole, c.keep, c.by, 0, rows)
				for i, got := range whole {
					require.InDelta(t, c.keep*was[i]+c.by*line[i], got, 1e-5)
				}
				parts := append([]float32(nil), was...)
				for from := 0; from < rows; {
					to := min(rows, from+1+r.IntN(rows))
					tt.adds(parts, c.keep, c.by, from, to)
					for i := to * tt.width; i < len(parts); i++ {
						require.Equal(t, was[i], parts[i], "beyond the range")
					}
					from = to
				}
				require.Equal(t, whole, parts)
			}
		})
	}
}

// Each position of a layer norm has mean 0 and variance 1, far from zero too.
func TestLayerNormOfLargeNumbers(t *testing.T) {
	const k = 100
	x, y, m, r, one, zero := make([]float32, k), make([]float32, k), make([]float32, 1), make([]float32, 1), make([]float32, k), make([]float32, k)
	for i := range x {
		x[i], one[i] = 1e4+float32(i%7), 1
	}
	kernel.LayerNorm(y, m, r, x, one, zero, 1, 1, k, 1e-5)
	var mean, square float64
	for _, v := range y {
		mean += float64(v) / k
		square += float64(v) * float64(v) / k
	}
	require.InDelta(t, 0, mean, 1e-3)
	require.InDelta(t, 1, square, 1e-3)
}

// An index outside the table panics in the kernel, as in any Go slice.
func TestLookupOutside(t *testing.T) {
	y, table := make([]float32, 2), make([]float32, 6)
	for _, row := range []int32{-1, 3} {
		require.Panics(t, func() { kernel.Lookup(y, []int32{row}, table, 1, 3, 1, 2) })
		require.Panics(t, func() { kernel.TokenPositionEmbedding(y, []int32{row}, table, table, 1, 3, 1, 2) })
	}
}
