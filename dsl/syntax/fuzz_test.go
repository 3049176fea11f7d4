package syntax

import (
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func read(t testing.TB, path string) string {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// deadline is how long one text may take; the machine may be busy.
const deadline = 5 * time.Second

// FuzzParse: no text makes the parser panic or hang; every span lies in the
// file and every node within its parent; diagnostics can be drawn in every
// form.
func FuzzParse(f *testing.F) {
	for _, path := range append(specs(f), "testdata/forms.cat") {
		f.Add(read(f, path))
	}
	for _, text := range faulty {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		src := diag.NewSource("f.cat", text)
		var list diag.List
		file := Parse(src, &list)
		checkSpans(t, src, reflect.ValueOf(file), diag.Span{Src: src, Start: 0, End: len(text)})
		for _, d := range list.All() {
			require.True(t, d.Span.Src == src && 0 <= d.Span.Start && d.Span.Start <= d.Span.End && d.Span.End <= len(text))
			require.NotEmpty(t, d.Message)
			require.NotEmpty(t, d.Code)
		}
		require.NoError(t, diag.Text(&strings.Builder{}, list.All(), diag.TextOptions{}))
		require.NoError(t, diag.JSON(io.Discard, list.All()))
		require.NoError(t, diag.SARIF(io.Discard, list.All()))
		require.NoError(t, diag.GitHub(io.Discard, list.All()))
		require.Less(t, time.Since(start), deadline)
	})
}

// checkSpans requires that each span under v lies within outer.
func checkSpans(t *testing.T, src *diag.Source, v reflect.Value, outer diag.Span) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() && v.Type() != reflect.TypeFor[*diag.Source]() && v.Type() != reflect.TypeFor[*diag.Diagnostic]() {
			checkSpans(t, src, v.Elem(), outer)
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkSpans(t, src, v.Index(i), outer)
		}
	case reflect.Struct:
		if s, ok := v.Interface().(diag.Span); ok {
			if s == (diag.Span{}) {
				return // of a part that is not there
			}
			require.True(t, s.Src == src && outer.Start <= s.Start && s.Start <= s.End && s.End <= outer.End, "%v outside %v", s, outer)
			return
		}
		if f := v.FieldByName("Span"); f.IsValid() {
			if s := f.Interface().(diag.Span); s.Known() {
				checkSpans(t, src, f, outer)
				outer = s
			}
		}
		for i := range v.NumField() {
			checkSpans(t, src, v.Field(i), outer)
		}
	}
}

func TestSpansNest(t *testing.T) {
	for _, path := range append(specs(t), "testdata/forms.cat") {
		src := diag.NewSource(path, read(t, path))
		checkSpans(t, src, reflect.ValueOf(Parse(src, &diag.List{})), diag.Span{Src: src, End: len(src.Text)})
	}
}

// FuzzLex: tokens and comments cover a text in order, and nothing but space
// lies between them.
func FuzzLex(f *testing.F) {
	f.Add("a(b\n(c) 1..64 1.5e-3 0x1 \"s\\\"\" \"t\n' // c\r\n日 →")
	f.Add("3e 3e+ 1.e5 .5 == => >>>= ..")
	f.Fuzz(func(t *testing.T, text string) {
		lex, err := definition{}.Lex("f", strings.NewReader(text))
		require.NoError(t, err)
		tokens, err := lexer.ConsumeAll(lex)
		require.NoError(t, err)
		gaps := []byte(text)
		blank := func(at, n int) {
			for i := at; i < at+n; i++ {
				gaps[i] = ' '
			}
		}
		last := -1
		for _, tok := range tokens {
			at := tok.Pos.Offset
			require.Greater(t, at, last)
			require.Equal(t, text[at:at+len(tok.Value)], tok.Value)
			require.Equal(t, 1+strings.Count(text[:at], "\n"), tok.Pos.Line)
			blank(at, len(tok.Value))
			last = at + len(tok.Value) - 1
		}
		for _, c := range lex.(*scanner).comments {
			blank(c.Span.Start, c.Span.End-c.Span.Start)
		}
		require.Empty(t, strings.Trim(strings.TrimPrefix(string(gaps), bom), " \t\r\n"))
	})
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"f(x)\n(y)":        "Name Open Name Punct Punct Name Punct",
		"1..64":            "Number Punct Number",
		"1.5e-3 2E+4 3e5":  "Number Number Number",
		"3e 0x1 1_0 3D":    "BadNumber BadNumber BadNumber BadNumber",
		"data datum in":    "Keyword Name Keyword",
		`"a\"b" "c`:        "String BadString",
		"a'[s] >= >> == =": "Name Punct Punct Name Punct Punct Punct Punct Punct",
		"größe σ_1 _":      "Name Name Name",
		"# ;":              "Odd Odd",
		"f >>? ":           "Name Punct Punct",
		"日本":               "Name",
	} {
		byKind := lexer.SymbolsByRune(definition{})
		scan := newScanner(diag.NewSource("t", text))
		var got []string
		for {
			tok, _ := scan.Next()
			if tok.EOF() {
				break
			}
			got = append(got, byKind[tok.Type])
		}
		require.Equal(t, want, strings.Join(got, " "), text)
	}
}

func BenchmarkParse(b *testing.B) {
	decl := "// A layer.\nobject Layer1 = { weight: R[Hidden, 64], bias: R[Hidden] }\n" +
		"arrow layer1: Image -> Activation given Layer1 = std.affine\n" +
		"arrow classify: Image -> Distribution given Network = layer1 >> relu >> layer2(rate: 0.1) * id >> softmax\n"
	text := strings.Repeat(decl, 1000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var list diag.List
		if file := Parse(diag.NewSource("b.cat", text), &list); len(file.Decls) != 3000 || list.Len() > 0 {
			b.Fatal("the benchmark does not parse")
		}
	}
}
