package bench_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// manyArrows is a specification of n arrows: networks of five arrows and a
// training step each, over the same data.
func manyArrows(n int) string {
	var b strings.Builder
	b.WriteString(`category many

object Input  = R[64]
object Hidden = R[32]
object Scores = R[10]
object Class  = Fin[10]
object Loss   = R in [0, inf)

arrow relu: Hidden -> Hidden = std.relu

`)
	for i := range n / 5 {
		fmt.Fprintf(&b, `object First%[1]d  = { weight: R[32, 64], bias: R[32] }
object Second%[1]d = { weight: R[10, 32], bias: R[10] }

arrow first%[1]d:  Input -> Hidden given First%[1]d   = std.affine
arrow second%[1]d: Hidden -> Scores given Second%[1]d = std.affine
arrow loss%[1]d:   Scores * Class -> Loss = std.softmax_cross_entropy

arrow scores%[1]d: Input -> Scores given Network%[1]d = first%[1]d >> relu >> second%[1]d
arrow measure%[1]d = scores%[1]d * id >> loss%[1]d

endo step%[1]d on Network%[1]d = grad measure%[1]d >> sgd(rate: 0.01)

`, i)
	}
	return b.String()
}

// BenchmarkGenerate is what `ctgen generate` does between reading a
// specification of 1,000 arrows and writing the package.
func BenchmarkGenerate(b *testing.B) {
	text := manyArrows(1000)
	lines, written := strings.Count(text, "\n"), 0
	for b.Loop() {
		c, faults := check.Check(diag.NewSource("many.cat", text), check.Options{})
		require.Zero(b, faults.Len())
		files, _, err := golang.Generate(c, golang.Options{})
		require.NoError(b, err)
		written = 0
		for _, f := range files {
			written += strings.Count(string(f.Content), "\n")
		}
	}
	seconds := b.Elapsed().Seconds() / float64(b.N)
	b.ReportMetric(1000*seconds, "ms")
	b.ReportMetric(float64(lines)/seconds, "lines/s")
	b.ReportMetric(float64(written)/seconds, "Go-lines/s")
}
