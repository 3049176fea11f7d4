package laws

import (
	"math/rand"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/stretchr/testify/require"
)

var word = regexp.MustCompile(`[A-Za-z_0-9.']+|[^\sA-Za-z_0-9]`)

// Whatever the checker lets pass, the interpreter can run: words of the
// standard library are exchanged, doubled or dropped at random, and every
// primitive that is still accepted is computed in both directions.
func TestWhatChecksRuns(t *testing.T) {
	rounds := 150
	if os.Getenv("CTGEN_FULL") != "" {
		rounds = 2500
	}
	rnd := rand.New(rand.NewSource(5))
	originals, _ := check.Std()
	ran := 0
	for range rounds {
		change := ""
		prims, _ := check.CheckStd(func(name, text string) string {
			if strings.Contains(name, "optimizers") {
				return text
			}
			places := word.FindAllStringIndex(text, -1)
			a, b := places[rnd.Intn(len(places))], places[rnd.Intn(len(places))]
			old := text[a[0]:a[1]]
			put := [3]string{text[b[0]:b[1]], old + " " + old, ""}[rnd.Intn(3)]
			change += name + ": " + old + " became " + put + "\n"
			return text[:a[0]] + put + text[a[1]:]
		})
		for name, d := range prims {
			if len(d.Reverse) == 0 || originals[name] == nil || sameLines(d, originals[name]) || computesIndices(d) {
				continue
			}
			ran++
			// An error is an answer; so is a wrong derivative.
			require.NotPanics(t, func() { _, _ = worstOf(owed[0], d, shapes, uint64(ran), 1) }, "%s\n%s", name, change)
		}
	}
	require.Positive(t, ran)
}

// computesIndices reports whether a line indexes by arithmetic, whose range
// the checker proves only where shapes are known.
func computesIndices(d *category.PrimDecl) (found bool) {
	for _, lines := range [][]category.Equation{d.Means, d.Reverse} {
		for _, l := range lines {
			category.Walk(l.Expr, func(e category.Expr) {
				el, ok := e.(*category.Element)
				if !ok {
					return
				}
				for _, x := range el.Index {
					switch x.(type) {
					case *category.Index, *category.Element:
					default:
						found = true
					}
				}
			})
		}
	}
	return found
}

func sameLines(a, b *category.PrimDecl) bool {
	text := func(d *category.PrimDecl) string {
		out := ""
		for _, lines := range [][]category.Equation{d.Means, d.Reverse} {
			for _, l := range lines {
				out += l.Span.Text() + "\n"
			}
		}
		return out
	}
	return text(a) == text(b)
}
