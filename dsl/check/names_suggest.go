package check

import "strings"

// maxCompared caps the pairs of names that one check measures, so that a file
// full of unknown names stays quick.
const maxCompared = 200_000

// suggest returns the candidate nearest to name by Damerau-Levenshtein
// distance, or "" where none lies within about a third of its length. A name
// that differs in case only is nearest of all.
func (c *checker) suggest(name string, candidates []string) string {
	target := []rune(name)
	best, nearest := "", min(max(1, (len(target)+1)/3), len(target)-1)+1
	for _, candidate := range candidates {
		r := []rune(candidate)
		switch {
		case candidate == name:
			continue
		case strings.EqualFold(candidate, name):
			return candidate
		case abs(len(r)-len(target)) >= nearest+1 || len(r) > 64:
			continue
		}
		if c.compared++; c.compared > maxCompared {
			break
		}
		d := editDistance(target, r)
		if d < nearest || d == nearest && best != "" && candidate < best {
			best, nearest = candidate, d
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// editDistance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b.
func editDistance(a, b []rune) int {
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
