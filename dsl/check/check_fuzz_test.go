package check

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// FuzzCheck holds for any text: no panic and no hang, a category exactly where
// there is no error, and diagnostics that lie in the file and can be drawn in
// every form.
func FuzzCheck(f *testing.F) {
	specs := soundSpecs(f)
	for _, file := range keys(specs) {
		f.Add(specs[file])
	}
	for _, seed := range []string{
		train("step: open, on: rows, rate: 0.5, batch: full, report: accuracy of predict, mse"),
		"dim A = B * (2 - A)\ndim B = A / 0\nobject X = R[A, B] in simplex",
		"object A = { a: A ^ 3 init normal(-1/0), b: tangent Adam[A] }\nobject B = A in {0, inf}",
		"object A\narrow f(x: A, y: A) -> A * A given (w: A) {\n r, s = (x, y)\n (s, f(r, x given { w: w }))\n}",
		"object A\narrow f: A -> A given P = share (repeat[3] (f as g) + map[List] id * swap)\nlaw l: grad f = f exactly",
		"object A\narrow p: R[..s] -> R[..s] with (k: R in (0, 1] = 0.5) {\n means y[s] = k * sum i: x[i]\n reverse dx[s] = dy[s]\n keeps x, y\n}",
		"object A // ctgen:allow CT1101, ct9 because\n// ctgen:x\ndim n = 2\narrow f(A: A) -> A { A = A\n _ = A\n A }\nlaw l: f = id >> f",
		holed,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		start := time.Now()
		cat, list := Check(diag.NewSource("fuzz.cat", text), Options{Set: map[string]int{"Hidden": 3}, Vet: true})
		require.Equal(t, list.HasErrors(), cat == nil)
		noted, notes := Check(diag.NewSource("fuzz.cat", text), Options{Set: map[string]int{"Hidden": 3}, Vet: true, Holes: true})
		require.Equal(t, notes.HasErrors(), noted == nil)
		require.Equal(t, list.Len(), notes.Len())
		all := append(list.All(), notes.All()...)
		for _, form := range []func(io.Writer, []diag.Diagnostic) error{
			func(w io.Writer, ds []diag.Diagnostic) error { return diag.Text(w, ds, diag.TextOptions{}) },
			diag.JSON, diag.SARIF, diag.GitHub,
		} {
			require.NoError(t, form(io.Discard, all))
		}
		require.Less(t, time.Since(start), 5*time.Second) // the machine may be busy
		for _, d := range all {
			require.NotEmpty(t, d.Code)
			for _, span := range append([]diag.Span{d.Span}, labelSpans(d.Labels)...) {
				if span.Known() {
					require.LessOrEqual(t, 0, span.Start)
					require.LessOrEqual(t, span.Start, span.End)
					require.LessOrEqual(t, span.End, len(span.Src.Text))
				}
			}
		}
	})
}

// holed has holes in every place that takes one.
const holed = workshop + `
arrow x1: A * B -> C = ? * id >> h
arrow x2: V -> A given L2 = repeat[2] (? as w) >> share (dense >> ?) >> ?.weight
arrow x3(v: V, a: A) -> A { w, z = (?, ?(a))
 p = (? as q)(w given ?) + dense(?(rate: 1)(v))
 head(p) + ? }
arrow x4 = (x1, ?) >> map ? + id * ?
endo e1 on L2 = grad (x2 >> ?) >> ?
endo e2 on Adam[L2] given Rate = grad (? >> size) >> adam
law l1: ? >> x1 = h
data d: A * B from csv "d.csv" { A: column 1, B: column 2 }
train t1 { step: e1, on: d, report: accuracy of x4 }
`

func labelSpans(labels []diag.Label) []diag.Span {
	var out []diag.Span
	for _, l := range labels {
		out = append(out, l.Span)
	}
	return out
}
