package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestConcepts requires of each row of the table of concepts that the line of
// the spec, the line of Go and the test stand in the files that it links.
func TestConcepts(t *testing.T) {
	page, err := os.ReadFile("../../docs/concepts.md")
	require.NoError(t, err)
	place := regexp.MustCompile("^\\[`([^`]+)`\\]\\(([^)]+)\\)$")
	rows := 0
	for _, line := range strings.Split(string(page), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) != 4 || strings.HasPrefix(line, "| concept") {
			require.False(t, strings.HasPrefix(line, "| ") && len(cells) != 4, "a row has four cells: %s", line)
			continue
		}
		rows++
		for i, kind := range []string{"a line of a spec", "a line of Go", "a test"} {
			m := place.FindStringSubmatch(strings.TrimSpace(cells[i+1]))
			require.NotNil(t, m, "%s: %s is [`text`](file), not %s", cells[0], kind, cells[i+1])
			text, err := os.ReadFile(filepath.Join("../../docs", m[2]))
			require.NoError(t, err)
			require.Contains(t, string(text), strings.ReplaceAll(m[1], "¦", "|"), "%s: %s has no such line", cells[0], m[2])
			switch i {
			case 0:
				require.Contains(t, m[2], ".cat")
			case 1:
				require.Regexp(t, `^\.\./generated/.*\.go$`, m[2])
			case 2:
				require.Regexp(t, `^func (Test|Example)`, m[1])
				require.Contains(t, m[2], "_test.go")
			}
		}
	}
	require.GreaterOrEqual(t, rows, 24)
}
