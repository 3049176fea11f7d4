package check

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// lines writes one line for each of 0 … n-1.
func lines(n int, format string, args func(i int) []any) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+"\n", args(i)...)
	}
	return b.String()
}

// Chains and cycles of declarations may be as long as a file holds them: no
// stack overflows, a cycle is one error with its path, and a chain is none,
// whatever its order.
func TestLongChains(t *testing.T) {
	n := 5_000
	if os.Getenv("CTGEN_FULL") != "" {
		n = 100_000
	}
	down := func(i int) []any { return []any{i + 1, i} }
	up := func(i int) []any { return []any{i, i + 1} }
	round := func(i int) []any { return []any{i, (i + 1) % n} }
	arrows := "" // what calls others unfolds, which has a bound of its own
	if n > maxOperations {
		arrows = "CT1011"
	}
	shown := fmt.Sprintf("A11 → … %d more … → A0", n-12)
	for _, c := range []struct{ name, text, fault, message string }{
		{"objects", "object A0\n" + lines(n-1, "object A%d = A%d", down), "", ""},
		{"objects, the last first", lines(n-1, "object A%d = A%d", up) + fmt.Sprintf("object A%d", n-1), "", ""},
		{"dims, the last first", lines(n-1, "dim A%d = A%d", up) + fmt.Sprintf("dim A%d = 3", n-1), "", ""},
		{"arrows, the last first", "object X\n" + lines(n-1, "arrow A%d = A%d", up) + fmt.Sprintf("arrow A%d: X -> X", n-1), arrows, "unfolds"},
		{"cycle of objects", lines(n, "object A%d = A%d", round), "CT0207", shown},
		{"cycle of dims", lines(n, "dim A%d = A%d", round), "CT0207", shown},
		{"cycle of arrows", lines(n, "arrow A%d = A%d", round), "CT0207", shown},
		{"records within records", "object A0\n" + lines(n-1, "object A%d = { a: A%d }", down), "CT1001", "nested more than 200 levels"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, list := Check(diag.NewSource("chain.cat", c.text), Options{})
			require.Less(t, time.Since(start), time.Minute)
			if c.fault == "" {
				require.Empty(t, list.All())
				return
			}
			require.Equal(t, 1, list.Len())
			require.Equal(t, diag.Code(c.fault), list.All()[0].Code)
			require.Contains(t, list.All()[0].Message, c.message)
			require.LessOrEqual(t, len(list.All()[0].Labels), maxElsewhere)
		})
	}
}

// Declarations that lead into one another without an end are refused before
// the stack is.
func TestDeclarationsTooDeep(t *testing.T) {
	next := func(i int) []any { return []any{i, i + 1} }
	texts := []string{lines(75_000, "dim a%d = a%d + 1", next)}
	if os.Getenv("CTGEN_FULL") != "" { // seconds and a gigabyte each
		texts = append(texts,
			lines(120_000, "arrow a%d = a%d", next),
			lines(80_000, "arrow a%d(x: R) -> R { a%d(x) }", next),
			lines(120_000, "object a%d = { a: a%d }", next),
			lines(40, "arrow a%d = a%d"+strings.Repeat(" >> a", 6_000), next))
	}
	for _, text := range texts {
		_, list := Check(diag.NewSource("deep.cat", text), Options{})
		require.Contains(t, codesOf(list), diag.CT1001)
	}
}

func codesOf(list *diag.List) []diag.Code {
	var codes []diag.Code
	for _, d := range list.All() {
		codes = append(codes, d.Code)
	}
	return codes
}

// What doubles with every line stays small, or is refused, in good time.
func TestDoubling(t *testing.T) {
	double := func(i int) []any { return []any{i + 1, i, i} }
	once := func(i int) []any { return []any{i + 1, i} }
	for _, c := range []struct {
		name, text string
		codes      []diag.Code
	}{
		{"products", "object A0\n" + lines(60, "object A%d = A%d * A%d", double), []diag.Code{diag.CT1007}},
		{"records", "object A0\n" + lines(60, "object A%d = { a: A%d, b: A%d }", double), []diag.Code{diag.CT1007}},
		{"powers", "object A0\n" + lines(60, "object A%d = A%d ^ 1000", once), []diag.Code{diag.CT1007}},
		{"copies in one term", "object X\narrow f: X -> X = " + strings.Repeat("copy >> ", 60) + "first", []diag.Code{diag.CT1007}},
		{"copies in a tuple", "object X\narrow f: X -> X = (id" + strings.Repeat(", id", 2000) + ") >> first", []diag.Code{diag.CT1007}},
		{"copies, line by line", "object X\narrow a0: X -> X\n" + lines(60, "arrow a%d = a%d >> copy", once), []diag.Code{diag.CT1007}},
		{"calls under grad", "object X\nobject P = { w: R }\narrow a0: X -> X\n" + lines(60, "arrow a%d = a%d >> a%d", double) +
			"arrow p: X -> X given P\narrow g = grad (a60 >> p)", []diag.Code{diag.CT1011}},
		{"shared calls under grad", "object X\nobject P = { w: R }\narrow a0: X -> X given P\n" +
			lines(60, "arrow a%d = share (a%d >> a%d)", double) + "arrow g = grad a60", []diag.Code{diag.CT1011}},
		{"repetitions of repetitions", "object X\narrow a0: X -> X\n" + lines(60, "arrow a%d = repeat[1000] a%d", once), []diag.Code{diag.CT1011}},
		{"names that nothing declares", lines(20_000, "object Abcdefg%d\narrow f%d: Abcdefh%d -> Abcdefi%d", func(i int) []any { return []any{i, i, i, i} }), []diag.Code{diag.CT0203}},
		{"one name that nothing declares", lines(20_000, "arrow f%d: Abc -> Abd", func(i int) []any { return []any{i} }), []diag.Code{diag.CT0203}},
		{"dims", "dim A = 1000000000000000000\ndim B = 2000000000\ndim C = B * B\ndim D = B + B\ndim E = (0 - B) * B\nobject T = R[B, B, B]",
			[]diag.Code{diag.CT0402, diag.CT1007}},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, list := Check(diag.NewSource("double.cat", c.text), Options{})
			require.Less(t, time.Since(start), 20*time.Second)
			codes := codesOf(list)
			slices.Sort(codes)
			require.Equal(t, c.codes, slices.Compact(codes))
		})
	}
}
