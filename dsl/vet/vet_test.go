package vet_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// warnings are what is said of a text: "line: code message" for each.
func warnings(t *testing.T, text string, docs bool) []string {
	t.Helper()
	cat, list := check.Check(diag.NewSource("a.cat", text), check.Options{Vet: true, Docs: docs})
	require.NotNil(t, cat, "%s\n%v", text, list.All())
	var said []string
	for _, d := range list.All() {
		require.Equal(t, diag.Warning, d.Severity)
		require.True(t, d.Code.IsWarning())
		said = append(said, fmt.Sprintf("%d: %s %s", d.Span.Src.Line(d.Span.Start), d.Code, d.Message))
	}
	return said
}

const (
	plain = "object A = R\narrow f: A -> A = std.tanh\narrow g: A -> A = std.relabel\n" // three lines, nothing composed
	// Eleven lines; the loss and its activation are there to be composed.
	neuron = `object Input = R[2]
object Logit = R
object Probability = R in [0, 1]
object Target = R in {0, 1}
object Loss = R in [0, inf)
object Neuron = { weight: R[2], bias: R }
arrow affine: Input -> Logit given Neuron = std.affine
arrow sigmoid: Logit -> Probability = std.sigmoid
arrow decide: Probability -> Probability = std.relabel
arrow bce: Probability * Target -> Loss = std.binary_cross_entropy
arrow calibrate: Probability -> Probability
`
)

func TestWarnings(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		// CT1101, CT1102
		{"nothing composed", plain, nil},
		{"objects alone", "object A = R\nobject B = R", nil},
		{"arrow outside of compositions", plain + "arrow h = f >> f", []string{"3: CT1101 nothing uses the arrow `g`"}},
		{"compositions need no use", plain + "arrow h = f >> g\narrow k = g >> f", nil},
		{"a composition of one arrow", plain + "arrow h = f\narrow k = g", nil},
		{"used by a law alone", plain + "law l: f >> g = g >> f within 1", nil},
		{"used by a named body alone", plain + "arrow h(x: A) -> A { g(f(x)) }", nil},
		{"used by Go that stands in", plain + "arrow h: A -> A = hand implements f >> g", nil},
		{"generic arrow", plain + "arrow h[X](j: X -> X): X -> X = j >> j\narrow i = f >> g", []string{"4: CT1101 nothing uses the arrow `h`"}},
		{"object", plain + "object B = R", []string{"4: CT1101 nothing uses the object `B`"}},
		{"object of a setting", plain + "object Rate = R in (0, inf)\narrow h: A -> A with (by: Rate) = std.scale", nil},
		{"object of data", plain + "object B = R\ndata d: B from csv \"b.csv\" { B: column 1 }", nil},
		{"dim", plain + "dim N = 3", []string{"4: CT1101 nothing uses the dim `N`"}},
		{"dim of a dim", plain + "dim N = 3\ndim M = N\nobject B = R[M]\narrow h: B -> B = std.tanh", nil},
		{"dim in a set", plain + "dim N = 3\nobject B = R in [0, N]\narrow h: B -> B = std.relabel", nil},
		{"dim in a setting", plain + "dim N = 3\narrow h: A -> A = std.scale(by: N)", nil},
		{"unreachable", plain + "arrow h = f >> g\nobject B = R\nobject C = B\narrow k: C -> A = std.relabel", []string{
			"5: CT1102 the object `B` is used only by what is unused itself",
			"6: CT1102 the object `C` is used only by what is unused itself",
			"7: CT1101 nothing uses the arrow `k`",
		}},
		{"abbreviation of what grad gives", neuron + "object Gradient = tangent Neuron\narrow measure = (affine >> sigmoid >> decide) * id >> bce\narrow gradient = grad measure\narrow c = calibrate", nil},
		{"abbreviation of nothing", neuron + "object Pair = Loss * Loss\narrow c = affine >> sigmoid >> decide >> calibrate\narrow m = bce", []string{"12: CT1101 nothing uses the object `Pair`"}},

		// CT1103
		{"argument", plain + "arrow h[X](j: X -> X, k: X -> X): X -> X = j\narrow i = h(f, g)", []string{"4: CT1103 the argument `k` is never read"}},
		{"argument of a named form", plain + "arrow h[X](j: X -> X)(x: X) -> X { x }\narrow i = h(f) >> g", []string{"4: CT1103 the argument `j` is never read"}},
		{"local", plain + "arrow h(x: A) -> A {\n y = f(x)\n z = g(x)\n z\n}", []string{"5: CT1103 the local `y` is never read"}},
		{"locals read", plain + "arrow h(x: A) -> A {\n y = f(x)\n z = g(y)\n z\n}", nil},
		{"local read as one of two", plain + "arrow h(x: A) -> A {\n y, z = (f(x), g(x))\n z\n}", []string{"5: CT1103 the local `y` is never read"}},
		{"local left unread on purpose", plain + "arrow h(x: A) -> A {\n _y, z = (f(x), g(x))\n z\n}", nil},
		{"input", plain + "arrow h(x: A, y: A) -> A { g(f(x)) }", nil},
		{"parameter", "object A = R[2]\nobject B = R\nobject P = { weight: A, bias: B }\narrow f: A -> B given P = std.affine\narrow g(x: A) -> B given (w: A, b: B, c: B) { f(x given { weight: w, bias: b }) }",
			[]string{"5: CT1103 the parameter `c` is never read, so nothing would train it"}},

		// CT1104
		{"local like an arrow of the language", plain + "arrow h(x: A) -> A {\n first = g(f(x))\n first\n}", []string{"5: CT1104 the local `first` hides the arrow of the language"}},
		{"local like an object", plain + "arrow h(x: A) -> A {\n A = g(f(x))\n A\n}", []string{"5: CT1104 the local `A` hides the object of that name"}},
		{"input like an object", plain + "arrow h(A: A) -> A { g(f(A)) }", []string{"4: CT1104 the input `A` hides the object of that name"}},
		{"input of a signature", "object A = R\narrow h(A: A) -> A = std.tanh", nil},
		{"local like a standard arrow", plain + "arrow h(x: A) -> A {\n sgd = g(f(x))\n sgd\n}", []string{"5: CT1104 the local `sgd` hides std.sgd"}},
		{"local like a standard arrow over carriers", plain + "arrow h(x: A) -> A {\n relu = g(f(x))\n relu\n}", nil},
		{"arrow like a standard one", "object A = R\narrow adam: A -> A = std.tanh", []string{"2: CT1104 `adam` hides std.adam, which is used by this name alone"}},
		{"arrow like the standard one it is", "object A = R\narrow tanh: A -> A = std.tanh", nil},
		{"arrow like the standard one it is, with settings", "object A = R\narrow scale: A -> A = std.scale(by: 2)", nil},
		{"arrow like another over carriers", "object A = R\narrow tanh: A -> A = std.exp", nil},
		{"index like a dim", "dim n = 2\nobject A = R[n]\narrow h: A -> A {\n means y[i] = x[i] * sum n: x[n]\n}", []string{"4: CT1104 the index `n` hides the dim of that name"}},
		{"index of its own", "dim n = 2\nobject A = R[n]\narrow h: A -> A {\n means y[i] = x[i] * sum j: x[j]\n}", nil},

		// CT1105
		{"joined", neuron + "arrow c = calibrate\narrow measure = (affine >> sigmoid >> decide) * id >> bce\narrow gradient = grad measure", nil},
		{"joined while read elsewhere", neuron + "arrow c = calibrate >> decide\narrow measure(x: Input, t: Target) -> Loss {\n p = sigmoid(affine(x))\n _q = calibrate(p)\n bce(p, t)\n}\narrow gradient = grad measure", nil},
		{"parted by Go", neuron + "arrow measure = (affine >> sigmoid >> calibrate >> decide) * id >> bce\narrow gradient = grad measure",
			[]string{"12: CT1105 this binary_cross_entropy does not read the sigmoid directly, so the two are not computed as one and gradients may overflow or vanish"}},
		{"parted in a named body", neuron + "arrow measure(x: Input, t: Target) -> Loss {\n p = decide(calibrate(sigmoid(affine(x))))\n bce(p, t)\n}\narrow gradient = grad measure",
			[]string{"14: CT1105 this binary_cross_entropy does not read the sigmoid directly, so the two are not computed as one and gradients may overflow or vanish"}},
		{"parted inside the arrow that measures", neuron + "arrow judge = (calibrate >> decide) * id >> bce\narrow measure = (affine >> sigmoid) * id >> judge\narrow gradient = grad measure",
			[]string{"13: CT1105 this binary_cross_entropy does not read the sigmoid directly, so the two are not computed as one and gradients may overflow or vanish"}},
		{"parted and not differentiated", neuron + "arrow measure = (affine >> sigmoid >> calibrate >> decide) * id >> bce", nil},

		// CT1106
		{"one side", plain + "law l: f >> g = f >> g", []string{"4: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"unit", plain + "law l: f >> id >> g = f >> g", []string{"4: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"interchange", plain + "law l: (f * id) >> (id * g) = f * g", []string{"4: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"other order", plain + "law l: f >> g = g >> f within 1", nil},
		{"other setting", plain + "arrow h: A -> A = std.scale(by: 2)\narrow k: A -> A = std.scale(by: 3)\nlaw l: h >> k = k >> h", nil},
		{"other wires", plain + "law l: (f, g) = (g, f)", nil},
		{"gradient of one", neuron + "arrow c = calibrate >> decide\narrow m = (affine >> sigmoid) * id >> bce\nlaw l: grad (m >> id) = grad m", []string{"14: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"gradients of two", neuron + "arrow c = calibrate >> decide\narrow m = (affine >> sigmoid) * id >> bce\narrow n = (affine >> sigmoid >> decide) * id >> bce\nlaw l: grad m = grad n", nil},
		{"repeated", plain + "law l: repeat[2] f >> g = repeat[2] (f >> id) >> g", []string{"4: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"repeated more often", plain + "law l: repeat[2] f >> g = repeat[3] f >> g within 1", nil},
		{"repeated and written out", plain + "law l: repeat[2] f >> g = f >> f >> g", nil},
		{"mapped", plain + "arrow h: A ^ 3 -> A ^ 3 = map f\nlaw l: h >> map g = h >> map (g >> id)", []string{"5: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"mapped together", plain + "arrow h: A ^ 3 -> A ^ 3 = map f\nlaw l: map (f >> g) = h >> map g", nil},
		{"projection", plain + "object B = { a: A, b: A }\narrow h: B -> B\nlaw l: h >> .a >> f >> g = h >> .a >> f >> g", []string{"6: CT1106 both sides of the law `l` are the same diagram, so it cannot fail"}},
		{"other projection", plain + "object B = { a: A, b: A }\narrow h: B -> B\nlaw l: h >> .a >> f >> g = h >> .b >> f >> g", nil},
		{"a definition", plain + "arrow h = f >> g\nlaw l: h = f >> g", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := warnings(t, c.text, false)
			require.Equal(t, c.want, got)

			// Each can be allowed on its line, and only there.
			for i, w := range c.want {
				line, code := 0, ""
				_, err := fmt.Sscanf(w, "%d: %s", &line, &code)
				require.NoError(t, err)
				lines := strings.Split(c.text, "\n")
				lines[line-1] += " // ctgen:allow " + code + " because of this test"
				left := warnings(t, strings.Join(lines, "\n"), false)
				require.NotContains(t, left, c.want[i])
				require.Subset(t, c.want, left)
			}
		})
	}
}

func TestAllow(t *testing.T) {
	const spare = "object A = R\narrow f: A -> A = std.tanh\narrow g: A -> A = std.exp"
	const after = "\narrow h = f >> f\n"
	const unused = "CT1101 nothing uses the arrow `g`"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"at the end", spare + " // ctgen:allow CT1101" + after, nil},
		{"without a space", spare + " //ctgen:allow CT1101" + after, nil},
		{"several", spare + " // ctgen:allow CT1104, CT1101 because" + after, []string{"3: CT1108 there is no CT1104 to allow on this comment's line"}},
		{"several by spaces", spare + " // ctgen:allow CT1101 CT1104: why" + after, []string{"3: CT1108 there is no CT1104 to allow on this comment's line"}},
		{"above", strings.Replace(spare, "arrow g", "// ctgen:allow CT1101 because\narrow g", 1) + after, nil},
		{"above a doc comment", strings.Replace(spare, "arrow g", "// ctgen:allow CT1101\n// g is exp.\narrow g", 1) + after, nil},
		{"too far above", strings.Replace(spare, "arrow g", "// ctgen:allow CT1101\n\narrow g", 1) + after, []string{
			"3: CT1108 there is no CT1101 to allow on this comment's line", "5: " + unused}},
		{"below", spare + "\n// ctgen:allow CT1101" + after, []string{"3: " + unused, "4: CT1108 there is no CT1101 to allow on this comment's line"}},
		{"at the end of the file", spare + after + "// ctgen:allow CT1101", []string{"3: " + unused, "5: CT1108 there is no CT1101 to allow on this comment's line"}},
		{"another code", spare + " // ctgen:allow CT1102" + after, []string{"3: " + unused, "3: CT1108 there is no CT1102 to allow on this comment's line"}},
		{"code in small letters", spare + " // ctgen:allow ct1101" + after, []string{"3: " + unused, "3: CT1109 there is no warning ct1101"}},
		{"unknown code", spare + " // ctgen:allow CT1199" + after, []string{"3: " + unused, "3: CT1109 there is no warning CT1199"}},
		{"error", spare + " // ctgen:allow CT0301" + after, []string{"3: " + unused, "3: CT1109 CT0301 cannot be allowed: only warnings about what is declared can"}},
		{"warning about allowing", spare + " // ctgen:allow CT1101 CT1108" + after, []string{"3: CT1109 CT1108 cannot be allowed: only warnings about what is declared can"}},
		{"no code", spare + " // ctgen:allow" + after, []string{"3: " + unused, "3: CT1109 this comment names no warning to allow"}},
		{"no code but a reason", spare + " // ctgen:allow because" + after, []string{"3: " + unused, "3: CT1109 this comment names no warning to allow"}},
		{"reason without its mark", spare + " // ctgen:allow CT1101 for Go" + after, []string{"3: CT1109 a reason stands behind a colon or `because`"}},
		{"another directive", spare + " // ctgen:ignore CT1101" + after, []string{"3: " + unused, "3: CT1109 there is no directive `ctgen:ignore`"}},
		{"in the middle of a comment", spare + " // see ctgen:allow CT1101" + after, []string{"3: " + unused}},
		{"missing docs, which nobody asked for", "object A = R // ctgen:allow CT1107", nil},
		{"what is allowed has uses of its own", spare + "\nobject B = R\narrow k: B -> A = std.relabel // ctgen:allow CT1101\narrow h = f >> g", nil},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, warnings(t, c.text, false)) })
	}
}

// What other specifications import is theirs to use, once they are checked.
func TestImports(t *testing.T) {
	layers := diag.NewSource("layers.cat", plain+"object Spare = R\narrow both = f >> f\n")
	program := check.NewProgram(func(*diag.Source, string) (*diag.Source, error) { return layers, nil })
	said := func(src *diag.Source) []string {
		_, list := check.Check(src, check.Options{Program: program, Vet: true})
		var codes []string
		for _, d := range list.All() {
			require.Same(t, src, d.Span.Src)
			codes = append(codes, fmt.Sprintf("%s %s", d.Code, d.Message))
		}
		return codes
	}
	require.Equal(t, []string{"CT1101 nothing uses the arrow `g`", "CT1101 nothing uses the object `Spare`"}, said(layers))
	const unused = "CT1101 nothing uses the import `layers`"
	require.Nil(t, said(diag.NewSource("types.cat", "import \"layers.cat\"\narrow h: layers.A -> R")))
	require.Nil(t, said(diag.NewSource("term.cat", "import \"layers.cat\"\narrow h = layers.f >> layers.both")))
	require.Nil(t, said(diag.NewSource("as.cat", "import \"layers.cat\" as l\narrow h = l.f")))
	require.Equal(t, []string{unused}, said(diag.NewSource("none.cat", "import \"layers.cat\"\narrow h: R -> R")))
	require.Nil(t, said(diag.NewSource("allowed.cat", "import \"layers.cat\" // ctgen:allow CT1101 because it is early\narrow h: R -> R")))
	require.Nil(t, said(layers))
}

// What stands in an imported specification is told where that is checked.
func TestLossElsewhere(t *testing.T) {
	losses := diag.NewSource("losses.cat", neuron+"arrow half: Probability -> Probability = std.scale(by: 0.5)\narrow measure = (affine >> sigmoid >> half >> decide) * id >> bce\n")
	program := check.NewProgram(func(*diag.Source, string) (*diag.Source, error) { return losses, nil })
	cat, list := check.Check(diag.NewSource("a.cat", "import \"losses.cat\"\narrow gradient = grad losses.measure"), check.Options{Program: program, Vet: true})
	require.NotNil(t, cat, list.All())
	require.Empty(t, list.All())
}

// Calls of calls are followed to the loss, as far as a specification may have
// them.
func TestLossesOfDeepCalls(t *testing.T) {
	text := neuron + "arrow c = calibrate >> decide\narrow j0(p: Probability, t: Target) -> Loss { bce(p, t) }\n"
	for i := range 12 {
		text += fmt.Sprintf("arrow j%d(p: Probability, t: Target) -> Loss { j%d(p, t) + j%d(p, t) }\n", i+1, i, i)
	}
	require.Nil(t, warnings(t, text+"arrow measure = (affine >> sigmoid) * id >> j12\narrow gradient = grad measure", false))
}

func TestUndocumented(t *testing.T) {
	text := `object A = R // the one
object B = R
dim N = 2 // ctgen:allow CT1107 because it is an example
object C = R[N] // ctgen:allow CT1107, CT1101
// f is documented.
// ctgen:allow CT1101
arrow f: A -> B = std.relabel
arrow g: B -> A
law l: f >> g = f >> g >> f >> g within 1
`
	require.Equal(t, []string{
		"2: CT1107 the object `B` has no doc comment",
		"6: CT1108 there is no CT1101 to allow on this comment's line",
		"8: CT1107 the arrow `g` has no doc comment",
	}, warnings(t, text, true))
}

// The specifications that people read first are free of warnings.
func TestSpecsAreClean(t *testing.T) {
	clean := 0
	for _, pattern := range []string{"../../specs/*.cat", "../../bench/specs/*.cat", "../../cmd/ctgen/starter/*.cat", "../syntax/testdata/specs/*.cat"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			cat, list := check.Check(diag.NewSource(filepath.ToSlash(file), string(text)), check.Options{Vet: true})
			if cat == nil {
				continue // it needs what the language is still to get
			}
			clean++
			require.Empty(t, list.All(), file)
		}
	}
	require.Greater(t, clean, 10)
}

// Each fix of a warning leaves a specification without that warning.
func TestFixesOfWarnings(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"object A = R // ctgen:allow CT1101 because\n", "object A = R\n"},
		{"// ctgen:allow CT1101\nobject A = R\n", "object A = R\n"},
		{"// It.\n// ctgen:allow CT1101\nobject A = R\n", "// It.\nobject A = R\n"},
		{"object A = R\n// ctgen:allow CT1101", "object A = R\n"},
		{"object A = R // ctgen:allow CT1101, CT1102: why\n", "object A = R\n"},
		{"object A = R // ctgen:allow CT1107, CT1102: why\n", "object A = R // ctgen:allow CT1107: why\n"},
		{"object A = R // ctgen:allow CT1102, CT1107: why\n", "object A = R // ctgen:allow CT1107: why\n"},
		{"object A = R // ctgen:alow CT1107\n", "object A = R // ctgen:allow CT1107\n"},
		{"object A = R // ctgen:allow ct1107\n", "object A = R // ctgen:allow CT1107\n"},
	} {
		src := diag.NewSource("a.cat", c.text)
		for range 5 {
			_, list := check.Check(src, check.Options{Vet: true, Fixes: true})
			text, fixed := diag.Apply(src, list.All())
			if len(fixed) == 0 {
				break
			}
			src = diag.NewSource("a.cat", text)
		}
		require.Equal(t, c.want, src.Text)
		require.Empty(t, warnings(t, src.Text, false))
	}
}
