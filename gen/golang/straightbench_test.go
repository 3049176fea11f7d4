package golang_test

import (
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// logisticText is logistic regression with d inputs, perceptronText a
// perceptron with one hidden layer.
const (
	logisticText = `category logistic%[1]d
object X = R[%[1]d]
object Z = R
object P = R in [0, 1]
object T = R in {0, 1}
object L = R in [0, inf)
object W = { weight: R[%[1]d], bias: R }
object Rate = R in (0, inf)
arrow affine: X -> Z given W = std.affine
arrow sigmoid: Z -> P = std.sigmoid
arrow bce: P * T -> L = std.binary_cross_entropy
arrow measure = (affine >> sigmoid) * id >> bce
endo step on W given Rate = grad measure >> sgd
`
	perceptronText = `category mlp%[1]dx%[2]dx%[3]d
object X = R[%[1]d]
object H = R[%[2]d]
object S = R[%[3]d]
object P = R[%[3]d] in simplex
object C = Fin[%[3]d]
object L = R in [0, inf)
object A = { weight: R[%[2]d, %[1]d], bias: R[%[2]d] }
object B = { weight: R[%[3]d, %[2]d], bias: R[%[3]d] }
object Rate = R in (0, inf)
arrow up: X -> H given A = std.affine
arrow relu: H -> H = std.relu
arrow down: H -> S given B = std.affine
arrow softmax: S -> P = std.softmax
arrow ce: P * C -> L = std.cross_entropy
arrow measure: X * C -> L given M = (up >> relu >> down >> softmax) * id >> ce
endo step on M given Rate = grad measure >> sgd
`
)

// BenchmarkStraight writes a package of benchmarks, runs it, and logs the time
// of a step as straight lines and as calls of kernels.
func BenchmarkStraight(b *testing.B) {
	var steps []straightStep
	add := func(text string) {
		c := load(b, "bench.cat", text)
		files, p, ok, err := golang.Straight(c, "step")
		require.NoError(b, err)
		require.True(b, ok, c.Name)
		steps = append(steps, straightStep{name: c.Name, plan: p, files: files})
	}
	for _, d := range []int{1, 2, 4, 8, 16, 30} {
		add(fmt.Sprintf(logisticText, d))
	}
	for _, s := range [][3]int{{2, 4, 2}, {4, 8, 3}, {8, 16, 4}} {
		add(fmt.Sprintf(perceptronText, s[0], s[1], s[2]))
	}
	const n = 256
	dir := straightProgram(b, steps)
	path := "github.com/ctgen-lang/ctgen/gen/golang/" + filepath.ToSlash(dir)
	var imports, table strings.Builder
	r := rand.New(rand.NewSource(1))
	for _, s := range steps {
		fmt.Fprintf(&imports, "%q\n", path+"/"+s.name)
		each, once := flops(s.plan)
		fmt.Fprintf(&table, "{%q, %s.Epoch, %d, %d, %s},\n", s.name, s.name, each, once, literal(drawStraight(r, s.plan, n)))
	}
	require.NoError(b, os.WriteFile(filepath.Join(dir, "bench_test.go"), fmt.Appendf(nil, straightBenchText, imports.String(), table.String(), n), 0o666))
	out, err := exec.Command("go", "test", "-run", "xxx", "-bench", ".", "-benchtime", "200ms", "./"+filepath.ToSlash(dir)).CombinedOutput()
	require.NoError(b, err, "%s", out)
	fmt.Printf("%s", out) // a log would be cut
}

// flops counts what the equations of a plan compute for one example, and for
// one batch.
func flops(p *plan.Plan) (each, once int) {
	for i := range p.Ops {
		if p.Ops[i].Once {
			once += p.Flops(&p.Ops[i])
		} else {
			each += p.Flops(&p.Ops[i])
		}
	}
	return each, once
}

func literal(args [][]float64) string {
	var b strings.Builder
	b.WriteString("[][]float64{")
	for _, arg := range args {
		b.WriteString("{")
		for _, v := range arg {
			fmt.Fprintf(&b, "%v,", v)
		}
		b.WriteString("},")
	}
	b.WriteString("}")
	return b.String()
}

const straightBenchText = `package main

import (
	"fmt"
	"testing"
	"time"
%s)

var steps = []struct {
	name       string
	epoch      func(bool, int, int, [][]float64) func()
	each, once int
	args       [][]float64
}{
%s}

func BenchmarkStep(b *testing.B) {
	const n = %d
	for _, s := range steps {
		for _, batch := range []int{1, 32} {
			for _, straight := range []bool{true, false} {
				b.Run(fmt.Sprintf("%%s/batch=%%d/straight=%%t", s.name, batch, straight), func(b *testing.B) {
					f := s.epoch(straight, n, batch, s.args)
					fastest := time.Hour // of all epochs: others use the machine too
					for b.Loop() {
						start := time.Now()
						f()
						fastest = min(fastest, time.Since(start))
					}
					step := float64(fastest.Nanoseconds()) / n * float64(batch)
					b.ReportMetric(step, "ns/step")
					b.ReportMetric(float64(s.each*batch+s.once)/step, "flops/ns")
				})
			}
		}
	}
}
`
