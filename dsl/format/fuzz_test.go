package format_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
)

// FuzzFormat: formatting never panics; what has a syntax error is refused and
// said why; all else keeps its tokens, its comments, its tree and what the
// checker says about it, and is the same when it is formatted again.
func FuzzFormat(f *testing.F) {
	for _, path := range specifications(f, "../..") {
		text, err := os.ReadFile(path)
		require.NoError(f, err)
		f.Add(string(text))
	}
	for _, text := range odd {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var diags diag.List
		out, ok := format.Source(diag.NewSource("f.cat", text), &diags)
		if !ok {
			require.NotZero(t, diags.Len())
			require.Empty(t, out)
			return
		}
		holds(t, text)
		require.Equal(t, codes(text), codes(out), "codes of\n%s\nas\n%s", text, out)
	})
}

// odd are texts in which layout is at its limits.
var odd = []string{
	"",
	"// only\r\n//\ta comment\t \r\n\r\n",
	"\uFEFFobject A",
	"object A object B // of B",
	"// of A\nobject A object B",
	"category c category d",
	"arrow f(x: A) -> A { r = g(x) // c\n (r, x) }",
	"arrow f(x: A) -> A { (x) }",
	"arrow f(x: A) -> A { (x)\n}",
	"arrow f(x: A) -> A { r = (x) r } // c",
	"arrow f = g\n(h)",
	"arrow f = hand implements\n(g)",
	"arrow f = hand implements .w",
	"arrow f // c\n: // d\nA -> B // e\n\n\n= // f\n\n// g\nh",
	"object A = {\n\n// a\n\na: {\nb: B,\n\n\nc: C },\n// c\n}",
	"object A = R[a*b,(4+D)/2^n-1] in {\n-1/2, inf }",
	"train t {\n} // c",
	"train t { // c\n\n\n\n// d\n\n}",
	"train t { a: 1 b: 2 }",
	"train t { a: 1, b: c, d }",
	"data d: A * B from csv \"{ // no comment\" { A: column 1 }",
	"arrow p: A -> B { partial means y = x[2*i+1]- -1 keeps x, // c\n y reverse // d\n dx = 1 // e\n dy' = 2 }",
	"law l: f = g within -1",
	"law l: f = g within within",
	"endo e on (A) given { a: A } with (b = -1/2,) = f . w . x(a: 1)(y given z)",
	"arrow f = map[List] (g) >> repeat[2*n] (h) * id[A * B](x) + - 1 . w",
	"arrow größe: 日本 -> B = f\narrow g: A -> B = h",
}
