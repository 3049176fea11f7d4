package check

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// workshop has more to compose with than prelude.
const workshop = prelude + `object Two = { early: L1, late: L1 }
object Rate = R in (0, inf)
object Loss = R in [0, inf)
arrow turn: V -> V
arrow lost: A * A -> Loss
arrow whole: V -> Loss given L2
`

// holesIn checks text with holes as notes, and requires that nothing else is
// found.
func holesIn(t *testing.T, text string) []diag.Diagnostic {
	t.Helper()
	cat, diags := Check(diag.NewSource("t.cat", text), Options{Holes: true})
	require.NotNil(t, cat)
	for _, d := range diags.All() {
		require.Equal(t, diag.CT0313, d.Code, "%s", d.Message)
		require.Equal(t, diag.Note, d.Severity)
		require.Equal(t, "?", d.Span.Text())
	}
	return diags.All()
}

func TestHoles(t *testing.T) {
	for _, tt := range []struct {
		decl  string
		types string   // of the holes
		fits  []string // into the first one
	}{
		{"arrow x: A -> B = ?", "A -> B", []string{"f"}},
		{"arrow x: A -> C = ?", "A -> C", []string{"f >> g"}},
		{"arrow x = f >> ? >> back", "B -> B", []string{"id", "back >> f"}},
		{"arrow x = f >> ? >> size", "B -> A", []string{"back"}},
		{"arrow x = ? >> g", "… -> B", []string{"f"}},
		{"arrow x = f >> ?", "B -> …", []string{"g", "back"}},
		{"arrow x = ?", "", nil},
		{"arrow x = ? >> ?", " / ", nil},
		{"arrow x: A -> C = ? >> ?", "A -> … / … -> C", []string{"f", "size"}},
		{"arrow x: A * B -> C = ? * id >> h", "A -> A", []string{"id", "(f >> back)"}},
		{"arrow x: A -> C = (?, f) >> h", "A -> A", []string{"id", "f >> back"}},
		{"arrow x: A * B -> C * B = ? * ?", "A -> C / B -> B", []string{"(f >> g)"}},
		{"arrow x: A * A * B -> C * B = ? * ?", "… -> C / … -> B", []string{"g", "h"}},
		{"arrow x: A * B * A -> C * A = h * ?", "A -> A", []string{"id", "(f >> back)"}},
		{"arrow x: A -> A * A = ?", "A -> A * A", []string{"copy"}},
		{"arrow x: A * B -> B * A = ?", "A * B -> B * A", []string{"swap", "f * back"}},
		{"arrow x: A * B -> 1 = ?", "A * B -> 1", []string{"drop"}},
		{"arrow x: L2 -> R[4] = ?", "L2 -> R[4]", []string{".weight"}},
		{"arrow x: A ^ 4 -> B ^ 4 = map ?", "A -> B", []string{"f"}},
		{"arrow x: V -> V = repeat[3] ?", "V -> V", []string{"id", "dense", "turn"}},
		{"arrow x: V -> V = id + ?", "V -> V", []string{"id", "dense", "turn"}},
		{"arrow x: V -> A = ?.weight", "V -> _", []string{"dense", "head", "grad head", "turn", "whole"}},
		{"law x: f >> ? = id[A]", "B -> A", []string{"back"}},

		// Parameters.
		{"arrow x: V -> A given L2 = ?", "V -> A", []string{"head"}},
		{"arrow x: V -> V given L1 = ?", "V -> V", []string{"dense"}},
		{"arrow x: V -> V given 1 = ?", "V -> V", []string{"id", "turn"}},
		{"arrow x: V -> A given L2 = ? >> head", "V -> V", []string{"id", "turn"}},
		{"arrow x: V -> A given L1 = ? >> turn >> ?", "V -> V / V -> A", []string{"id", "dense", "turn"}},
		{"arrow x: V -> V given Two = (dense as early) >> ?", "V -> V", []string{"(dense as late)"}},
		{"arrow x: V -> V given Two = ? >> (dense as late)", "V -> V", []string{"(dense as early)"}},
		{"arrow x: V -> V = dense >> ?", "V -> V", []string{"id", "(dense as dense_2)", "turn"}},
		{"arrow x: V -> V given Net = ?", "V -> V", []string{"dense"}},
		{"arrow x: V -> tangent L2 = grad ?", "V -> _", []string{"dense", "head", "whole"}},
		{"arrow x = grad (? >> size)", "… -> A", []string{"head"}},
		{"law x: ? = dense", "V -> V", []string{"id", "dense", "turn"}},
		{"arrow x(v: V) -> V given (p: L1) { ?(v) }", "V -> V", []string{"id", "turn"}},
		{"arrow x(v: V) -> V given (p: L1) { ?(v given p) }", "V -> V", []string{"dense"}},

		{"arrow lk: V -> V = std.scale\narrow x: V -> V = ?", "V -> V", []string{"id", "dense", "turn", "lk"}},
		{"arrow lk: V -> V = std.scale\narrow x: V -> V given 1 = ?", "V -> V", []string{"id", "turn"}},
		{"arrow lk: V -> V = std.scale\narrow x: V -> V given Rate = ? >> lk", "V -> V", []string{"id", "turn"}},
		{"arrow lk: V -> V = std.scale\nlaw x: ? = turn", "V -> V", []string{"id", "dense", "turn"}},

		// Values of the named form.
		{"arrow x(a: A, b: B) -> C { h(a, ?) }", "a value of B", []string{"b", "f(a)", "(back >> f)(b)"}},
		{"arrow x(a: A, b: B) -> C { ? }", "a value of C", []string{"g(b)", "h(a, b)", "(f >> g)(a)"}},
		{"arrow x(a: A) -> B { b = ?\n f(a) }", "a value", nil},
		{"arrow x(a: A) -> B { b = ?(a)\n b }", "A -> B", []string{"f"}},
		{"arrow x(v: V) -> V { dense(v) + ? }", "a value of V", []string{"v", "(dense as dense_2)(v)", "turn(v)"}},

		// Endos and gradients.
		{"endo x on L2 = grad head >> ?", "tangent L2 -> L2", []string{"sgd"}},
		{"endo x on Adam[L2] = grad head >> ?", "tangent L2 -> Adam[L2]", []string{"adam"}},
		{"endo x on L2 = ? >> sgd(rate: 1)", "… -> tangent L2", []string{"grad head", "grad whole"}},
		{"endo x on L2 given Rate = grad (? >> head) >> sgd", "… -> V", []string{"turn"}},

		// What has holes can be used.
		{"arrow y: V -> A given L2 = ?\nendo x on L2 = grad y >> ?", "V -> A / tangent L2 -> L2", []string{"head"}},
		{"arrow y: V -> V given L1 = ?\narrow x: V -> A given Net = y >> ?\narrow z: V -> A given L1 = y >> ? >> head2\narrow head2: V -> A", "V -> V / V -> A / V -> V", []string{"dense"}},
		{"arrow y: A -> B = ?\narrow x = y >> g", "A -> B", []string{"f"}},
		{"arrow y = ? >> g\narrow x: A -> C = y", "… -> B", []string{"f"}},
		{"arrow x = y >> g\narrow y: A -> B = ?\nendo e on L2 = grad (turn >> z) >> sgd(rate: 1)\narrow z: V -> A given L2 = ?", "A -> B / V -> A", []string{"f"}},
	} {
		t.Run(tt.decl, func(t *testing.T) {
			found := holesIn(t, workshop+tt.decl+"\n")
			var types []string
			for _, d := range found {
				text := strings.TrimPrefix(d.Message, "`?` stands for ")
				types = append(types, strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "an arrow"), " ")))
			}
			require.Equal(t, tt.types, strings.Join(types, " / "))
			require.Equal(t, tt.fits, fitsOf(found[0]), "%q", found[0].Help)
			for i, d := range found {
				for _, fit := range fitsOf(d) {
					if strings.ContainsAny(types[i], "…_") {
						continue // it only may fit
					}
					fill(t, workshop+tt.decl+"\n", i, fit)
				}
			}
		})
	}
}

var fitting = regexp.MustCompile("^`(.*)` (fits|may fit)")

// fitsOf reads the terms that a diagnostic says fit.
func fitsOf(d diag.Diagnostic) []string {
	var fits []string
	for _, h := range d.Help {
		if m := fitting.FindStringSubmatch(h); m != nil {
			fits = append(fits, m[1])
		}
	}
	return fits
}

// fill puts what is said to fit in the place of the n-th hole of text, which
// must stay sound; settings that it leaves open get a value.
func fill(t *testing.T, text string, n int, fit string) {
	t.Helper()
	for _, optimizer := range []string{"sgd", "adam", "adamw", "momentum"} {
		if fit == optimizer {
			fit += "(rate: 1)"
		}
	}
	parts := strings.SplitAfter(text, "?")
	parts[n] = strings.TrimSuffix(parts[n], "?")
	if strings.Contains(fit, " ") && !strings.HasPrefix(fit, "(") {
		fit = "(" + fit + ")"
	}
	parts[n] += fit
	filled := strings.Join(parts, "")
	_, diags := Check(diag.NewSource("t.cat", filled), Options{Holes: true})
	for _, d := range diags.All() {
		require.Equal(t, diag.CT0313, d.Code, "%s: %s", filled[len(workshop):], d.Message)
	}
}

// A hole hides no fault of what stands around it, and is found beside faults.
func TestHolesHideNoFault(t *testing.T) {
	for _, tt := range []struct{ decl, codes string }{
		{"arrow x = f >> f >> ?", "CT0301 CT0313"},
		{"arrow x: A -> B = f >> ? >> g", "CT0313 CT0302"},
		{"arrow x = ? >> nix", "CT0313 CT0203"},
		{"arrow x given Nix2[3] = ? >> f", "CT0203 CT0313"},
		{"arrow x: A -> B = ?\narrow y = x >> f", "CT0313 CT0301"},
		{"arrow y = ? >> f\narrow x = y >> f", "CT0313 CT0301"},
		{"arrow x = y >> ?\narrow y = x", "CT0207 CT0313"},
		{"arrow x: A * B * A -> C * A = f * ?", "CT0302 CT0313"},
		{"arrow x(a: A) -> B { g(?) + ? }", "CT0302 CT0313 CT0313"},
		{"endo x on L2 = ? >> f", "CT0313 CT0701"},
		{"law x: ? >> f = g", "CT0313 CT0309"},
	} {
		t.Run(tt.decl, func(t *testing.T) {
			for _, holes := range []bool{false, true} {
				_, diags := Check(diag.NewSource("t.cat", workshop+tt.decl+"\n"), Options{Holes: holes})
				var codes []string
				for _, d := range diags.All() {
					codes = append(codes, string(d.Code))
				}
				require.ElementsMatch(t, strings.Fields(tt.codes), codes)
			}
		})
	}
}

// Without the option a hole is an error that names its type.
func TestHolesAreErrors(t *testing.T) {
	cat, diags := Check(diag.NewSource("t.cat", prelude+"arrow x: A -> C = f >> ?\n"), Options{})
	require.Nil(t, cat)
	require.Len(t, diags.All(), 1)
	d := diags.All()[0]
	require.Equal(t, diag.Error, d.Severity)
	require.Equal(t, "`?` still stands for an arrow B -> C", d.Message)
	require.Equal(t, []string{"`g` fits", "fill it: a specification with holes can be checked and searched, and nothing else"}, d.Help)

	_, a, diags := Term(diag.NewSource("t.cat", prelude), "f >> ? >> back", Options{})
	require.Nil(t, a)
	require.Equal(t, "`?` still stands for an arrow B -> B", diags.All()[0].Message)
}

// What only the parameters keep out is said.
func TestHolesSayWhatParametersKeepOut(t *testing.T) {
	d := holesIn(t, prelude+"arrow x: V -> A given 1 = ?\n")[0]
	require.Equal(t, []string{"`head` would fit but for its parameters, L2, which `x` does not take"}, d.Help)
	d = holesIn(t, prelude+"arrow x: C -> A = ?\n")[0]
	require.Equal(t, []string{"no composition of declared arrows leads there"}, d.Help)
}

// Many holes, and much that fits, stay quick and short.
func TestManyHoles(t *testing.T) {
	var b strings.Builder
	b.WriteString(prelude)
	for i := range 40 {
		b.WriteString("arrow p" + strings.Repeat("q", i) + ": A -> B\n")
	}
	b.WriteString("arrow x: A -> B = ?\narrow y = f" + strings.Repeat(" >> ? >> f", 3000) + "\n")
	found := holesIn(t, b.String())
	require.Len(t, found, 3001)
	require.Len(t, fitsOf(found[0]), maxFits)
	require.Contains(t, strings.Join(found[0].Help, "\n"), "and 36 more")

	b.Reset()
	b.WriteString(prelude + "arrow x(v0: A) -> A {\n")
	for i := range 4000 {
		fmt.Fprintf(&b, "v%d = (f >> back)(?)\n", i+1)
	}
	b.WriteString("v4000 }\n")
	found = holesIn(t, b.String())
	require.Len(t, found, 4000)
	require.Equal(t, "v0", fitsOf(found[0])[0])
	require.Len(t, fitsOf(found[50]), maxFits)
}
