package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSpecPages requires of the page of each specification that what it quotes
// stands there: block by block, apart from what `…` leaves out.
func TestSpecPages(t *testing.T) {
	pages, err := filepath.Glob("../../docs/specs/*.md")
	require.NoError(t, err)
	index, err := os.ReadFile("../../docs/specs/README.md")
	require.NoError(t, err)
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".md")
		if name == "README" {
			continue
		}
		require.Contains(t, string(index), "]("+name+".md)")
		spec := specOf(t, name)
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		quoted := 0
		for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
			if block[1] != "cat" {
				continue
			}
			quoted++
			for _, part := range strings.Split(block[2], "…\n") {
				require.Contains(t, spec, part, "%s quotes what is not in the spec", page)
			}
		}
		require.NotZero(t, quoted, "%s shows nothing of its spec", page)
	}
}

func specOf(t *testing.T, name string) string {
	for _, path := range []string{name + ".cat", name + "/" + name + ".cat"} {
		if text, err := os.ReadFile("../../specs/" + path); err == nil {
			return string(text)
		}
	}
	t.Fatalf("there is no specification %s", name)
	return ""
}
