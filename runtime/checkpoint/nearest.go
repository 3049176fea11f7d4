package checkpoint

import "github.com/ctgen-lang/ctgen/runtime/internal/edits"

// pairs bounds how many names are compared for one error.
const pairs = 10000

// nearest is the candidate that differs from name in the fewest letters, "" where
// none is within a third of its length. Every pair costs one of budget.
func nearest(name string, candidates []string, budget *int) string {
	best, least := "", len(name)/3+1
	for _, c := range candidates {
		if *budget--; *budget < 0 {
			break
		}
		if len(c) > 200 || len(name) > 200 {
			continue
		}
		if d := edits.Distance([]rune(name), []rune(c)); d < least {
			best, least = c, d
		}
	}
	return best
}
