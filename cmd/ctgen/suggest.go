package main

import "github.com/ctgen-lang/ctgen/internal/spelling"

// didYouMean names the candidate nearest to word, or is empty where none is
// near.
func didYouMean(word string, candidates []string) string {
	budget := len(candidates)
	best := spelling.Nearest(word, candidates, &budget)
	if best == "" {
		return ""
	}
	return "; did you mean " + quote(best) + "?"
}
