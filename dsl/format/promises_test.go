package format_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

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
