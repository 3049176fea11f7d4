package golang

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// added are declarations that have nothing to do with those around them: some
// that become functions and methods, one with loops of its own, and some with
// plans, a trainer and predictors.
const added = `object Zeta      = R[3]
object Zig       = R[3]
object ZetaLoss  = R in [0, inf)
object ZetaScore = R
object Zap       = { weight: R[3], bias: R }
arrow zig: Zeta -> Zig = std.tanh
arrow zag: Zig -> Zeta = std.relabel
arrow zigzag = zig >> zag
arrow zed: Zeta -> Zig {
    means   y[i] = 3 * x[i]
    reverse dx[i] = 3 * dy[i]
}
arrow zap: Zeta -> ZetaScore given Zap = std.affine
arrow zeta_loss: ZetaScore * ZetaScore -> ZetaLoss = std.squared_error
arrow zeta_measure = zap * id >> zeta_loss
endo zeta_step on Adam[Zap] = grad zeta_measure >> adam(rate: 0.1)
`

// citation is a place in the specification; those below an insertion move.
var citation = regexp.MustCompile(`[A-Za-z0-9_]+\.cat:\d+( < \d+)*|(, line |// line )\d+`)

var oneImport = regexp.MustCompile(`(?m)^import (".*")$`)

// TestGenerationIsLocal adds unrelated declarations in front of each
// declaration of a specification in turn (of few, in the short form), and
// requires that no line changes, moves or goes, but for the places that lines
// cite, and that an import among others stands in a block.
func TestGenerationIsLocal(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.cat")
	require.NoError(t, err)
	more, err := filepath.Glob("../../specs/*.cat")
	require.NoError(t, err)
	everywhere := os.Getenv("CTGEN_FULL") != ""
	for _, p := range append(paths, more...) {
		data, err := os.ReadFile(p)
		require.NoError(t, err)
		name := filepath.Base(p)
		text := string(data)
		before := linesOf(t, name, text)
		places := declarationStarts(text)
		for i, at := range places {
			if i != len(places)/2 && !(everywhere && i%5 == 0) {
				continue
			}
			after := linesOf(t, name, text[:at]+added+text[at:])
			for file, lines := range before {
				missing := subtract(lines, after[file])
				for _, l := range missing {
					t.Errorf("%s, inserted at %d: %s loses or moves %q", name, at, file, l)
				}
			}
		}
	}
}

// declarationStarts are the offsets at which a declaration begins a line.
func declarationStarts(text string) []int {
	var all []int
	for _, m := range regexp.MustCompile(`(?m)^(object|arrow|endo|law|data|train|dim) `).FindAllStringIndex(text, -1) {
		at := m[0]
		for at > 0 { // its comment is part of it
			line := strings.LastIndexByte(text[:at-1], '\n') + 1
			if !strings.HasPrefix(text[line:], "//") {
				break
			}
			at = line
		}
		all = append(all, at)
	}
	return all
}

func linesOf(t *testing.T, name, text string) map[string][]string {
	c, diags := check.Check(diag.NewSource(name, text), check.Options{})
	require.NotNil(t, c, "%s %v\n%s", name, diags.All(), text)
	files, _, err := Generate(c, Options{Checked: true})
	require.NoError(t, err)
	lines := map[string][]string{}
	for _, f := range files {
		text := citation.ReplaceAllString(string(f.Content), "PLACE")
		lines[f.Name] = strings.Split(oneImport.ReplaceAllString(text, "\t$1"), "\n")
	}
	return lines
}

// subtract returns the lines of before that after does not hold in their
// order, taking those that it does as early as they come.
func subtract(before, after []string) (missing []string) {
	at := 0
	for _, l := range before {
		n := at
		for n < len(after) && after[n] != l {
			n++
		}
		if n == len(after) {
			missing = append(missing, l)
			continue
		}
		at = n + 1
	}
	return missing
}
