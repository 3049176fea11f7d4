package kernel_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

// vectors are named tensors: inputs, outputs, cotangents.
type vectors map[string][]float64

// rule is a primitive with its reverse, at one shape.
type rule struct {
	name    string
	in, out map[string]int // sizes of differentiable inputs and of outputs
	unit    bool           // inputs are drawn from (0, 1)
	forward func(v vectors)
	reverse map[string]func(v vectors) // assigns v["d"+input]
}

const n, s = 3, 4

func rules() []rule {
	classes := []int32{2, 0, 1, 3, 1, 0}
	one := func(name string, f func(y, x []float64, n, s int), dx func(v vectors), unit bool) rule {
		return rule{name: name, in: map[string]int{"x": n * s}, out: map[string]int{"y": n * s}, unit: unit,
			forward: func(v vectors) { f(v["y"], v["x"], n, s) }, reverse: map[string]func(vectors){"x": dx}}
	}
	two := func(name string, unit bool, f func(y, a, b []float64, n, s int), da, db func(v vectors)) rule {
		return rule{name: name, in: map[string]int{"a": n * s, "b": n * s}, out: map[string]int{"y": n}, unit: unit,
			forward: func(v vectors) { f(v["y"], v["a"], v["b"], n, s) }, reverse: map[string]func(vectors){"a": da, "b": db}}
	}
	const in, out = 5, 6
	affine := func(name string, f func(y, x, w, b []float64, n, t, i, o int), dz func(dz, y, dy []float64, n, t, i, o int),
		dx, dw func(d, a, b []float64, n, t, i, o int), db func(d, dz []float64, n, t, i, o int)) rule {
		through := func(v vectors) []float64 {
			if dz == nil {
				return v["dy"]
			}
			z := make([]float64, n*2*out)
			dz(z, v["y"], v["dy"], n, 2, in, out)
			return z
		}
		return rule{name: name, in: map[string]int{"x": n * 2 * in, "w": out * in, "b": out}, out: map[string]int{"y": n * 2 * out},
			forward: func(v vectors) { f(v["y"], v["x"], v["w"], v["b"], n, 2, in, out) },
			reverse: map[string]func(vectors){
				"x": func(v vectors) { dx(v["dx"], v["w"], through(v), n, 2, in, out) },
				"w": func(v vectors) { dw(v["dw"], v["x"], through(v), n, 2, in, out) },
				"b": func(v vectors) { db(v["db"], through(v), n, 2, in, out) },
			}}
	}
	return []rule{
		one("relu", kernel.Relu[float64], func(v vectors) { kernel.ReluDx(v["dx"], v["y"], v["dy"], n, s) }, false),
		one("leaky relu", func(y, x []float64, n, s int) { kernel.LeakyRelu(y, x, n, s, 0.1) },
			func(v vectors) { kernel.LeakyReluDx(v["dx"], v["x"], v["dy"], n, s, 0.1) }, false),
		one("softplus", kernel.Softplus[float64], func(v vectors) { kernel.SoftplusDx(v["dx"], v["x"], v["dy"], n, s) }, false),
		one("gelu", kernel.Gelu[float64], func(v vectors) { kernel.GeluDx(v["dx"], v["x"], v["dy"], n, s) }, false),
		one("silu", kernel.Silu[float64], func(v vectors) { kernel.SiluDx(v["dx"], v["x"], v["dy"], n, s) }, false),
		one("sigmoid", kernel.Sigmoid[float64], func(v vectors) { kernel.SigmoidDx(v["dx"], v["y"], v["dy"], n, s) }, false),
		one("tanh", kernel.Tanh[float64], func(v vectors) { kernel.TanhDx(v["dx"], v["y"], v["dy"], n, s) }, false),
		one("exp", kernel.Exp[float64], func(v vectors) { kernel.ExpDx(v["dx"], v["x"], v["y"], v["dy"], n, s) }, false),
		one("log", kernel.Log[float64], func(v vectors) { kernel.LogDx(v["dx"], v["x"], v["dy"], n, s) }, true),
		one("logit", kernel.Logit[float64], func(v vectors) { kernel.LogitDx(v["dx"], v["x"], v["dy"], n, s) }, true),
		one("scale", func(y, x []float64, n, s int) { kernel.Scale(y, x, n, s, 2.5) },
			func(v vectors) { kernel.ScaleDx(v["dx"], v["dy"], n, s, 2.5) }, false),
		one("log softmax", func(y, x []float64, n, s int) { kernel.LogSoftmax(y, x, n, 1, s) }, func(v vectors) {
			sums := make([]float64, n)
			kernel.LogSoftmaxS(sums, v["dy"], n, 1, s)
			kernel.LogSoftmaxDx(v["dx"], v["y"], sums, v["dy"], n, 1, s)
		}, false),
		one("softmax", func(y, x []float64, n, s int) { kernel.Softmax(y, x, n, 1, s) }, func(v vectors) {
			mean := make([]float64, n)
			kernel.SoftmaxS(mean, v["y"], v["dy"], n, 1, s)
			kernel.SoftmaxDx(v["dx"], v["y"], mean, v["dy"], n, 1, s)
		}, false),
		{name: "sum", in: map[string]int{"x": n * s}, out: map[string]int{"y": n},
			forward: func(v vectors) { kernel.Sum(v["y"], v["x"], n, s) },
			reverse: map[string]func(vectors){"x": func(v vectors) { kernel.SumDx(v["dx"], v["dy"], n, s) }}},
		{name: "mean", in: map[string]int{"x": n * s}, out: map[string]int{"y": n},
			forward: func(v vectors) { kernel.Mean(v["y"], v["x"], n, s) },
			reverse: map[string]func(vectors){"x": func(v vectors) { kernel.MeanDx(v["dx"], v["dy"], n, s) }}},
		{name: "mul", in: map[string]int{"a": n * s, "b": n * s}, out: map[string]int{"y": n * s},
			forward: func(v vectors) { kernel.Mul(v["y"], v["a"], v["b"], n, s) },
			reverse: map[string]func(vectors){
				"a": func(v vectors) { kernel.MulDa(v["da"], v["b"], v["dy"], n, s) },
				"b": func(v vectors) { kernel.MulDb(v["db"], v["a"], v["dy"], n, s) }}},
		two("squared distance", false, kernel.SquaredDistance[float64],
			func(v vectors) { kernel.SquaredDistanceDp(v["da"], v["a"], v["b"], v["dy"], n, s) },
			func(v vectors) { kernel.SquaredDistanceDt(v["db"], v["a"], v["b"], v["dy"], n, s) }),
		two("mean squared error", false, kernel.MeanSquaredError[float64],
			func(v vectors) { kernel.MeanSquaredErrorDp(v["da"], v["a"], v["b"], v["dy"], n, s) },
			func(v vectors) { kernel.MeanSquaredErrorDt(v["db"], v["a"], v["b"], v["dy"], n, s) }),
		two("binary cross entropy", true, kernel.BinaryCrossEntropy[float64],
			func(v vectors) { kernel.BinaryCrossEntropyDp(v["da"], v["a"], v["b"], v["dy"], n, s) },
			func(v vectors) { kernel.BinaryCrossEntropyDt(v["db"], v["a"], v["dy"], n, s) }),
		two("sigmoid binary cross entropy", true, func(y, z, t []float64, n, s int) {
			kernel.SigmoidBinaryCrossEntropy(y, make([]float64, n*s), z, t, n, s)
		},
			func(v vectors) {
				g := make([]float64, n*s)
				kernel.SigmoidBinaryCrossEntropy(make([]float64, n), g, v["a"], v["b"], n, s)
				kernel.SigmoidBinaryCrossEntropyDz(v["da"], g, v["dy"], n, s)
			},
			func(v vectors) { kernel.SigmoidBinaryCrossEntropyDt(v["db"], v["a"], v["dy"], n, s) }),
		{name: "squared error", in: map[string]int{"a": n, "b": n}, out: map[string]int{"y": n},
			forward: func(v vectors) { kernel.SquaredError(v["y"], v["a"], v["b"], n) },
			reverse: map[string]func(vectors){
				"a": func(v vectors) { kernel.SquaredErrorDp(v["da"], v["a"], v["b"], v["dy"], n) },
				"b": func(v vectors) { kernel.SquaredErrorDt(v["db"], v["a"], v["b"], v["dy"], n) }}},
		{name: "cross entropy", in: map[string]int{"p": n * 2 * s}, out: map[string]int{"y": n}, unit: true,
			forward: func(v vectors) { kernel.CrossEntropy(v["y"], v["p"], classes, n, 2, s) },
			reverse: map[string]func(vectors){"p": func(v vectors) { kernel.CrossEntropyDp(v["dp"], v["p"], classes, v["dy"], n, 2, s) }}},
		{name: "softmax cross entropy", in: map[string]int{"z": n * 2 * s}, out: map[string]int{"y": n, "q": n * 2 * s},
			forward: func(v vectors) { kernel.SoftmaxCrossEntropy(v["y"], v["q"], v["z"], classes, n, 2, s) },
			reverse: map[string]func(vectors){"z": func(v vectors) { kernel.SoftmaxCrossEntropyDz(v["dz"], classes, v["q"], v["dy"], n, 2, s) }}},
		affine("affine", kernel.Affine[float64], nil, kernel.AffineDx[float64], kernel.AffineDweight[float64], kernel.AffineDbias[float64]),
		affine("affine relu", kernel.AffineRelu[float64], kernel.AffineReluDz[float64], kernel.AffineReluDx[float64], kernel.AffineReluDweight[float64], kernel.AffineReluDbias[float64]),
		affine("affine sigmoid", kernel.AffineSigmoid[float64], kernel.AffineSigmoidDz[float64], kernel.AffineSigmoidDx[float64], kernel.AffineSigmoidDweight[float64], kernel.AffineSigmoidDbias[float64]),
		affine("affine tanh", kernel.AffineTanh[float64], kernel.AffineTanhDz[float64], kernel.AffineTanhDx[float64], kernel.AffineTanhDweight[float64], kernel.AffineTanhDbias[float64]),
	}
}

// Each reverse line is the transpose of the derivative: ⟨dy, Jv⟩ = ⟨dx, v⟩.
func TestReverseRulesAgainstDifferences(t *testing.T) {
	const h = 1e-5
	for _, rl := range append(rules(), normRules()...) {
		t.Run(rl.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, 8))
			for range 10 {
				v := vectors{}
				for name, size := range rl.in {
					v[name] = random(r, size)
					if rl.unit {
						for i := range v[name] {
							v[name][i] = 0.1 + 0.8*r.Float64()
						}
					}
					v["d"+name] = random(r, size) // must be overwritten
				}
				for name, size := range rl.out {
					v[name], v["d"+name] = make([]float64, size), make([]float64, size)
				}
				v["dy"] = random(r, rl.out["y"])
				rl.forward(v)
				for name, rev := range rl.reverse {
					rl.forward(v)
					rev(v)
					dir := random(r, rl.in[name])
					at := v[name]
					side := func(h float64) []float64 {
						moved := make([]float64, len(at))
						for i := range moved {
							moved[i] = at[i] + h*dir[i]
						}
						v[name] = moved
						rl.forward(v)
						return append([]float64(nil), v["y"]...)
					}
					ahead, behind := side(h), side(-h)
					v[name] = at
					slope, said := 0.0, 0.0
					for i, d := range v["dy"] {
						slope += d * (ahead[i] - behind[i]) / (2 * h)
					}
					for i, d := range v["d"+name] {
						said += d * dir[i]
					}
					require.InDelta(t, slope, said, 1e-6*math.Max(1, math.Abs(slope)), "by %s", name)
				}
			}
		})
	}
}
