package check

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// Arrows checked several at once are those checked one by one, and so is what
// is said of faulty ones among them.
func TestLiftAhead(t *testing.T) {
	var b strings.Builder
	b.WriteString("category many\nobject L = { weight: R[4, 4], bias: R[4] }\nobject P = R in [0, 1]\nobject Pair = A0 * A1\n")
	for i := range 40 {
		fmt.Fprintf(&b, "object A%d = R[%d]\n", i, 3+i%2)
	}
	bodies := []string{
		"A%d -> A%d = std.tanh", "A%[3]d -> A%[2]d = std.relabel", "A1 -> A3 given L = std.affine", "A1 -> A5 = std.scale(by: 2)",
		"P -> A%d = std.relabel", "A%d -> Nowhere = std.tanh", "A%d -> A%d = std.tahn", "Pair -> A%d = std.tanh", "(x: A%d) -> A%d { x }",
	}
	for i := range 1200 {
		fmt.Fprintf(&b, "arrow f%d: "+bodies[i%len(bodies)]+"\n", append([]any{i}, []any{(2 * i) % 40, (2*i + 2) % 40}[:strings.Count(bodies[i%len(bodies)], "%")]...)...)
	}
	b.WriteString("arrow twin: A0 -> A2 = std.tanh\narrow twin: A0 -> A1 = std.affine\narrow use: A0 -> A1 = twin >> back\narrow back: A2 -> A0 = std.tanh\n")
	check := func(procs int) ([]diag.Diagnostic, []string) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		c := whole(t, b.String())
		plain := 0
		for _, d := range c.file.Decls {
			if a, ok := d.(*syntax.ArrowDecl); ok && c.plain(a) {
				plain++
			}
		}
		require.GreaterOrEqual(t, plain, manyArrows, "too few to be checked ahead")
		var arrows []string
		for _, a := range c.cat.Arrows {
			arrows = append(arrows, fmt.Sprint(a.Name, " ", a.Kind, " ", a.Dom, " -> ", a.Cod, " given ", a.Given, " ", len(a.Diagram.Nodes), " ", a.Span))
		}
		return c.diags.All(), arrows
	}
	one, arrows := check(1)
	four, ahead := check(4)
	require.Equal(t, arrows, ahead)
	require.NotEmpty(t, arrows)
	require.Equal(t, texts(one), texts(four))
	require.NotEmpty(t, one)
}

func texts(all []diag.Diagnostic) []string {
	var out []string
	for _, d := range all {
		out = append(out, fmt.Sprint(d.Span, " ", d.Code, " ", d.Message, " ", d.Help))
	}
	return out
}

// whole runs all stages over a text and keeps the checker.
func whole(t *testing.T, text string) *checker {
	t.Helper()
	u := Options{}.checked(diag.NewSource("many.cat", text))
	return u.c
}
