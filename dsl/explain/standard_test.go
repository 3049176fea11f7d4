package explain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func TestStandardManualIsFresh(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "std.md")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(StandardMarkdown()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), StandardMarkdown(), "go test ./dsl/explain -run Manual -update writes it anew")
}

// Every primitive and every law of std is found, under a comment of its own.
func TestStandardHoldsEverything(t *testing.T) {
	prims, laws := check.Std()
	names := map[string]bool{}
	for _, topic := range Standard() {
		require.NotEmpty(t, topic.Doc, topic.Name)
		require.NotEmpty(t, topic.Declarations, topic.Name)
		for _, d := range topic.Declarations {
			name := d.Name
			if topic.Name == "lists" && prims[name+"[List]"] != nil { // beside that of one tensor
				name += "[List]"
			}
			require.False(t, names[name], "%s twice", name)
			require.NotEmpty(t, d.Doc, d.Name)
			require.True(t, strings.HasPrefix(d.Text, d.Kind+" "+d.Name), d.Text)
			names[name] = true
		}
	}
	for name := range prims {
		require.True(t, names[name], name)
	}
	for _, law := range laws {
		require.True(t, names[law.Name], law.Name)
	}
}

func TestFindStandard(t *testing.T) {
	for _, word := range []string{"layer_norm", "std.layer_norm", " std.layer_norm"} {
		d, _, ok := FindStandard(word)
		require.True(t, ok, word)
		require.Equal(t, "arrow", d.Kind)
		page := StandardPage(d, diag.TextOptions{})
		require.True(t, strings.HasPrefix(page, "std.layer_norm\n\nEach position's vector"), page)
		require.Contains(t, page, "\n    arrow layer_norm: R[..t, k] -> R[..t, k] given ")
		require.NotContains(t, page, "\x1b")
		require.Contains(t, StandardPage(d, diag.TextOptions{Color: true}), "\x1b[1mstd.layer_norm\x1b[0m")
	}
	_, near, ok := FindStandard("std.layer_nrom")
	require.False(t, ok)
	require.Equal(t, "layer_norm", near)
	_, near, ok = FindStandard("std.Adam")
	require.True(t, ok, near)
}
