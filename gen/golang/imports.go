package golang

import (
	"slices"
	"strings"
)

// importBlock prints imports as Go programmers write them: the standard
// library first, then a blank line and the rest, each in order. The lines are
// those of a block; a line may be there more than once. Of paths that begin as
// those of the standard library do, others are none of it.
func importBlock(lines []string, others func(path string) bool) string {
	path := func(line string) string {
		_, path, _ := strings.Cut(line, `"`)
		return path
	}
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(path(a), path(b)) })
	lines = slices.Compact(lines)
	var standard, rest []string
	for _, line := range lines {
		p := strings.TrimSuffix(path(line), `"`)
		if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") || others(p) {
			rest = append(rest, line)
		} else {
			standard = append(standard, line)
		}
	}
	switch {
	case len(lines) == 0:
		return ""
	case len(lines) == 1:
		return "\nimport " + strings.TrimSpace(lines[0]) + "\n"
	case len(standard) > 0 && len(rest) > 0:
		standard = append(standard, "")
	}
	return "\nimport (\n" + strings.Join(append(standard, rest...), "\n") + "\n)\n"
}
