package spelling

import (
	"slices"
	"strings"
)

// Near returns the candidates that word may have been meant to be, at most
// limit of them, the nearest first: Nearest and those that are as near or, where
// that is more than one slip away, hardly further. One that differs in case
// only stands alone. Budget is as in Nearest.
func Near(word string, candidates []string, limit int, budget *int) []string {
	best := Nearest(word, candidates, budget)
	if best == "" || strings.EqualFold(best, word) {
		return slices.DeleteFunc([]string{best}, func(s string) bool { return s == "" })
	}
	type measured struct {
		name     string
		distance int
	}
	target := []rune(word)
	most := distance(target, []rune(best))
	if most > 1 {
		most++
	}
	var near []measured
	for _, candidate := range candidates {
		r := []rune(candidate)
		if candidate == word || max(len(r)-len(target), len(target)-len(r)) > most || len(r) > longest || *budget <= 0 {
			continue
		}
		*budget--
		if d := distance(target, r); d <= most && d < len(target) {
			near = append(near, measured{candidate, d})
		}
	}
	slices.SortFunc(near, func(a, b measured) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return strings.Compare(a.name, b.name)
	})
	near = slices.Compact(near)
	var names []string
	for _, m := range near[:min(limit, len(near))] {
		names = append(names, m.name)
	}
	return names
}
