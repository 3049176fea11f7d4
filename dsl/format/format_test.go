package format_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
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
	pages, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
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

// holds requires of a sound text what formatting promises.
func holds(t testing.TB, text string) {
	t.Helper()
	out := source(t, text)
	require.Equal(t, out, source(t, out), "formatted twice, from\n%s", text)
	before, after := parse(text), parse(out)
	require.Equal(t, syntax.Tokens(whole(before)), syntax.Tokens(whole(after)), "tokens of\n%s", text)
	require.Equal(t, comments(before), comments(after), "comments of\n%s", text)
	require.Equal(t, tree(before), tree(after), "the tree of\n%s\nas\n%s", text, out)
	for i, line := range strings.SplitAfter(out, "\n") {
		blank := line == "\n"
		require.Equal(t, strings.TrimRight(line, " \t\r\n"), strings.TrimSuffix(line, "\n"), "line %d ends with space", i+1)
		require.False(t, blank && (i == 0 || strings.HasSuffix(out, "\n\n")), "a blank line at an end of\n%s", out)
	}
	require.NotContains(t, out, "\n\n\n")
	require.True(t, out == "" || strings.HasSuffix(out, "\n"))
}

func parse(text string) *syntax.File {
	return syntax.Parse(diag.NewSource("f.cat", text), &diag.List{})
}

func whole(f *syntax.File) diag.Span { return diag.Span{Src: f.Source, End: len(f.Source.Text)} }

// comments lists the comments with the number of tokens before each, and
// whether it stands alone on its line.
func comments(f *syntax.File) []string {
	tokens := syntax.Scan(f.Source)
	var all []string
	n, at := 0, len(f.Source.Text)-len(strings.TrimPrefix(f.Source.Text, "\uFEFF"))
	for _, c := range f.Comments {
		for ; n < len(tokens) && tokens[n].Start < c.Span.Start; n++ {
			at = tokens[n].End
		}
		alone := n == 0 || strings.Contains(f.Source.Text[at:c.Span.Start], "\n")
		all = append(all, fmt.Sprintf("%d %v %s", n, alone, strings.TrimRight(c.Span.Text(), " \t\r")))
	}
	return all
}

// tree prints a file without its places.
func tree(f *syntax.File) string {
	var b strings.Builder
	g := *f
	g.Source, g.Comments = nil, nil
	show(&b, reflect.ValueOf(g))
	return b.String()
}

func show(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil")
			return
		}
		show(b, v.Elem())
	case reflect.Slice:
		b.WriteString("[")
		for i := range v.Len() {
			show(b, v.Index(i))
			b.WriteString(" ")
		}
		b.WriteString("]")
	case reflect.Struct:
		b.WriteString(v.Type().Name() + "{")
		for i := range v.NumField() {
			if v.Field(i).Type() != reflect.TypeFor[diag.Span]() {
				show(b, v.Field(i))
				b.WriteString(" ")
			}
		}
		b.WriteString("}")
	default:
		fmt.Fprintf(b, "%#v", v.Interface())
	}
}

// codes returns the codes of what the checker says about text.
func codes(text string) []diag.Code {
	_, diags := check.Check(diag.NewSource("f.cat", text), check.Options{Holes: true})
	var all []diag.Code
	for _, d := range diags.All() {
		all = append(all, d.Code)
	}
	return all
}
