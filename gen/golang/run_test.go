package golang_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// filled are the hand-written files of specs with hand-written arrows.
var filled = map[string]string{
	"byhand": `package byhand

func (n *Neuron) Embed(input Input) (h Hidden) {
	for i := range h {
		h[i] = n.Bias[i] + float32(input.Kind) + n.Weight[i][0]*input.X[0] + n.Weight[i][1]*input.X[1]
	}
	return h
}

func (n *Neuron) EmbedReverse(input Input, _ Hidden, d HiddenTangent, dn *NeuronTangent) (dx InputTangent) {
	for i := range d {
		dn.Bias[i] += d[i]
		for j := range input.X {
			dn.Weight[i][j] += d[i] * input.X[j]
			dx.X[j] += d[i] * n.Weight[i][j]
		}
	}
	return dx
}

func Split(h Hidden) (Score, Score) { return Score(h[0]), Score(h[1]) }

func SplitReverse(_ Hidden, _, _ Score, da, db ScoreTangent) HiddenTangent {
	return HiddenTangent{float32(da), float32(db)}
}

func FirstOf(a, b Score) Score { return a + 2*b }

func FirstOfReverse(_, _, _ Score, dy ScoreTangent) (ScoreTangent, ScoreTangent) { return dy, 2 * dy }
`,
	"single": "package single\n\nfunc (c *Center) Follow(x X) Center { return Center{(c[0] + x[0]) / 2, (c[1] + x[1]) / 2} }\n",
	"names":  "package names\n\nfunc Hand(Sentence, On, Int32) (T, On) { return T{}, false }\n",
}

// TestPackagesPass runs the generated tests of this package's own specs: laws,
// derivatives of loops printed from equations, powers of records, hand-written
// arrows, allocations.
func TestPackagesPass(t *testing.T) {
	if os.Getenv("CTGEN_FULL") == "" {
		t.Skip("compiles several packages; set CTGEN_FULL")
	}
	// Inside the module, so that the runtime is at hand; below testdata, so
	// that nothing else sees it.
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	args := []string{"test"}
	for _, pkg := range []string{"breadth", "tower", "byhand", "single", "names", "hidden", "lists", "bag"} {
		text, err := os.ReadFile("testdata/" + pkg + ".cat")
		require.NoError(t, err)
		files, _, err := golang.Generate(load(t, pkg+".cat", string(text)), golang.Options{})
		require.NoError(t, err)
		require.NoError(t, os.Mkdir(filepath.Join(dir, pkg), 0o777))
		for _, f := range files {
			if f.Once {
				f.Content = []byte(filled[pkg])
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, pkg, f.Name), f.Content, 0o666))
		}
		args = append(args, "./"+filepath.ToSlash(filepath.Join(dir, pkg)))
	}
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}
