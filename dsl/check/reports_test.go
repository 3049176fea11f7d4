package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the tests of single features leave out of the places that report.

func TestArrowReports(t *testing.T) {
	const objects = "object A\nobject B\nobject V = R[3]\nobject U = { w: V, b: R }\nobject W\n" +
		"arrow f: A -> B\narrow p: A -> A given W\narrow loss: A -> R given W\n"
	runFaults(t, []fault{
		{"generic arrow", "arrow f[P]: P -> P", []string{"CT1006 f"}},
		{"input twice", objects + "arrow g(a: A, a: B) -> A { a }", []string{"CT0206 a"}},
		{"primitive of two inputs", objects + "arrow g: A -> R = std.squared_error", []string{"CT0401 std.squared_error"}},
		{"equations without objects", "arrow g { means y = x }", []string{"CT0310 g"}},
		{"no objects, Go implements", objects + "arrow g = hand implements f", []string{"CT0310 g"}},
		{"Go needs no parameters", objects + "arrow g: A -> B given (w: W) = hand implements f", []string{"CT0604 given (w: W)"}},
		{"Go for what may fail", "arrow f(x: R) -> R {\n partial\n means y = x\n}\narrow g: R -> R = hand implements f", []string{"CT1008 f"}},
		{"Go and an open setting", objects + "arrow g: V -> V = hand implements std.scale", []string{"CT0707 std.scale"}},
		{"law with an open setting", objects + "law l: std.scale >> id[V] = id[V]", []string{"CT0707 std.scale"}},
		{"law with a misfit", objects + "arrow g: V -> V\narrow h: A -> A\narrow k: V -> A\nlaw l: g >> std.tanh >> h = k", []string{"CT0401 std.tanh"}},
		{"record among arrows", objects + "arrow g = { a: f }", []string{"CT0318 { a: f }"}},
		{"local among arrows", objects + "arrow g(a: A) -> B { (a >> f)(a) }", []string{"CT0318 a"}},
		{"swap of one object", objects + "arrow g = swap[A]", []string{"CT0405 swap[A]"}},
		{"object among arrows", objects + "arrow g = A >> f", []string{"CT0205 A"}},
		{"projection of a product", objects + "arrow g = (f, f).w", []string{"CT0307 w"}},
		{"gradient of two numbers", objects + "arrow g = grad (loss, loss)", []string{"CT0703 grad (loss, loss)"}},
		{"gradient of an index", objects + "object K = Fin[3]\narrow c: A -> K given W\narrow g = grad c", []string{"CT0703 grad c"}},
		{"gradient by indices", objects + "object K = Fin[3]\narrow c: A -> R given K\narrow g = grad c", []string{"CT0704 grad c"}},
		{"map of no input", objects + "arrow h: 1 -> A\narrow g = map[3] h", []string{"CT0311 h"}},
		{"map over no power", objects + "arrow g: A -> B = map f", []string{"CT0311 map f"}},
		{"map to another power", objects + "arrow g: A ^ 3 -> B ^ 4 = map f", []string{"CT0311 map f"}},
		{"composition for a value", objects + "arrow g(a: A) -> B { p >> f }", []string{"CT0312 p >> f"}},
		{"handed to none", objects + "arrow g(a: A) -> B given (w: W) { f(a given w) }", []string{"CT0606 w"}},
		{"handed to a gradient", objects + "arrow g(a: A) -> tangent W given (w: W) { (grad loss)(a given w) }", []string{"CT0606 w"}},
		{"record for a number", objects + "arrow g(a: A) -> B { f({ w: a }) }", []string{"CT0319 { w: a }"}},
		{"record with another field", objects + "arrow g(v: V, b: R) -> U { { w: v, c: b } }", []string{"CT0307 c"}},
		{"record with a field twice", objects + "arrow g(v: V, b: R) -> U { { w: v, w: v } }", []string{"CT0214 w"}},
		{"record with another object", objects + "arrow g(v: V, b: R) -> U { { w: b, b: b } }", []string{"CT0319 b"}},
		{"parameters that gather themselves", "object A\narrow f: A -> A given Net\narrow g: A -> A given Net = f", []string{"CT0203 Net"}},
		{"sum of lists", objects + "object L = List[A]\narrow k: A -> L\narrow g = k + k", []string{"CT0401 k + k"}},
	})
}

func TestEndoReports(t *testing.T) {
	const base = "object A\nobject W\nobject S = Adam[W]\narrow loss: A -> R given W\n"
	runFaults(t, []fault{
		{"given without open settings", base + "endo step on W given R = grad loss >> sgd(rate: 0.1)", []string{"CT0604 given R"}},
		{"one object for two settings", base + "arrow m: tangent W -> tangent W = std.scale\nobject Rate in (0, 1]\nendo step on W given Rate = grad loss >> m >> sgd", []string{"CT0710 given Rate"}},
		{"record without the setting", base + "object Rate in (0, 1]\nendo step on W given (speed: Rate) = grad loss >> sgd", []string{"CT0710 given (speed: Rate)"}},
		{"tensor for a setting", base + "object Rate = R[3] in (0, 1]\nendo step on W given Rate = grad loss >> sgd", []string{"CT0710 given Rate"}},
		{"optimizer of a loss", base + "endo step on W = loss >> sgd(rate: 0.1)", []string{"CT0711 sgd"}},
		{"adam alone", base + "endo step on Momentum[W] = adam(rate: 0.1)", []string{"CT0711 adam"}},
		{"adam on another state", base + "endo step on S = grad loss >> adam(rate: 0.1)\nendo other on Momentum[W] = grad loss >> adam(rate: 0.1)", []string{"CT0711 adam"}},
	})
}

func TestEquationReports(t *testing.T) {
	deep := "x" + strings.Repeat(" + x", 600)
	sums := strings.Repeat(" + 1", 600)
	runFaults(t, []fault{
		{"stores", "arrow f(x: R) -> R { means y = x stores g }", []string{"CT0810 g"}},
		{"no means", "arrow f(x: R) -> R { keeps x }", []string{"CT0805 f"}},
		{"name twice", "arrow f(x: R) -> R with (x: R) { means y = x }", []string{"CT0808 f"}},
		{"name of a number", "arrow f(pi: R) -> R { means y = pi }", []string{"CT0808 f"}},
		{"adds", "arrow f(x: R) -> R { means y = x reverse dx = dy adds dx }", []string{"CT0810 dx"}},
		{"splits", "arrow f(x: R) -> R { means y = x reverse dx = dy splits dx }", []string{"CT0810 dx"}},
		{"kink at no number", "arrow f(x: R) -> R { means y = abs(x) kink x = x }", []string{"CT0815 x"}},
		{"index behind its sum", "object V = R[3]\narrow f(x: V) -> R { means y = (sum i: x[i]) + x[i] }", []string{"CT0807 i"}},
		{"deep", "arrow f(x: R) -> R { means y = " + deep + " }", []string{"CT1001 " + deep[:len(deep)-4*500]}},
		{"deep dimension", "arrow f(x: R) -> R { where n = 1" + sums + " means y = x }", []string{"CT1001 1" + sums[:len(sums)-4*501]}},
		{"reverse line twice", "arrow f(x: R) -> R { means y = x reverse dx = dy\n dx = dy }", []string{"CT0808 dx"}},
		{"negative dimension", "arrow f(x: R) -> R { where n = 1 - 2 means y = x }", []string{"CT0402 f"}},
		{"open dimension", "arrow f(x: R) -> R with (k) { means y = x * k }", []string{"CT0707 f"}},
		{"setting that is no dimension", "arrow f(x: R) -> R with (k = 0.5) { means y = x * k }", []string{"CT0402 f"}},
	})
}

func TestDataReports(t *testing.T) {
	runFaults(t, []fault{
		{"no columns", "object A\ndata d: A from csv \"a.csv\" { A: standardized }", []string{"CT0903 A: standardized"}},
		{"metric of an endo without a loss", "object A\nobject W\nendo step on W = id\ndata d: W from csv \"w.csv\" { W: column 1 }\ntrain fit { step: step on: d report: mse }", []string{"CT0922 step"}},
	})
}

func TestImportReports(t *testing.T) {
	p, files := folder(`
-- layers.cat --
object W
arrow square(x: R) -> R given W { means y = p * x * x }
-- arrow.cat --
object A
-- b.cat --
import "arrow.cat"
-- a.cat --
import "layers.cat"
arrow g = grad layers.square
`)
	_, diags := Check(files["b.cat"], Options{Program: p})
	require.Equal(t, []string{"CT0202 \"arrow.cat\""}, found(diags))
	_, diags = Check(files["a.cat"], Options{Program: p})
	require.Equal(t, []string{"CT0709 layers.square"}, found(diags))
	require.Contains(t, hints(diags), "say there how dx follows from the output's cotangent")
}
