package kernel

// normSubjects are kernels with parameters that all rows share, of tables, and
// over axes.
func normSubjects() []subject {
	const epsilon = 1e-5
	return []subject{
		{name: "layer norm", outs: "err", ins: "ess", call: func(o, i [][]float32, n, k int) {
			LayerNorm(o[0], o[1], o[2], i[0], i[1], i[2], n, 1, k, epsilon)
		}},
		{name: "layer norm a", outs: "r", ins: "se", call: func(o, i [][]float32, n, k int) { LayerNormA(o[0], i[0], i[1], n, 1, k, epsilon) }},
		{name: "layer norm b", outs: "r", ins: "esrre", call: func(o, i [][]float32, n, k int) {
			LayerNormB(o[0], i[0], i[1], i[2], i[3], i[4], n, 1, k, epsilon)
		}},
		{name: "layer norm dx", outs: "e", ins: "esrrrre", leaf: true, call: func(o, i [][]float32, n, k int) {
			LayerNormDx(o[0], i[0], i[1], i[2], i[3], i[4], i[5], i[6], n, 1, k, epsilon)
		}},
		{name: "layer norm dscale", outs: "s", ins: "erre", call: func(o, i [][]float32, n, k int) {
			LayerNormDscale(o[0], i[0], i[1], i[2], i[3], n, 1, k, epsilon)
		}},
		{name: "layer norm dscale into", outs: "s", ins: "serre", call: func(o, i [][]float32, n, k int) {
			copy(o[0], i[0])
			LayerNormDscaleInto(o[0], i[1], i[2], i[3], i[4], n, 1, k, epsilon, 0.9, -0.3, k/3, k)
		}},
		{name: "layer norm dshift", outs: "s", ins: "e", call: func(o, i [][]float32, n, k int) { LayerNormDshift(o[0], i[0], n, 1, k, epsilon) }},
		{name: "layer norm dshift into", outs: "s", ins: "se", call: func(o, i [][]float32, n, k int) {
			copy(o[0], i[0])
			LayerNormDshiftInto(o[0], i[1], n, 1, k, epsilon, 0.9, -0.3, k/3, k)
		}},
		{name: "rms norm", outs: "er", ins: "es", call: func(o, i [][]float32, n, k int) {
			RmsNorm(o[0], o[1], i[0], i[1], n, 1, k, epsilon)
		}},
		{name: "rms norm b", outs: "r", ins: "esre", call: func(o, i [][]float32, n, k int) {
			RmsNormB(o[0], i[0], i[1], i[2], i[3], n, 1, k, epsilon)
		}},
		{name: "rms norm dx", outs: "e", ins: "esrre", leaf: true, call: func(o, i [][]float32, n, k int) {
			RmsNormDx(o[0], i[0], i[1], i[2], i[3], i[4], n, 1, k, epsilon)
		}},
		{name: "rms norm dscale", outs: "s", ins: "ere", call: func(o, i [][]float32, n, k int) {
			RmsNormDscale(o[0], i[0], i[1], i[2], n, 1, k, epsilon)
		}},
		{name: "rms norm dscale into", outs: "s", ins: "sere", call: func(o, i [][]float32, n, k int) {
			copy(o[0], i[0])
			RmsNormDscaleInto(o[0], i[1], i[2], i[3], n, 1, k, epsilon, 0.9, -0.3, k/3, k)
		}},

		{name: "lookup", outs: "e", ins: "e", classes: true, call: func(o, i [][]float32, v, d int) { Lookup(o[0], classOf(v, v), i[0], v, v, 1, d) }},
		{name: "lookup dtable", outs: "e", ins: "e", classes: true, call: func(o, i [][]float32, v, d int) {
			LookupDtable(o[0], classOf(v, v/2+1), i[0], v, v, 1, d)
		}},
		{name: "lookup dtable into", outs: "e", ins: "ee", classes: true, call: func(o, i [][]float32, v, d int) {
			copy(o[0], i[0])
			LookupDtableInto(o[0], classOf(v, v/2+1), i[1], v, v, 1, d, 0.9, -0.3, v/3, v)
		}},
		{name: "token position embedding", outs: "e", ins: "ee", classes: true, call: func(o, i [][]float32, t, d int) {
			TokenPositionEmbedding(o[0], classOf(t, t), i[0], i[1], min(t, 1), t, t, d)
		}},
		{name: "token position embedding dposition", outs: "s", ins: "e", call: func(o, i [][]float32, n, d int) {
			TokenPositionEmbeddingDposition(o[0], i[0], n, 1, 1, d)
		}},
		{name: "token position embedding dposition into", outs: "s", ins: "se", call: func(o, i [][]float32, n, d int) {
			copy(o[0], i[0])
			TokenPositionEmbeddingDpositionInto(o[0], i[1], n, 1, d, 1, 1, -0.3, d/3, d)
		}},

		{name: "sum leading", outs: "s", ins: "e", call: func(o, i [][]float32, t, s int) { SumLeading(o[0], i[0], 1, t, s) }},
		{name: "mean leading", outs: "s", ins: "e", call: func(o, i [][]float32, t, s int) { MeanLeading(o[0], i[0], 1, t, s) }},
		{name: "sum leading dx", outs: "e", ins: "s", call: func(o, i [][]float32, t, s int) { SumLeadingDx(o[0], i[0], 1, t, s) }},
		{name: "mean leading dx", outs: "e", ins: "s", classes: true, call: func(o, i [][]float32, t, s int) {
			if t > 0 {
				MeanLeadingDx(o[0], i[0], 1, t, s)
			}
		}},
		{name: "sum trailing", outs: "r", ins: "e", call: func(o, i [][]float32, t, s int) { SumTrailing(o[0], i[0], 1, t, s) }},
		{name: "mean trailing", outs: "r", ins: "e", call: func(o, i [][]float32, t, s int) { MeanTrailing(o[0], i[0], 1, t, s) }},
		{name: "sum trailing dx", outs: "e", ins: "r", call: func(o, i [][]float32, t, s int) { SumTrailingDx(o[0], i[0], 1, t, s) }},
		{name: "mean trailing dx", outs: "e", ins: "r", call: func(o, i [][]float32, t, s int) { MeanTrailingDx(o[0], i[0], 1, t, s) }},
		{name: "transpose last", outs: "e", ins: "e", call: func(o, i [][]float32, a, b int) { TransposeLast(o[0], i[0], 1, 1, a, b) }},
	}
}
