package format_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// source formats text, which must be sound as far as its grammar goes.
func source(t testing.TB, text string) string {
	var diags diag.List
	out, ok := format.Source(diag.NewSource("f.cat", text), &diags)
	for _, d := range diags.All() {
		t.Log(d.Span, d.Message)
	}
	require.True(t, ok, "%.2000s", text)
	return out
}

// TestGolden formats the .in files of testdata.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.in")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			golden := strings.TrimSuffix(path, ".in") + ".golden"
			got := source(t, string(text))
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), got)
			holds(t, string(text))
		})
	}
}

// TestFaultyTextIsLeftAlone requires that a text with a syntax error is
// refused, with the diagnostics of the parser.
func TestFaultyTextIsLeftAlone(t *testing.T) {
	for text, want := range map[string]string{
		"object  A =\nobject B":  "f.cat:1:12 CT0101",
		"object  A\n# no":        "f.cat:2:1 CT0103",
		"object A\ncategory c":   "f.cat:2:1 CT0109",
		"object \x00":            "f.cat:1:8 CT0102",
		"category a category b ": "f.cat:1:12 CT0109",
	} {
		var diags diag.List
		out, ok := format.Source(diag.NewSource("f.cat", text), &diags)
		assert.False(t, ok, text)
		assert.Empty(t, out, text)
		var got []string
		for _, d := range diags.All() {
			got = append(got, d.Span.String()+" "+string(d.Code))
		}
		assert.Equal(t, want, strings.Join(got, "; "), text)
	}
}

// A text whose layout would be larger than a specification may be is not
// laid out.
func TestSizeIsBounded(t *testing.T) {
	defer format.SetMaxText(format.SetMaxText(1000))
	fields := strings.Repeat("a:A,\n", 100)
	var diags diag.List
	out, ok := format.Source(diag.NewSource("f.cat", "object A={b:{c:\n{"+fields+"}\n}\n}"), &diags)
	require.False(t, ok)
	require.Empty(t, out)
	require.Equal(t, diag.CT1002, diags.All()[0].Code)
}

// Nesting and long neighbours make a text larger by a bounded factor only.
func TestGrowthIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"nesting": "arrow f = " + strings.Repeat("(\n", 150) + strings.Repeat("a,\n", 10_000) + "b" + strings.Repeat("\n)", 150),
		"columns": strings.Repeat("object A = R\n", 5000) + longer(500),
	} {
		require.Less(t, len(source(t, text)), 25*len(text), name)
	}
}

// longer declares n objects, each with a longer name than the one before.
func longer(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "object %s = R\n", strings.Repeat("a", 1+8*i))
	}
	return b.String()
}

// specifications returns the paths of all .cat files under root, hidden
// folders aside.
func specifications(t testing.TB, root string) []string {
	var paths []string
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && filepath.Ext(path) == ".cat":
			paths = append(paths, path)
		}
		return nil
	}))
	require.NotEmpty(t, paths)
	return paths
}

// TestRepositoryIsFormatted requires that every .cat file of the repository
// is in canonical layout.
func TestRepositoryIsFormatted(t *testing.T) {
	for _, path := range specifications(t, "../..") {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		if strings.ReplaceAll(string(text), "\r\n", "\n") != source(t, string(text)) {
			t.Errorf("%s is in another layout; run `go run ./cmd/ctgen fmt -w .`", path)
		}
	}
}

// TestDocumentationIsFormatted requires it of the blocks of the pages too,
// but those with syntax errors. With -update it makes them so.
func TestDocumentationIsFormatted(t *testing.T) {
	var pages []string
	for _, pattern := range []string{"../../docs/*.md", "../../docs/*/*.md"} {
		some, err := filepath.Glob(pattern)
		require.NoError(t, err)
		pages = append(pages, some...)
	}
	seen := 0
	for _, path := range append(pages, "../../README.md") {
		page, err := os.ReadFile(path)
		require.NoError(t, err)
		text := strings.ReplaceAll(string(page), "\r\n", "\n")
		formatted := catBlock.ReplaceAllStringFunc(text, func(block string) string {
			head, body, _ := strings.Cut(block, "\n")
			body = strings.TrimSuffix(body, "```\n")
			var out strings.Builder
			archive := txtar.Parse([]byte(body))
			for i, part := range append([]txtar.File{{Data: archive.Comment}}, archive.Files...) {
				if i > 0 {
					fmt.Fprintf(&out, "-- %s --\n", part.Name)
				}
				got, ok := format.Source(diag.NewSource(path, string(part.Data)), &diag.List{})
				if !ok {
					got = string(part.Data)
				}
				out.WriteString(got)
			}
			seen++
			if out.String() != body {
				assert.True(t, *update, "%s: a block is in another layout; `go test ./dsl/format -update` writes it so:\n%s", path, out.String())
			}
			return head + "\n" + out.String() + "```\n"
		})
		if *update && formatted != text {
			require.NoError(t, os.WriteFile(path, []byte(formatted), 0o644))
		}
	}
	require.Greater(t, seen, 15)
}

var catBlock = regexp.MustCompile("(?ms)^```cat[^\n]*\n.*?^```\n")

// The design's own specifications lie in shared/design/specs beside the
// checkout where it is at hand.
func TestDesignSpecs(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/design/specs/*.cat")
	require.NoError(t, err)
	if len(paths) == 0 {
		t.Skip("there is no shared/design/specs beside this checkout")
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		holds(t, string(text))
	}
}
