package golang

import (
	"slices"
	"strings"
)

// importBlock prints imports as Go programmers write them: the standard
// library first, then a blank line and the rest, each in order. The lines are
// those of a block; a line may be there more than once.
func importBlock(lines []string) string {
	path := func(line string) string {
		_, path, _ := strings.Cut(line, `"`)
		return path
	}
	lines = slices.Clone(lines)
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(path(a), path(b)) })
	lines = slices.Compact(lines)
	var standard, others []string
	for _, line := range lines {
		if first, _, _ := strings.Cut(path(line), "/"); strings.Contains(first, ".") {
			others = append(others, line)
		} else {
			standard = append(standard, line)
		}
	}
	switch {
	case len(lines) == 0:
		return ""
	case len(lines) == 1:
		return "\nimport " + strings.TrimSpace(lines[0]) + "\n"
	case len(standard) > 0 && len(others) > 0:
		standard = append(standard, "")
	}
	return "\nimport (\n" + strings.Join(append(standard, others...), "\n") + "\n)\n"
}
