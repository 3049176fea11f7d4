package golang

import (
	"go/parser"
	"go/token"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func TestCommentLine(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                  "// plain",
		"ends */ func main() {}": "// ends */ func main() {}",
		"two\nlines":             "// two lines",
		"two\r\nlines":           "// two  lines",
		"+build ignore":          "// (+build ignore)",
		"  go:build ignore":      "// go:build ignore",
		"//go:embed secret":      "// //go:embed secret",
		"nul\x00bell\x07bad\xff": "// nulbellbad",
		"\u2028line\u0085breaks": "// line breaks",
		"\ufeffmark":             "// mark",
		"":                       "//",
		" \t ":                   "//",
	} {
		require.Equal(t, want, commentLine(text), "%q", text)
	}
}

// No text in a spec's comments can change what the generated file means.
func TestCommentsStayComments(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	parts := []string{"*/", "/*", "//", "\n", "\r", "\x00", "\u2028", "`", "\"", "package x", "+build", "go:build", "#", "\t", "é", "\xff", "}", "-", " ", "* "}
	for range 300 {
		var b strings.Builder
		for range r.Intn(12) {
			b.WriteString(parts[r.Intn(len(parts))])
		}
		doc := []string{b.String(), b.String()}
		src := diag.NewSource("fuzz.cat", "object A")
		a := &category.Object{Name: "A", Doc: doc, Span: diag.Span{Src: src, End: 1}, Type: category.NewReal()}
		files, _, err := Generate(&category.Category{Name: "fuzz", Doc: doc, Source: src, Objects: []*category.Object{a}}, Options{})
		require.NoError(t, err, "%q", doc)
		for _, f := range files {
			require.True(t, utf8.Valid(f.Content))
			parsed, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Content, parser.ParseComments)
			require.NoError(t, err, "%q", doc)
			require.Len(t, parsed.Decls, 6, "%q:\n%s", doc, f.Content) // import, handshake, sets, type, constructor, decoder
		}
	}
}
