package check

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

var words = regexp.MustCompile(`[A-Za-z_0-9.]+|\s+|[^\sA-Za-z_0-9]`)

// Specs that almost work reach deeper than random text: words of the example
// specs are dropped, doubled, swapped and replaced by one another.
func TestMutatedSpecs(t *testing.T) {
	specs, err := filepath.Glob("../../specs/*.cat")
	require.NoError(t, err)
	texts := []string{train("step: open, on: rows, rate: 0.5, report: accuracy of predict"), holed}
	for _, file := range specs {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	rounds := 100
	if os.Getenv("CTGEN_FULL") != "" {
		rounds = 1000
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range texts {
		whole := words.FindAllString(text, -1)
		for range rounds {
			w := slices.Clone(whole)
			for range 1 + r.IntN(3) {
				i, j := r.IntN(len(w)), r.IntN(len(w))
				switch r.IntN(4) {
				case 0:
					w[i] = ""
				case 1:
					w[i] = w[j]
				case 2:
					w[i], w[j] = w[j], w[i]
				default:
					w[i] += " " + w[i]
				}
			}
			mutant := strings.Join(w, "")
			require.NotPanics(t, func() {
				cat, list := Check(diag.NewSource("mutant.cat", mutant), Options{Vet: true, Docs: true})
				require.Equal(t, list.HasErrors(), cat == nil)
				cat, list = Check(diag.NewSource("mutant.cat", mutant), Options{Holes: true})
				require.Equal(t, list.HasErrors(), cat == nil)
				Find(diag.NewSource("mutant.cat", mutant), "A * B", "A", 3, Options{})
			}, mutant)
		}
	}
}
