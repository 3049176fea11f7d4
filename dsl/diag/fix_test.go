package diag

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestApply(t *testing.T) {
	src, other := NewSource("a.cat", "one two three"), NewSource("b.cat", "one two three")
	at := func(text string) Span { return find(src, text, 0) }
	fix := func(edits ...Edit) Diagnostic { return Diagnostic{Fixes: []Fix{{"", edits}}} }
	for name, c := range map[string]struct {
		ds    []Diagnostic
		want  string
		fixed int
	}{
		"none":                       {[]Diagnostic{{}, fix()}, "one two three", 0},
		"in any order":               {[]Diagnostic{fix(at("three").Replace("3")), fix(at("one").Replace("1"))}, "1 two 3", 2},
		"at both ends":               {[]Diagnostic{fix(at("one").Before("<"), at("three").After(">"))}, "<one two three>", 1},
		"overlapping":                {[]Diagnostic{fix(at("one two").Replace("12")), fix(at("two three").Replace("23"))}, "12 three", 1},
		"touching":                   {[]Diagnostic{fix(at("one").Replace("1")), fix(at("one").After("!"))}, "1 two three", 1},
		"twice at the start":         {[]Diagnostic{fix(at("one").Before("a")), fix(at("one").Before("b"))}, "aone two three", 1},
		"between two of one fix":     {[]Diagnostic{fix(at("one").Replace("1"), at("three").Replace("3")), fix(at("two").Replace("2"))}, "1 two 3", 1},
		"removal":                    {[]Diagnostic{fix(at(" two").Replace(""))}, "one three", 1},
		"of another file":            {[]Diagnostic{fix(find(other, "one", 0).Replace("1"))}, "one two three", 0},
		"half of it in another file": {[]Diagnostic{fix(at("one").Replace("1"), find(other, "two", 0).Replace("2"))}, "one two three", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got, fixed := Apply(src, c.ds)
			require.Equal(t, c.want, got)
			require.Len(t, fixed, c.fixed)
		})
	}
}
