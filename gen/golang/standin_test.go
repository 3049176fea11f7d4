package golang_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

const standInSpec = `category fused
object Input       = R[2]
object Logit       = R
object Probability = R in [0, 1]
object Neuron      = { weight: R[2], bias: R }
arrow affine:  Input -> Logit given Neuron = std.affine
arrow sigmoid: Logit -> Probability        = std.sigmoid
arrow fused:   Input -> Probability given Neuron = hand implements affine >> sigmoid within 1e-6
arrow squash:  Logit -> Probability = hand implements std.sigmoid
arrow predict = fused
`

const standInHand = `package fused
func (n *Neuron) fusedHand(input Input) Probability { return Sigmoid(n.Affine(input)) }
func squashHand(z Logit) Probability { return half(Sigmoid(z)) }
func half(p Probability) Probability { return p }
`

func passed(tests ...string) func(string) bool {
	return func(test string) bool { return strings.Contains(" "+strings.Join(tests, " ")+" ", " "+test+" ") }
}

// runs says for each arrow that implements something whether Go computes it,
// and what the notes on it are.
func runs(t *testing.T, c *category.Category, opts golang.Options) (byHand map[string]bool, notes string) {
	t.Helper()
	files, all, err := golang.Generate(c, opts)
	require.NoError(t, err)
	for _, n := range all {
		notes += n.Message + "\n"
	}
	for _, f := range files {
		if f.Name == "arrows_gen.go" {
			text := string(f.Content)
			return map[string]bool{
				"fused":  strings.Contains(text, "return n.fusedHand(input)"),
				"squash": strings.Contains(text, "return squashHand(logit)"),
			}, notes
		}
	}
	t.Fatal("no arrows")
	return nil, ""
}

func TestStandIns(t *testing.T) {
	c := load(t, "fused.cat", standInSpec)
	hand := map[string][]byte{"arrows.go": []byte(standInHand)}
	both := golang.Attest(c, hand, passed(golang.LawOf(c.Arrows[2]), golang.LawOf(c.Arrows[3])))
	with := func(old, new string) map[string][]byte {
		require.Contains(t, standInHand, old)
		return map[string][]byte{"arrows.go": []byte(strings.Replace(standInHand, old, new, 1))}
	}
	for _, tc := range []struct {
		title    string
		spec     [2]string // old, new
		opts     golang.Options
		fused    bool
		squash   bool
		ofFused  string
		ofSquash string
	}{
		{"no files yet", [2]string{}, golang.Options{}, false, false, "fusedHand has not passed its law yet", "squashHand has not passed its law yet"},
		{"nothing attested", [2]string{}, golang.Options{Hand: hand}, false, false, "has not passed", "has not passed"},
		{"both attested", [2]string{}, golang.Options{Hand: hand, Attested: both}, true, true, "", ""},
		{"one attested", [2]string{}, golang.Options{Hand: hand, Attested: golang.Attest(c, hand, passed("TestSquashByHand"))}, false, true, "has not passed", ""},
		{"a helper changed", [2]string{}, golang.Options{Hand: with("return p", "return 1 - p"), Attested: both}, false, false, "hand-written files have changed", "hand-written files have changed"},
		{"lines end otherwise", [2]string{}, golang.Options{Hand: map[string][]byte{"arrows.go": []byte(strings.ReplaceAll(standInHand, "\n", "\r\n"))}, Attested: both}, true, true, "", ""},
		{"another file came", [2]string{}, golang.Options{Hand: map[string][]byte{"arrows.go": hand["arrows.go"], "more.s": []byte("TEXT")}, Attested: both}, false, false, "hand-written files have changed", "hand-written files have changed"},
		{"one meaning changed", [2]string{"affine >> sigmoid within", "affine as a >> sigmoid within"}, golang.Options{Hand: hand, Attested: both}, false, true, "the specification has changed since fusedHand passed its law", ""},
		{"one bound changed", [2]string{"1e-6", "1e-7"}, golang.Options{Hand: hand, Attested: both}, false, true, "the specification has changed", ""},
		{"a file that is none", [2]string{}, golang.Options{Hand: hand, Attested: []byte("{")}, false, false, "unknown (attested.json: ", "unknown (attested.json: "},
	} {
		t.Run(tc.title, func(t *testing.T) {
			byHand, notes := runs(t, load(t, "fused.cat", strings.Replace(standInSpec, tc.spec[0], tc.spec[1], 1)), tc.opts)
			require.Equal(t, map[string]bool{"fused": tc.fused, "squash": tc.squash}, byHand)
			for name, want := range map[string]string{"arrow fused runs `affine": tc.ofFused, "arrow squash runs `std.sigmoid`: ": tc.ofSquash} {
				require.Equal(t, want != "", strings.Contains(notes, name), notes)
				require.Contains(t, notes, want)
			}
		})
	}
}

// Go that leads back to its arrow would pass its law, while the arrow is the
// composition, and never return afterwards.
func TestCircularStandIns(t *testing.T) {
	c := load(t, "fused.cat", standInSpec)
	for title, tc := range map[string]struct{ old, new, of string }{
		"at once":             {"return Sigmoid(n.Affine(input))", "return n.Fused(input)", "fused"},
		"through an arrow":    {"return Sigmoid(n.Affine(input))", "return n.Predict(input)", "fused"},
		"through a helper":    {"return p }", "return Squash(Logit(p)) }", "squash"},
		"through another one": {"return Sigmoid(n.Affine(input))", "return Squash(0)\n}\nfunc (n *Neuron) other() {\n_ = n.fusedHand\n", ""},
	} {
		t.Run(title, func(t *testing.T) {
			require.Contains(t, standInHand, tc.old)
			hand := map[string][]byte{"arrows.go": []byte(strings.Replace(standInHand, tc.old, tc.new, 1))}
			all := golang.Attest(c, hand, func(string) bool { return true })
			byHand, notes := runs(t, c, golang.Options{Hand: hand, Attested: all})
			require.Equal(t, map[string]bool{"fused": tc.of != "fused", "squash": tc.of != "squash"}, byHand)
			require.Equal(t, tc.of != "", strings.Contains(notes, "or what leads to it"), notes)
		})
	}
	t.Run("through each other", func(t *testing.T) {
		hand := map[string][]byte{"arrows.go": []byte(`package fused
func (n *Neuron) fusedHand(input Input) Probability { return Squash(0) }
func squashHand(z Logit) Probability { return new(Neuron).Fused(Input{}) }
`)}
		all := golang.Attest(c, hand, func(string) bool { return true })
		byHand, _ := runs(t, c, golang.Options{Hand: hand, Attested: all})
		require.Equal(t, map[string]bool{"fused": false, "squash": false}, byHand)
	})
}

func TestAttest(t *testing.T) {
	c := load(t, "fused.cat", standInSpec)
	require.Nil(t, golang.Attest(c, nil, passed()))
	require.Nil(t, golang.Attest(c, nil, passed("TestPredictByHand")))
	text := string(golang.Attest(c, nil, passed("TestFusedByHand")))
	require.Contains(t, text, `"fused": {`)
	require.NotContains(t, text, "squash")
	require.Equal(t, text, string(golang.Attest(c, map[string][]byte{}, passed("TestFusedByHand"))))
}

// Whoever has not written it yet reads what runs, and what to paste.
func TestMissingImplementation(t *testing.T) {
	c := load(t, "fused.cat", standInSpec)
	notes := golang.Missing(c, golang.Options{Hand: map[string][]byte{"arrows.go": []byte("package fused\nfunc squashHand(z Logit, k int) Probability { return 0 }\n")}})
	require.Len(t, notes, 2)
	require.Contains(t, notes[0].Message, "(*Neuron).fusedHand is not written yet, so the arrow runs `affine >> sigmoid`")
	require.Contains(t, notes[0].Paste, `panic(runtime.Unwritten("fused", "fused.cat:8"))`)
	require.Contains(t, notes[1].Message, "squashHand at arrows.go:2 is no longer what fused.cat:9 wants")
	require.Empty(t, golang.Missing(c, golang.Options{Hand: map[string][]byte{"arrows.go": []byte(standInHand)}}), "the reverse is nobody's duty")
}

// Whatever an arrow goes between, and wherever it is called, its Go compiles.
func TestStandInsCompile(t *testing.T) {
	c := load(t, "fused.cat", `category fused
object Input       = R[2]
object Logit       = R
object Probability = R in [0, 1]
object Target      = R in {0, 1}
object Digit       = Fin[3]
object Scores      = R[3]
object Loss        = R in [0, inf)
object Neuron      = { weight: R[2], bias: R }
object Heads       = { weight: R[3, 2], bias: R[3] }
arrow affine:  Input -> Logit given Neuron  = std.affine
arrow sigmoid: Logit -> Probability         = std.sigmoid
arrow heads:   Input -> Scores given Heads  = std.affine
arrow bce:     Probability * Target -> Loss = std.binary_cross_entropy
arrow choose:  Scores -> Digit
arrow fused:   Input -> Probability given Neuron = hand implements affine >> sigmoid
arrow squash:  Logit -> Probability = hand implements std.sigmoid
arrow both(l: Logit, d: Digit) -> Digit * Logit = hand implements swap exactly
arrow pick:    Input -> Digit given Heads = hand implements heads >> choose
arrow deep:    Input * Input -> Probability * Probability given Two = hand implements fused as one * fused as two
arrow many:    Input ^ 3 -> Probability ^ 3 given Neuron = map fused
arrow predict = fused
arrow half: 1 -> Probability = hand implements 0.5
arrow measure = fused * id >> bce
endo step on Neuron = grad measure >> sgd(rate: 0.5)
data points: Input * Target from csv "points.csv" { Input: columns 1..2, Target: column 3 }
train fit { step: step, on: points, batch: 2, epochs: 1, report: accuracy of fused }
`)
	hand := map[string][]byte{"arrows.go": []byte(`package fused

func (n *Neuron) fusedHand(Input) Probability { return 0 }

func (n *Neuron) fusedHandReverse(Input, Probability, ProbabilityTangent, *NeuronTangent) InputTangent {
	return InputTangent{}
}

func squashHand(Logit) Probability { return 0 }

func squashHandReverse(Logit, Probability, ProbabilityTangent) LogitTangent { return 0 }

func bothHand(l Logit, d Digit) (Digit, Logit) { return d, l }

func (h Heads) pickHand(Input) Digit { return 0 }

func (t *Two) deepHand(a, b Input) (Probability, Probability) { return 0, 0 }

func Choose(Scores) Digit { return 0 }

func halfHand() Probability { return 0.5 }
`)}
	imports := importsOfPackages(t)
	all := golang.Attest(c, hand, func(string) bool { return true })
	compilesIn(t, imports, c, golang.Options{Hand: hand, Attested: all})
	compilesIn(t, imports, c, golang.Options{Hand: hand})
	compilesIn(t, imports, c, golang.Options{})
	compilesIn(t, imports, c, golang.Options{Hand: map[string][]byte{"arrows.go": []byte("package fused\n\nfunc Choose(Scores) Digit { return 0 }\n")}})

	files, notes, err := golang.Generate(c, golang.Options{Hand: hand, Attested: all})
	require.NoError(t, err)
	require.Empty(t, notes)
	for _, f := range files {
		if want := map[string]string{
			"plans_gen.go": ".fusedHandReverse(", "steps_gen.go": ".fusedHandReverse(", "laws_gen_test.go": "func TestDeepByHand(",
		}[f.Name]; want != "" {
			require.Contains(t, string(f.Content), want, f.Name)
		}
	}
}
