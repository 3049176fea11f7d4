package check

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// block is one fenced block of a page: its info string and text.
type block struct {
	info, text string
	line       int
}

func blocks(t *testing.T, page string) []block {
	t.Helper()
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	var out []block
	var open *block
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case open == nil && strings.HasPrefix(line, "```"):
			open = &block{info: strings.TrimPrefix(line, "```"), line: i + 1}
		case open != nil && line == "```":
			out = append(out, *open)
			open = nil
		case open != nil:
			open.text += line + "\n"
		}
	}
	require.Nil(t, open, "a block of %s never closes", page)
	return out
}

// checkBlock checks the specification in a block, the last one where the block
// holds several files under lines `-- layers.cat --`.
func checkBlock(text string, vet bool) (*category.Category, *diag.List) {
	names := txtar.Parse([]byte(text)).Files
	if len(names) == 0 {
		return Check(diag.NewSource("page.cat", text), Options{Vet: vet})
	}
	p, files := folder(text)
	return Check(files[names[len(names)-1].Name], Options{Program: p, Vet: vet})
}

// TestLanguageReference requires of every block of the reference that it is
// sound, or gives the one diagnostic that it is said to give.
func TestLanguageReference(t *testing.T) {
	checked := 0
	for _, b := range append(blocks(t, "../../docs/language.md"), blocks(t, "../../docs/std.md")...) {
		kind, want, _ := strings.Cut(b.info, " ")
		if kind != "cat" {
			continue
		}
		checked++
		t.Run(fmt.Sprintf("line %d", b.line), func(t *testing.T) {
			_, diags := checkBlock(b.text, want == "" || diag.Code(want).IsWarning())
			var codes []string
			for _, d := range diags.All() {
				t.Logf("%s %s %s", d.Code, d.Span, d.Message)
				codes = append(codes, string(d.Code))
			}
			require.Equal(t, want, strings.Join(codes, " "))
		})
	}
	require.Greater(t, checked, 15)
}

// TestStandardLibraryIsListed requires that the reference names every
// standard arrow.
func TestStandardLibraryIsListed(t *testing.T) {
	page, err := os.ReadFile("../../docs/language.md")
	require.NoError(t, err)
	for _, d := range loadStd().prims {
		require.Contains(t, string(page), "`"+d.Name+"`")
	}
}
