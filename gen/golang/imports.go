package golang

import (
	"bytes"
	"strings"
)

// groupImports parts the import block of formatted source as Go programmers
// do: the standard library first, then a blank line and the rest. jennifer
// sorts all imports into one group.
func groupImports(src []byte) []byte {
	const open, shut = "\nimport (\n", "\n)\n"
	before, rest, found := bytes.Cut(src, []byte(open))
	if !found {
		return src
	}
	block, after, found := bytes.Cut(rest, []byte(shut))
	if !found {
		return src
	}
	var standard, others []string
	for _, line := range strings.Split(string(block), "\n") {
		_, path, _ := strings.Cut(line, `"`)
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			others = append(others, line)
		} else {
			standard = append(standard, line)
		}
	}
	if len(standard) > 0 && len(others) > 0 {
		standard = append(standard, "")
	}
	lines := strings.Join(append(standard, others...), "\n")
	return bytes.Join([][]byte{before, []byte(open), []byte(lines), []byte(shut), after}, nil)
}
