package syntax

import (
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/internal/mutant"
)

var comment = regexp.MustCompile(`//[^\n]*`)

// Of a file in which several declarations are broken, one token each, every
// fault is reported inside its declaration, and the rest is the tree that it
// was. Of two broken neighbours the second may lie in what is skipped of the
// first, where the token that was lost is its keyword: below one in twenty.
func TestSeveralBrokenDeclarations(t *testing.T) {
	rounds := 20
	if os.Getenv("CTGEN_FULL") != "" {
		rounds = 300
	}
	r := rand.New(rand.NewPCG(3, 1))
	broken, reported, inside, sound, kept, spare := 0, 0, 0, 0, 0, 0
	for _, path := range specs(t) {
		decls := mutant.Declarations(comment.ReplaceAllString(read(t, path), "")) // documentation moves with its neighbours
		for range rounds {
			parts, faulty := make([]string, len(decls)), map[int]bool{}
			copy(parts, decls)
			for range 1 + len(decls)/5 {
				i := r.IntN(len(decls))
				if m := breakOne(r, decls[i]); m != "" && !faulty[i] {
					parts[i], faulty[i] = m, true
				}
			}
			file, ds := parse(strings.Join(parts, ""))
			lines := lineOf(parts)
			found := map[int]bool{}
			for _, d := range ds {
				at := lines[d.Span.Src.Position(d.Span.Start).Line]
				if !faulty[at] || found[at] {
					spare++
				}
				found[at] = true
			}
			trees := map[string]int{}
			for _, d := range file.Decls {
				trees[dump(&File{Decls: []Decl{d}})]++
			}
			for i, part := range parts {
				if faulty[i] {
					broken++
					if found[i] {
						inside++
					}
					continue
				}
				alone, _ := parse(strings.Repeat("\n", strings.Count(strings.Join(parts[:i], ""), "\n")) + part)
				for _, d := range alone.Decls {
					sound++
					if tree := dump(&File{Decls: []Decl{d}}); trees[tree] > 0 {
						trees[tree]--
						kept++
					}
				}
			}
			reported += len(ds)
		}
	}
	t.Logf("%d declarations broken: %d diagnostics, %d declarations with one inside, %d diagnostics too many; of %d sound declarations %d are in the tree as they were",
		broken, reported, inside, spare, sound, kept)
	require.GreaterOrEqual(t, inside*20, broken*19)
	require.LessOrEqual(t, spare*50, broken)
	require.GreaterOrEqual(t, kept*100, sound*99)
}

// breakOne returns decl with one token changed so that it does not parse, or
// "" where no try does that.
func breakOne(r *rand.Rand, decl string) string {
	for range 20 {
		for _, m := range mutant.Some(r, decl, mutant.Kinds[r.IntN(len(mutant.Kinds))], 1) {
			if _, ds := parse(m.Text); len(ds) == 1 {
				return m.Text
			}
		}
	}
	return ""
}

// lineOf says for each line, from 1, which part it belongs to.
func lineOf(parts []string) map[int]int {
	of, line := map[int]int{}, 1
	for i, part := range parts {
		n := strings.Count(part, "\n")
		for range n {
			of[line] = i
			line++
		}
		of[line] = i
	}
	return of
}
