package format_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// large is a specification of 10 000 declarations.
func large() string {
	var b strings.Builder
	for i := range 2500 {
		fmt.Fprintf(&b, "// Layer %d.\nobject Layer%d = { weight: R[Hidden, 64], bias: R[Hidden] }  // learnt\n", i, i)
		fmt.Fprintf(&b, "arrow layer%d: Image -> Activation given Layer%d = std.affine\n", i, i)
		fmt.Fprintf(&b, "arrow classify%d: Image -> Distribution given Network = layer1 >> relu >> layer2(rate: 0.1) * id >> softmax\n", i)
		fmt.Fprintf(&b, "arrow cube%d: Stream -> Stream {\n    means y[i] = x[i] * x[i]\n    keeps x\n    reverse dx[i] = 2 * dy[i] * x[i]\n}\n\n", i)
	}
	return b.String()
}

// BenchmarkFormat lays out 10 000 declarations: all of it, and what it takes
// beside reading them.
func BenchmarkFormat(b *testing.B) {
	text := large()
	b.Run("source", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			format.Source(diag.NewSource("f.cat", text), &diag.List{})
		}
	})
	b.Run("file", func(b *testing.B) {
		file := syntax.Parse(diag.NewSource("f.cat", text), &diag.List{})
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			format.File(file)
		}
	})
}

// TestLargeTexts formats texts in which a careless formatter would take long,
// twice. It has no clock; BenchmarkFormat has.
func TestLargeTexts(t *testing.T) {
	const n = 200_000
	for name, text := range map[string]string{
		"comments":     strings.Repeat("// c\n", n) + "object A",
		"long comment": "object A // " + strings.Repeat("c ", 5*n),
		"one line":     "// c\n" + strings.Repeat("object A ", n/4) + "// c",
		"blank lines":  "object A" + strings.Repeat("\n", 10*n) + "object B",
		"one section":  strings.Repeat("object A = R // c\n", n/4),
		"one list":     "arrow f = (" + strings.Repeat("a,\n", n/4) + "b)",
		"one chain":    "arrow f = a" + strings.Repeat("\n>> a // c", 15_000),
		"one body":     "arrow f(x: A) -> A {" + strings.Repeat(" r = f(x) // c\n", 15_000) + "x }",
		"one equation": "arrow f: A -> A { means y = x" + strings.Repeat(" + x[i*2]", 9_000) + "}",
		"sections":     "arrow f: A -> A { " + strings.Repeat(" keeps x means y = x[i]", n/8) + "}",
		"widths":       longer(1500),
	} {
		t.Run(name, func(t *testing.T) {
			out := source(t, text)
			if out != source(t, out) {
				t.Error("formatted twice, it is another text")
			}
		})
	}
}
