package syntax

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func names(file *File) string {
	var all []string
	for _, d := range file.Decls {
		all = append(all, d.DeclName().Text)
	}
	return strings.Join(all, " ")
}

func broken(file *File) string {
	var all []string
	for _, n := range file.Broken {
		all = append(all, n.Text)
	}
	return strings.Join(all, " ")
}

func faults(ds []diag.Diagnostic) string {
	var all []string
	for _, d := range ds {
		p := d.Span.Src.Position(d.Span.Start)
		all = append(all, fmt.Sprintf("%d:%d %s", p.Line, p.Column, d.Code))
	}
	return strings.Join(all, ", ")
}

// A fault costs its own declaration and nothing else.
func TestRecovery(t *testing.T) {
	for _, c := range []struct{ name, text, sound, broken, faults string }{
		{"several faults",
			"object A\nobject B = R[3\nobject C\narrow f A -> B\narrow g: A -> C\ndim = 3\nlaw l: f = g\n",
			"A C g l", "B f", "2:15 CT0105, 4:9 CT0101, 6:5 CT0101"},
		{"open brace swallows no declaration",
			"object A = {\n  a: R,\nobject B\ntrain fit {\n  step: s\nobject C",
			"B C", "A fit", "2:8 CT0105, 5:10 CT0105"},
		{"keywords as fields are no declarations",
			"object A = {\n  data: R,\n  object: R\n  law: R\n}\nobject B",
			"B", "A", "4:3 CT0101"},
		{"keywords within a line do not stop the skipping",
			"object A = = object X\nobject B", "B", "A", "1:12 CT0101"},
		{"text before the first declaration",
			"neuron\nstuff\nobject A", "A", "neuron", "1:1 CT0107"},
		{"text between declarations",
			"object A\nobjekt B\nobject C", "A C", "objekt B", "2:1 CT0107"},
		{"misspelt, misplaced and mixed up",
			"arow f: A -> B given P\narrow (g A -> B\nh arrow: A -> A\n[ k: A -> C = m\nobject Z", "Z", "arow f B P g h k", "1:1 CT0107, 2:7 CT0101"},
		{"fault in the last line", "object A\narrow f =", "A", "f", "2:10 CT0101"},
		{"odd characters", "object A;\nobject B\narrow f: A → B\nobject C", "B C", "A f", "1:9 CT0103, 3:12 CT0103"},
		{"a declaration without its keyword costs not the one before it",
			"object A = R\nB = R[2]\nobject C\n D in [0, 1]\narrow f(x: A) -> A { x }\nfit { on: d }",
			"A C f", "B D fit", "2:1 CT0107, 4:2 CT0107, 6:1 CT0107"},
		{"a slip in the middle of a declaration does",
			"arrow f: A -> B\n  gven P\nobject C", "C", "f P", "2:3 CT0101"},
		{"a keyword in place of a word of the line",
			"object A = R dim [0, 1]\nobject B", "B", "A", "1:18 CT0101"},
		{"no name", "object = R\narrow : A -> B\ndim }", "", "R", "1:8 CT0101, 2:7 CT0101, 3:5 CT0101"},
		{"nothing but faults", "= = =\n{ } [", "", "", "1:1 CT0107"},
		{"empty", "", "", "", ""},
		{"a comment only", "// nothing", "", "", ""},
		{"two declarations on one line", "object A object B", "A B", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, ds := parse(c.text)
			require.Equal(t, c.sound, names(file))
			require.Equal(t, c.broken, broken(file))
			require.Equal(t, c.faults, faults(ds))
		})
	}
}

// Removing any one token of a specification costs at most the declarations
// whose tokens it touches, gives at most one diagnostic for each, and never
// moves a diagnostic out of the file.
func TestEveryTokenRemoved(t *testing.T) {
	for _, path := range specs(t) {
		text := read(t, path)
		whole, _ := parse(text)
		scan := newScanner(diag.NewSource("t", text))
		for {
			tok, err := scan.Next()
			require.NoError(t, err)
			if tok.EOF() {
				break
			}
			at := tok.Pos.Offset
			file, ds := parse(text[:at] + strings.Repeat(" ", len(tok.Value)) + text[at+len(tok.Value):])
			require.GreaterOrEqual(t, len(file.Decls), len(whole.Decls)-2, "%s without %s", path, tok)
			require.LessOrEqual(t, len(ds), 2, "%s without %s", path, tok)
		}
	}
}

func TestFilesThatAreNotText(t *testing.T) {
	for _, c := range []struct{ name, text, fault string }{
		{"NUL", "object A\nob\x00ject", "2:3 CT0102"},
		{"latin 1", "object A\n// gr\xf6\xdfe", "2:6 CT0102"},
		{"UTF-16 little endian", "\xff\xfeo\x00b\x00", "1:1 CT0102"},
		{"UTF-16 big endian", "\xfe\xff\x00o", "1:1 CT0102"},
		{"too large", strings.Repeat(" ", MaxFile+1), "1:1 CT1002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, ds := parse(c.text)
			require.Equal(t, c.fault, faults(ds))
			require.Empty(t, file.Decls)
		})
	}
}

func TestByteOrderMarkAndCarriageReturns(t *testing.T) {
	plain := "// Doc.\ncategory c\n\n// Of A.\nobject A = R // aside\narrow f: A -> B {\n means y = 1\n}\nobject = 3\n"
	want, wantFaults := parse(plain)
	got, gotFaults := parse(bom + strings.ReplaceAll(plain, "\n", "\r\n"))
	require.Equal(t, faults(wantFaults), faults(gotFaults))
	require.Equal(t, dump(want), dump(got))
	require.Equal(t, []string{"Doc."}, got.Doc)
}

// Whatever is nested or repeated without end is refused in good time.
func TestLimits(t *testing.T) {
	const n = 100_000
	many := func(s string) string { return strings.Repeat(s, n) }
	for _, c := range []struct {
		name, text string
		code       diag.Code
	}{
		{"parentheses of a type", "object A = " + many("("), diag.CT1001},
		{"closed parentheses of a type", "object A = " + many("(") + "B" + many(")"), diag.CT1001},
		{"brackets", "object A = " + many("A["), diag.CT1001},
		{"records", "object A = " + many("{a:"), diag.CT1001},
		{"tangents", "object A = " + many("tangent ") + "B", diag.CT1001},
		{"tuples", "arrow f = " + many("("), diag.CT1001},
		{"prefixes", "arrow f = " + many("grad "), diag.CT1001},
		{"calls", "arrow f = " + many("f(x,"), diag.CT1001},
		{"record terms", "arrow f = " + many("{a:"), diag.CT1001},
		{"expressions", "arrow f: A -> B { means y = " + many("("), diag.CT1001},
		{"signs", "arrow f: A -> B { means y = " + many("-"), diag.CT1001},
		{"powers", "arrow f: A -> B { means y = x" + many("^x"), diag.CT1003},
		{"indices", "arrow f: A -> B { means y = " + many("x["), diag.CT1001},
		{"sums of sums", "arrow f: A -> B { means y = " + many("sum i: "), diag.CT1001},
		{"operators of types", "dim A = 1" + many("+1"), diag.CT1003},
		{"compositions", "arrow f = g" + many(">>g"), diag.CT1003},
		{"projections", "arrow f = g" + many(".a"), diag.CT1003},
		{"labels", "arrow f = g" + many(" as a"), diag.CT1003},
		{"operators of expressions", "arrow f: A -> B { means y = 1" + many("+1"), diag.CT1003},
		{"digits of a dimension", "dim A = " + many("1"), diag.CT1009},
		{"digits of a constant", "object A = R in [0, 0." + many("1") + "]", diag.CT1009},
		{"digits of an expression", "arrow f: A -> B { means y = " + many("1") + "}", diag.CT1009},
		{"faults", many("object A =\n"), diag.CT1010},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, ds := parse(c.text)
			require.Less(t, time.Since(start), 20*time.Second)
			require.NotEmpty(t, ds)
			require.Equal(t, c.code, ds[len(ds)-1].Code, ds[len(ds)-1].Message)
			require.LessOrEqual(t, len(ds), maxFaults+1)
		})
	}
}

// Long but flat declarations are none of these.
func TestNoLimitOnLength(t *testing.T) {
	product := "arrow f = (g" + strings.Repeat(", g", 30_000) + ") * h" + strings.Repeat(" * h", 30_000)
	file, ds := parse(product + "\n" + strings.Repeat("object A\n", 30_000))
	require.Empty(t, ds)
	require.Len(t, file.Decls, 30_001)
}
