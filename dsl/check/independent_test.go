package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Faults that have nothing to do with one another are all reported in one run,
// each once and at its place, whatever depends on what they spoil. A line that
// ends in a comment `//! code word` has a fault of that code at that word; an
// empty word stands for the end of the line's text.
func TestIndependentFaults(t *testing.T) {
	for name, text := range map[string]string{
		"syntax and meaning": `
category mixed
dim N = 4 +                                        //! CT0101
object Input = R[N]
object Score = R in [1, 0]                         //! CT0505 [1, 0]
object Loss  = R in [0, inf)
object Layer = { weight: R[4], bias: R }
object Wide  = R[8                                 //! CT0105
arrow dense: Input -> Score given Layer = std.affine
arrow rate:  Loss -> Loss = std.sigmoyd            //! CT0204 std.sigmoyd
arrow far:   Loss -> Loss = rate >> dense >> nope  //! CT0203 nope
object Left  = R[2]
object Plain = R
arrow line:  Left -> Plain given Layer2 = std.affine //! CT0203 Layer2
object Right = { weight: R[2], bais: R }           //! CT0401 bais
arrow same: Left -> Plain given Right = std.affine
law l: rate = rate withn 3                         //! CT0101 withn
`,
		"one declaration spoils many": `
object A = R[Widht]                                //! CT0203 Widht
object B = { a: A, b: A }
object C = A * B
arrow f: A -> B
arrow g: B -> C given B
arrow h = f >> g >> f
arrow k(x: A) -> C { g(f(x)) }
dim Width = 3
dim Half  = Width / 2                              //! CT0403 Width / 2
object D = R[Half]
arrow d: D -> A
arrow e = d >> f
object One = { one: R, one: R }                    //! CT0214 one
object Two = { one: One, two: Two }                //! CT0207 Two = {
arrow two: Two -> One
`,
		"equations": `
object V = R[3]
object S = R
arrow p(x: V) -> S { means y = sum i: x[i] * w[i] } //! CT0801 w
arrow q(x: V) -> S { means y = sum i: x[i] keeps z } //! CT0801 z
arrow r(x: V) -> V { means y[i] = x[i, i] }        //! CT0802 x[i, i]
arrow s(x: V) -> V { means y[i] = sinn(x[i]) }     //! CT0803 sinn
arrow t(x: V) -> V { means z[i] = x[i] }           //! CT0805 z
arrow u(x: V) -> S { means y = x[0] + sum i: 2 }   //! CT0807 i
arrow v(x: V) -> V { means y[i] = x[i] kernel v }  //! CT0810 v
arrow all = (p, q, r, s, t, u, v)
`,
		"training": `
object X = R[2]
object T = R in {0, 1}
object P = R in [0, 1]
object L = R in [0, inf)
object M = { weight: R[2], bias: R }
object Z = R
arrow line: X -> Z given M = std.affine
arrow prob: Z -> P = std.sigmoid
arrow loss: P * T -> L = std.binary_cross_entropy
arrow measure = line >> prob * id >> loss          //! CT0301 >> prob
arrow mend = line * id >> prob * id >> loss
endo step on M = grad mend >> sgd(rate: -1)        //! CT0503 -1
endo slow on M = grad mend >> sgd                  //! CT0707 sgd
data rows: X * T from csv "rows.csv" {
    X: columns 1..3                                //! CT0903 columns 1..3
    T: column 4
    split: 80 / 0                                  //! CT0905 split: 80 / 0
}
data more: X * T from csv "more.csv" {
    X: columns 1..2
    T: column 3
}
endo fast on M = grad mend >> sgd(rate: 1)
train a { step: step, on: rows, epochs: 0 }        //! CT0909 0
train b { step: fast, on: more, report: accuracy, aucc } //! CT0914 aucc
train c { stp: fast, on: more }                    //! CT0901 stp
`,
	} {
		t.Run(name, func(t *testing.T) {
			var want []string
			for i, line := range strings.Split(text, "\n") {
				code, marked, _ := strings.Cut(line, "//! ")
				if marked == "" {
					continue
				}
				what, word, _ := strings.Cut(marked, " ")
				column := len(strings.TrimRight(code, " "))
				if word != "" {
					column = strings.LastIndex(code, word)
					require.GreaterOrEqual(t, column, 0, line)
				}
				want = append(want, fmt.Sprintf("%d:%d %s", i+1, column+1, what))
			}
			_, list := Check(diag.NewSource("t.cat", text), Options{})
			var got []string
			for _, d := range list.All() {
				got = append(got, d.Span.String()[len("t.cat:"):]+" "+string(d.Code))
			}
			require.Equal(t, want, got, "%v", list.All())
		})
	}
}
