package kernel

import (
	"math"
	"math/rand/v2"
)

// subject is a kernel under test, on rows of s elements.
type subject struct {
	name string
	// outs and ins have one letter per tensor: e of rows·s elements, r of rows, s
	// of s, o of one example, of which the rows are the positions.
	outs, ins string
	unit      bool // inputs lie in [0, 1]
	classes   bool // rows have at least one element
	leaf      bool // every output may be the input in its place
	call      func(out, in [][]float32, rows, s int)
}

func (s subject) sizes(letters string, rows, size int) []int {
	var n []int
	for _, l := range letters {
		n = append(n, map[rune]int{'e': rows * size, 'r': rows, 's': size, 'o': min(rows, 1)}[l])
	}
	return n
}

// values draws an input, with special values among them if asked.
func (s subject) values(r *rand.Rand, special bool, to []float32) {
	odd := []float32{0, float32(math.Copysign(0, -1)), 1, -1, infinity, -infinity, float32(math.NaN()), 88, 89, -87.5, -100, -103.97207, -104, 200,
		math.MaxFloat32, -math.MaxFloat32, Tiny, Tiny / 2, math.SmallestNonzeroFloat32, -math.SmallestNonzeroFloat32, 0.5, 1 - 0x1p-24, 9, -9, 17, -17}
	for i := range to {
		to[i] = float32(4 * r.NormFloat64())
		if s.unit {
			to[i] = r.Float32()
		}
		if special && r.IntN(3) == 0 {
			to[i] = odd[r.IntN(len(odd))]
		}
	}
}

// classOf makes classes of the elements of a tensor.
func classOf(n, k int) []int32 {
	c := make([]int32, n)
	for i := range c {
		c[i] = int32(i * 7 % k)
	}
	return c
}

func elementwise(name string, f func(y, x []float32, n, s int)) subject {
	return subject{name: name, outs: "e", ins: "e", leaf: true, call: func(o, i [][]float32, rows, s int) { f(o[0], i[0], rows, s) }}
}

func elementwise2(name string, f func(dx, a, b []float32, n, s int)) subject {
	return subject{name: name, outs: "e", ins: "ee", leaf: true, call: func(o, i [][]float32, rows, s int) { f(o[0], i[0], i[1], rows, s) }}
}

// loss is a subject with one number per row out.
func loss(name string, unit bool, f func(y, a, b []float32, n, s int)) subject {
	return subject{name: name, outs: "r", ins: "ee", unit: unit, call: func(o, i [][]float32, rows, s int) { f(o[0], i[0], i[1], rows, s) }}
}

// slope is the reverse of a loss: one number per row in.
func slope(name string, unit bool, f func(d, a, b, dy []float32, n, s int)) subject {
	return subject{name: name, outs: "e", ins: "eer", unit: unit, call: func(o, i [][]float32, rows, s int) { f(o[0], i[0], i[1], i[2], rows, s) }}
}

func slope1(name string, unit bool, f func(d, a, dy []float32, n, s int)) subject {
	return subject{name: name, outs: "e", ins: "er", unit: unit, call: func(o, i [][]float32, rows, s int) { f(o[0], i[0], i[1], rows, s) }}
}

// softmaxColumns leaves shares, peaks and sums in out.
func softmaxColumns(out [][]float32, x []float32, rows, cols int, ahead float32) {
	y, peak, sum := out[0], out[1], out[2]
	for j := range peak {
		peak[j], sum[j] = -infinity, 0
	}
	vecColumnPeaks(x, peak, rows, cols, cols, ahead)
	vecColumnExps(y, x, sum, peak, rows, cols, cols, ahead)
	vecColumnShares(y, y, sum, rows, cols, cols)
}

func subjects() []subject {
	list := []subject{
		elementwise("relu", Relu[float32]),
		elementwise2("relu dx", ReluDx[float32]),
		elementwise("leaky relu", func(y, x []float32, n, s int) { LeakyRelu(y, x, n, s, 0.01) }),
		elementwise2("leaky relu dx", func(dx, x, dy []float32, n, s int) { LeakyReluDx(dx, x, dy, n, s, 0.01) }),
		elementwise("sigmoid", Sigmoid[float32]),
		elementwise2("sigmoid dx", SigmoidDx[float32]),
		elementwise("tanh", Tanh[float32]),
		elementwise2("tanh dx", TanhDx[float32]),
		elementwise("softplus", Softplus[float32]),
		elementwise2("softplus dx", SoftplusDx[float32]),
		elementwise("gelu", Gelu[float32]),
		elementwise2("gelu dx", GeluDx[float32]),
		elementwise("silu", Silu[float32]),
		elementwise2("silu dx", SiluDx[float32]),
		elementwise("exp", Exp[float32]),
		{name: "exp dx", outs: "e", ins: "eee", leaf: true, call: func(o, i [][]float32, n, s int) { ExpDx(o[0], i[0], i[1], i[2], n, s) }},
		elementwise("log", Log[float32]),
		elementwise2("log dx", LogDx[float32]),
		elementwise("logit", Logit[float32]),
		elementwise2("logit dx", LogitDx[float32]),
		elementwise("scale", func(y, x []float32, n, s int) { Scale(y, x, n, s, 1.7) }),
		elementwise2("add", func(y, a, b []float32, n, s int) { Add(y, a, b, n*s) }),
		elementwise2("mul", Mul[float32]),
		{name: "fill", outs: "e", call: func(o, _ [][]float32, _, _ int) { Fill(o[0], 0.3) }},
		{name: "sum", outs: "r", ins: "e", call: func(o, i [][]float32, n, s int) { Sum(o[0], i[0], n, s) }},
		{name: "mean", outs: "r", ins: "e", call: func(o, i [][]float32, n, s int) { Mean(o[0], i[0], n, s) }},
		{name: "sum dx", outs: "e", ins: "r", call: func(o, i [][]float32, n, s int) { SumDx(o[0], i[0], n, s) }},
		{name: "mean dx", outs: "e", ins: "r", call: func(o, i [][]float32, n, s int) { MeanDx(o[0], i[0], n, s) }},
		loss("squared distance", false, SquaredDistance[float32]),
		slope("squared distance dp", false, SquaredDistanceDp[float32]),
		loss("mean squared error", false, MeanSquaredError[float32]),
		slope("mean squared error dt", false, MeanSquaredErrorDt[float32]),
		loss("binary cross entropy", true, BinaryCrossEntropy[float32]),
		slope("binary cross entropy dp", true, BinaryCrossEntropyDp[float32]),
		slope1("binary cross entropy dt", true, BinaryCrossEntropyDt[float32]),
		{name: "sigmoid binary cross entropy", outs: "re", ins: "ee", call: func(o, i [][]float32, n, s int) {
			SigmoidBinaryCrossEntropy(o[0], o[1], i[0], i[1], n, s)
		}},
		slope1("sigmoid binary cross entropy dz", false, SigmoidBinaryCrossEntropyDz[float32]),
		slope1("sigmoid binary cross entropy dt", false, SigmoidBinaryCrossEntropyDt[float32]),
		{name: "softmax", outs: "e", ins: "e", leaf: true, call: func(o, i [][]float32, n, k int) { Softmax(o[0], i[0], n, 1, k) }},
		{name: "log softmax", outs: "e", ins: "e", call: func(o, i [][]float32, n, k int) { LogSoftmax(o[0], i[0], n, 1, k) }},
		{name: "log softmax s", outs: "r", ins: "e", call: func(o, i [][]float32, n, k int) { LogSoftmaxS(o[0], i[0], n, 1, k) }},
		{name: "log softmax dx", outs: "e", ins: "ere", call: func(o, i [][]float32, n, k int) { LogSoftmaxDx(o[0], i[0], i[1], i[2], n, 1, k) }},
		{name: "softmax s", outs: "r", ins: "ee", call: func(o, i [][]float32, n, k int) { SoftmaxS(o[0], i[0], i[1], n, 1, k) }},
		{name: "softmax dx", outs: "e", ins: "ere", call: func(o, i [][]float32, n, k int) { SoftmaxDx(o[0], i[0], i[1], i[2], n, 1, k) }},
		{name: "cross entropy", outs: "r", ins: "e", unit: true, classes: true, call: func(o, i [][]float32, n, k int) {
			CrossEntropy(o[0], i[0], classOf(n, k), n, 1, k)
		}},
		{name: "cross entropy dp", outs: "e", ins: "er", unit: true, classes: true, leaf: true, call: func(o, i [][]float32, n, k int) {
			CrossEntropyDp(o[0], i[0], classOf(n, k), i[1], n, 1, k)
		}},
		{name: "softmax cross entropy", outs: "re", ins: "e", classes: true, call: func(o, i [][]float32, n, k int) {
			SoftmaxCrossEntropy(o[0], o[1], i[0], classOf(n, k), n, 1, k)
		}},
		{name: "softmax cross entropy dz", outs: "e", ins: "er", classes: true, call: func(o, i [][]float32, n, k int) {
			SoftmaxCrossEntropyDz(o[0], classOf(n, k), i[0], i[1], n, 1, k)
		}},
		{name: "cross entropy of positions", outs: "o", ins: "e", unit: true, classes: true, call: func(o, i [][]float32, t, k int) {
			CrossEntropy(o[0], i[0], classOf(t, k), min(t, 1), t, k)
		}},
		{name: "softmax cross entropy of positions", outs: "oe", ins: "e", classes: true, call: func(o, i [][]float32, t, k int) {
			SoftmaxCrossEntropy(o[0], o[1], i[0], classOf(t, k), min(t, 1), t, k)
		}},
		elementwise("clip", func(y, g []float32, n, s int) { Clip(y, g, n*s, 0.7) }),
		{name: "clip norm squares", outs: "o", ins: "e", call: func(o, i [][]float32, n, s int) {
			if n > 0 {
				ClipNormSquares(o[0], i[0], n*s, 0.7)
			}
		}},
		{name: "clip norm", outs: "e", ins: "e", leaf: true, call: func(o, i [][]float32, n, s int) {
			ClipNorm(o[0], i[0], []float32{2}, n*s, 0.7)
		}},
		{name: "softmax of columns", outs: "ess", ins: "e", call: func(o, i [][]float32, n, s int) { softmaxColumns(o, i[0], n, s, infinity) }},
		{name: "softmax of a triangle", outs: "ess", ins: "e", call: func(o, i [][]float32, n, s int) { softmaxColumns(o, i[0], n, s, 1) }},
		{name: "column slopes", outs: "e", ins: "ees", call: func(o, i [][]float32, n, s int) {
			vecColumnSlopes(o[0], i[0], i[1], i[2], n, s, s, 0.3)
		}},
		{name: "sgd", outs: "e", ins: "ee", leaf: true, call: func(o, i [][]float32, n, s int) { Sgd(o[0], i[0], i[1], n*s, 0.1, 0, 1) }},
		{name: "sgd with decay", outs: "e", ins: "ee", leaf: true, call: func(o, i [][]float32, n, s int) { Sgd(o[0], i[0], i[1], n*s, 0.1, 0.03, 1) }},
		{name: "momentum", outs: "ee", ins: "eee", leaf: true, call: func(o, i [][]float32, n, s int) {
			Momentum(o[0], o[1], i[0], i[1], i[2], n*s, 0.1, 0.9, 0.03, 1)
		}},
		{name: "nesterov", outs: "ee", ins: "eee", leaf: true, call: func(o, i [][]float32, n, s int) {
			Nesterov(o[0], o[1], i[0], i[1], i[2], n*s, 0.1, 0.9, 0.03, 1)
		}},
		{name: "rmsprop", outs: "ee", ins: "eee", leaf: true, call: func(o, i [][]float32, n, s int) {
			Rmsprop(o[0], o[1], i[0], i[1], i[2], n*s, 0.1, 0.99, 1e-8, 0.03, 1)
		}},
		{name: "adagrad", outs: "ee", ins: "eee", leaf: true, call: func(o, i [][]float32, n, s int) {
			Adagrad(o[0], o[1], i[0], i[1], i[2], n*s, 0.1, 1e-10, 0.03, 1)
		}},
		{name: "adam", outs: "eee", ins: "eeee", leaf: true, call: func(o, i [][]float32, n, s int) {
			Adam(o[0], o[1], o[2], i[0], i[1], i[2], i[3], []int64{3}, n*s, 0.01, 0.9, 0.999, 1e-8)
		}},
		{name: "adamw", outs: "eee", ins: "eeee", leaf: true, call: func(o, i [][]float32, n, s int) {
			Adamw(o[0], o[1], o[2], i[0], i[1], i[2], i[3], []int64{1000}, n*s, 0.01, 0.9, 0.999, 1e-8, 0.1, 1)
		}},
	}
	return append(list, normSubjects()...)
}
