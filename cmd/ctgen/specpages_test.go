package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSpecPages requires of the page of each specification that what it quotes
// stands there, line by line, however it is laid out.
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
			for _, line := range strings.Split(block[2], "\n") {
				if line = words(line); line != "…" {
					require.Contains(t, words(spec), line, "%s quotes what is not in the spec", page)
				}
			}
		}
		require.NotZero(t, quoted, "%s shows nothing of its spec", page)
	}
}

// specOf is the text of a specification, with those that lie in its folder.
func specOf(t *testing.T, name string) string {
	paths, err := filepath.Glob("../../specs/" + name + "/*.cat")
	require.NoError(t, err)
	if paths == nil {
		paths = []string{"../../specs/" + name + ".cat"}
	}
	all := ""
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		all += string(text)
	}
	return all
}

// words is text without its layout.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }
