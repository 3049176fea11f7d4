package spelling

import "strings"

// longest is the length from which on candidates are not measured.
const longest = 64

// Nearest returns the candidate nearest to word by Damerau-Levenshtein
// distance, or "" where none lies within about a third of its length. One
// that differs in case only is nearest of all. Every pair measured costs one
// of budget; with none left, nothing is found.
func Nearest(word string, candidates []string, budget *int) string {
	target := []rune(word)
	best, nearest := "", min(max(1, (len(target)+1)/3), len(target)-1)+1
	for _, candidate := range candidates {
		r := []rune(candidate)
		switch {
		case candidate == word:
			continue
		case strings.EqualFold(candidate, word):
			return candidate
		case max(len(r)-len(target), len(target)-len(r)) > nearest || len(r) > longest:
			continue
		}
		if *budget <= 0 {
			break
		}
		*budget--
		d := distance(target, r)
		if d < nearest || d == nearest && best != "" && candidate < best {
			best, nearest = candidate, d
		}
	}
	return best
}

// distance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
