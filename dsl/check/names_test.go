package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func TestNameFaults(t *testing.T) {
	runFaults(t, []fault{
		{"twice", "object A\nobject A = R[2]", []string{"CT0201 A"}},
		{"twice of two kinds", "dim A = 3\nobject A", []string{"CT0201 A"}},
		{"reserved carrier", "object R", []string{"CT0202 R"}},
		{"reserved arrow", "object A\narrow id: A -> A", []string{"CT0202 id"}},
		{"unknown object", "object Input\nobject B = Imput", []string{"CT0203 Imput"}},
		{"unknown dim", "dim Width = 2\nobject B = R[Widht]", []string{"CT0203 Widht"}},
		{"dim as object", "dim D = 2\nobject B = D", []string{"CT0205 D"}},
		{"object as dim", "object A\nobject B = R[A]", []string{"CT0205 A"}},
		{"arrow as object", "object A\narrow f: A -> A\nobject B = f", []string{"CT0205 f"}},
		{"objects alike in Go", "object learning_rate\nobject LearningRate", []string{"CT0208 LearningRate"}},
		{"arrows alike in Go", "object A\narrow f_g: A -> A\narrow fG: A -> A", []string{"CT0208 fG"}},
		{"dim meets object", "dim Hidden = 2\nobject DimHidden", []string{"CT0208 DimHidden"}},
		{"fields alike in Go", "object A = { a_b: R, aB: R }", []string{"CT0208 aB"}},
		{"reserved field", "object A = { validate: R }", []string{"CT0210 validate"}},
		{"field twice", "object A = { a: R, a: R[2] }", []string{"CT0214 a"}},
		{"no capital", "object _", []string{"CT0212 _"}},
		{"reserved category", "category main\nobject A", []string{"CT0211 main"}},
		{"category as Go keyword", "category func\nobject A", []string{"CT0211 func"}},
		{"category as build constraint", "category net_linux_arm64\nobject A", []string{"CT0211 net_linux_arm64"}},
		{"category as test", "category net_test\nobject A", []string{"CT0211 net_test"}},
		{"method meets field", "object A\nobject N = { w: R, bias: R }\narrow bias: A -> A given N", []string{"CT0209 bias"}},
		{"endo meets field of the state", trainBase + "endo count on Adam[Neuron] = grad measure >> adam(rate: 0.1)", []string{"CT0209 count"}},
		{"method meets gathered field", "object A\nobject N = { w: R, b: R }\narrow f: A -> A given N\narrow both: A -> A given Net = (f as both) >> f", []string{"CT0209 both"}},
		{"method meets field below another name", "object A\nobject N = ({ w: R, bias: R })\nobject M = N\narrow bias: A -> A given M", []string{"CT0209 bias"}},
		{"labels alike in Go", "object A\nobject N = { w: R, b: R }\narrow f: A -> A given N\narrow k: A -> A given Net = (f as a_b) >> (f as aB)", []string{"CT0208 aB"}},
		{"device on Windows", "category Com1\nobject A", []string{"CT0211 Com1"}},
		{"directory that Go ignores", "category _net\nobject A", []string{"CT0211 _net"}},
		{"law as object", "object A\nlaw l: id[A] = id[A]\nobject B = l", []string{"CT0205 l"}},
		{"reserved method", "object A\nobject N = { w: R, b: R }\narrow format: A -> A given N", []string{"CT0210 format"}},
		{"one fault, one diagnostic", "object A = Imput\nobject B = A\narrow f: A -> B", []string{"CT0203 Imput"}},
		{"one unknown name used twice", "object A = Imput\nobject B = { x: Imput }\narrow f: Imput -> A", []string{"CT0203 Imput"}},
		{"unreadable is not unknown", "object A = R[\nobject B = { x: A }\narrow f: B -> B", []string{"CT0105"}},
		{"one unknown arrow used thrice", "object A\narrow f = nope >> nope\narrow g = nope", []string{"CT0203 nope"}},
		{"one standard arrow without objects, twice", "object A\narrow f = relu\narrow g = relu", []string{"CT0304 relu"}},
		{"independent faults", "object A = Imput\nobject B = { x: Nope, y: Nada }", []string{"CT0203 Imput", "CT0203 Nope", "CT0203 Nada"}},
	})
}

func TestNamesThatMayMeet(t *testing.T) {
	mustCheck(t, "object Logit\nobject P in (0, 1)\narrow logit: P -> Logit")
	mustCheck(t, "object A\narrow format: A -> A")
	mustCheck(t, "object A\nobject N = R[3]\narrow relu: A -> A given N")
}

func TestCategoryFromFile(t *testing.T) {
	for file, want := range map[string]string{
		"specs/neuron.cat": "neuron", `specs\my-model.cat`: "my_model", "2nd.cat": "spec2nd", "ä.cat": "spec", "a b.cat": "a_b",
	} {
		cat, list := Check(diag.NewSource(file, "object A"), Options{})
		require.Empty(t, found(list))
		require.Equal(t, want, cat.Name)
	}
	_, list := Check(diag.NewSource("x_test.cat", "object A"), Options{})
	require.Equal(t, []string{"CT0211"}, found(list))
	require.Contains(t, hints(list), "category")
}

func TestSuggestionsStayQuick(t *testing.T) {
	var b strings.Builder
	for i := range 3000 {
		name := "Object" + strings.Repeat("x", i%40) + string(rune('A'+i%26)) + strings.Repeat("y", i/1000)
		b.WriteString("object " + name + strings.Repeat("z", i%7) + "1 = Missing" + name + "\n")
	}
	_, list := checkSpec(t, b.String(), Options{})
	require.True(t, list.HasErrors())
}
