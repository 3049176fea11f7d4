package syntax

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// faulty are specifications with one syntax error each, at least one for
// every production.
var faulty = []string{
	"objekt A\nobject B\n",
	"object Logit R\nobject B",
	"object A = \nobject B",
	"object A = R[3\nobject B",
	"object A = {\n a: R,\nobject B",
	"object A = { a R }",
	"object data\n",
	"dim N\ndim M = 3",
	"dim = 3",
	"arrow f: A B\n",
	"arrow f: A -> B gven P = std.x\n",
	"arrow f(x: A -> B { f(x) }",
	"arrow f: A -> B = std.\n",
	"arrow f = g >>\n",
	"arrow f: A -> B = hand implements\n",
	"arrow f: A -> B = hand implements g >>\nobject A",
	"arrow f: A -> B = hand implement g\n",
	"arrow f: A -> B = hand implements g withn 1e-6\n",
	"arrow f: A -> B = hand implements g within\nobject A",
	"arrow f: A -> B = hand implements g within 1e-6 exactly\n",
	"arrow f: A -> B = hand implements g exactly given P\n",
	"endo f on S = hand implements g\n",
	"arrow f = g >> # foo\n",
	"arrow f = g - h\n",
	"arrow f = (g, h\narrow k = l",
	"law l: f = g within\n",
	"law l f = g\n",
	"law l: f\n",
	"endo step Neuron = f\n",
	"data d: A from csv { }",
	"data d: A from csv \"x.csv { \n }\nobject C",
	"data d: A from csv \"x\\y.csv\" { A: column x }",
	"data d: A from csv \"x.csv\" { A: columns 1-3 }",
	"data d: A from idx \"x\" { A: file train }",
	"data d: A from idx \"x\" { A: file \"a\" test b }",
	"data d: A from idx \"x\" { A: file \"a\" test \"b\\c\" }",
	"data d: A from idx \"x\" { A: file \"a\" scaled 3 }",

	"train fit { step step }",
	"train fit step: step",
	"arrow f: A -> B { mean y = x }",
	"arrow f: A -> B { means y[i = x }",
	"arrow f: A -> B { means y[i] = x kernel a kernel b}",
	"arrow f(x: A) -> B { r = g(x) }",
	"arrow f: A -> B = repeat f",
	"dim N = 0x10", "dim N = 3D", "dim N = 1_000", "dim N = 1.5",
	"category a\ncategory b", "object A\ncategory b",
	"object A = R in [0 1]", "object A = R in 0..1",
	"object A = R in [0, 1)\nobject B = R\n = 3\n",
	"arrow f: A -> B = g(rate 0.1)\n", "arrow f: A -> B = g(rate: )\n",
	"arrow", "}", "\"abc", "object A}\nobject B", "object R[3]",
	"object A = 'R'", "arrow f: A → B", "arrow f : A -> B -> C", "object A, B",
	"arrow f given P : A -> B", "arrow f: A -> B with rate", "law name: f == g", "import x",
	"object A = R {",
	"object A = tangent",
	"object A = ..3",
	"object A = R[..]",
	"object A = { a: R b: R }",
	"object A = { a: R init 3 }",
	"object A = R in {0, x y}",
	"object A = R in (0, 1",
	"arrow f = map",
	"arrow f = g as 3",
	"arrow f = g.3",
	"arrow f = { a: g, b }",
	"arrow f = (g, )",
	"arrow f = g(x, )",
	"arrow f = ()",
	"arrow f = ? ?",
	"arrow f: ? -> B",
	"arrow f: A -> B { means y = ? }",
	"arrow f: A -> B with ()",
	"arrow f: A -> B with (a: R = )",
	"arrow f: A -> B given",
	"arrow f(x: A) -> B { }",
	"arrow f(x: A) -> B { a, = g(x) a }",
	"arrow f(x: A) -> B { a, b g(x) }",
	"arrow f: A -> B { keeps x, }",
	"arrow f: A -> B { means y = }",
	"arrow f: A -> B { means y = sum i x[i] }",
	"arrow f: A -> B { means y = sum i, : x[i] }",
	"arrow f: A -> B { means y = x[] }",
	"arrow f: A -> B { means y = 1e999 }",
	"arrow f: A -> B { where n 3 }",
	"arrow f: A -> B { partial partial }",
	"train fit { epochs: }",
	"train fit { report: accuracy of }",
	"data d: A from csv \"x\" { A: columns 1.. }",
	"data d: A from csv \"x\" { A: columns 1..2 scaled 3 }",
	"data d: A from csv \"x\" { A: column 99999999999 }",
	"data d: A from csv \"x\" { A: columns \"a\"..3 }",
	"data d: A from csv \"x\" { A: column 1 scaled to 3 }",
	"data d: A from csv \"x\" { A: column 1 scaled to [0, 1) }",
	"data d: A from csv \"x\" { A: column \"a\" classes }",
	"data d: A from csv \"x\" { A: column 1 classes \"a\\b\" }",
	"data d: A from csv \"c:\\temp\" { }",
	"data d: A from csv \"x\" { split: 80 / }",
	"data d: A from csv \"x\" { split: 80 / 20 stratified A }",
	"data d: A from csv \"x\" { split: 80 / 20 stratified by 3 }",
	"data d: A from csv \"x\" { A }",
	"object A ≤ B",
	"object A = R\u00a0",
	"object \u202eA",
	"object Ä = R;",
}

// TestSyntaxErrors holds what users read against a golden file, and that each
// fault is told once, by a code of its group.
func TestSyntaxErrors(t *testing.T) {
	var b bytes.Buffer
	for _, text := range faulty {
		_, ds := parse(text)
		require.Len(t, ds, 1, "%q", text)
		require.Contains(t, []string{"CT01", "CT10"}, string(ds[0].Code[:4]))
		fmt.Fprintf(&b, "=== %q\n", text)
		require.NoError(t, diag.Text(&b, ds, diag.TextOptions{}))
		b.WriteByte('\n')
	}
	const golden = "testdata/errors.txt"
	if *update {
		require.NoError(t, os.WriteFile(golden, b.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), b.String())
}
