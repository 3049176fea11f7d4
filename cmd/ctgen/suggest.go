package main

import "github.com/ctgen-lang/ctgen/internal/spelling"

// didYouMean names the candidate nearest to word, or is empty where none is
// near.
func didYouMean(word string, candidates []string) string {
	best := nearest(word, candidates)
	if best == "" {
		return ""
	}
	return "; did you mean " + quote(best) + "?"
}

// nearest is the candidate nearest to word, or "" where none is near.
func nearest(word string, candidates []string) string {
	budget := len(candidates)
	return spelling.Nearest(word, candidates, &budget)
}
