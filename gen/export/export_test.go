package export

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// fitted says of its data and training what no specification of the repository
// does.
const fitted = `category fitted
object Input = R[4]
object Kind  = Fin[3]
object Score = R[3]
object Loss  = R in [0, inf)
object Layer = { weight: R[3, 4], bias: R[3] }
arrow layer: Input -> Score given Layer = std.affine
arrow nll: Score * Kind -> Loss = std.softmax_cross_entropy
arrow measure = layer * id >> nll
endo step on Layer = grad measure >> sgd(rate: 0.1)
data rows: Input * Kind from csv "rows.csv" {
    Input: columns 1..4 scaled to [-1, 1/2]
    Kind:  column 5
    split: 70 / 20 / 10 stratified by Kind
}
train fit { step: step, on: rows, batch: 8, micro_batch: 4 }
`

// specs are all specifications of the repository that check, and fitted.
func specs(t *testing.T) map[string]*category.Category {
	all := map[string]*category.Category{}
	for _, pattern := range []string{"specs/*.cat", "bench/specs/*.cat", "dsl/syntax/testdata/specs/*.cat", "gen/golang/testdata/*.cat", "gen/golang/testdata/straight/*.cat", "cmd/ctgen/starter/*.cat"} {
		paths, err := filepath.Glob("../../" + pattern)
		require.NoError(t, err)
		require.NotEmpty(t, paths, pattern)
		for _, p := range paths {
			text, err := os.ReadFile(p)
			require.NoError(t, err)
			c, diags := check.Check(diag.NewSource(filepath.Base(p), string(text)), check.Options{})
			if !diags.HasErrors() { // some wait for arrows that std does not have
				all[p] = c
			}
		}
	}
	require.Greater(t, len(all), 15)
	c, diags := check.Check(diag.NewSource("fitted.cat", fitted), check.Options{})
	require.NotNil(t, c, "%v", diags.All())
	all["fitted.cat"] = c
	return all
}

// TestNothingIsLost makes a category of each export again, and requires that
// the Go generated from it is that of the specification, byte by byte.
func TestNothingIsLost(t *testing.T) {
	generated := 0
	for path, c := range specs(t) {
		text, err := JSON(c)
		require.NoError(t, err, path)
		e := newExporter(c)
		e.document()
		sources := map[string]*diag.Source{c.Source.Name: c.Source}
		prims := map[string]*category.PrimDecl{}
		for _, d := range e.prims.all {
			prims[e.prims.name(d)] = d
			sources[d.Span.Src.Name] = d.Span.Src
		}
		again, err := read(text, sources, prims)
		require.NoError(t, err, path)

		second, err := JSON(again)
		require.NoError(t, err, path)
		require.Equal(t, string(text), string(second), path)
		require.Equal(t, len(c.Arrows), len(again.Arrows), path)
		for i, a := range c.Arrows {
			b := again.Arrows[i]
			require.Equal(t, a.Dom.String()+" -> "+a.Cod.String()+" given "+a.Given.String(), b.Dom.String()+" -> "+b.Cod.String()+" given "+b.Given.String(), path)
		}

		want, wantNotes, err := golang.Generate(c, golang.Options{Checked: true})
		if err != nil {
			_, _, err2 := golang.Generate(again, golang.Options{Checked: true})
			require.EqualError(t, err2, err.Error(), path)
			continue
		}
		generated++
		got, gotNotes, err := golang.Generate(again, golang.Options{Checked: true})
		require.NoError(t, err, path)
		require.Len(t, got, len(want), path)
		for i := range want {
			assert.Equal(t, string(want[i].Content), string(got[i].Content), "%s %s", path, want[i].Name)
		}
		require.Equal(t, len(wantNotes), len(gotNotes))
	}
	require.Greater(t, generated, 12)
}

// importing is a specification that uses others, two of which have one name.
func importing(t *testing.T) *category.Category {
	files := map[string]string{
		"model.cat": `import "layers.cat" as l
import "other/things.cat"
object Loss = R in [0, inf)
arrow predict = things.turn >> l.dense
arrow measure(x: things.Input, y: l.Score) -> Loss { loss(predict(x), y) }
arrow loss: l.Score * l.Score -> Loss = std.squared_error
endo step on Adam[l.Weights] = grad measure >> adam(rate: 0.1)
`,
		"layers.cat": `import "things.cat"
dim Width = 3
object Score = R
object Weights = { weight: R[Width], bias: R }
arrow dense: things.Input -> Score given Weights = std.affine
arrow unused: Score -> Score = std.tanh
`,
		"things.cat": `object Input = R[3]
`,
		"other/things.cat": `import "../things.cat" as base
object Input = R[3]
arrow turn: Input -> base.Input = std.relabel
`,
	}
	sources := map[string]*diag.Source{}
	for name, text := range files {
		sources[name] = diag.NewSource(name, text)
	}
	program := check.NewProgram(func(from *diag.Source, name string) (*diag.Source, error) {
		return sources[path.Join(path.Dir(from.Name), name)], nil
	})
	c, diags := check.Check(sources["model.cat"], check.Options{Program: program})
	require.NotNil(t, c, "%v", diags.All())
	return c
}

// TestImports requires that what a specification uses of others is listed
// behind its own, under names that stay apart, and nothing that it does not.
func TestImports(t *testing.T) {
	text, err := JSON(importing(t))
	require.NoError(t, err)
	var d document
	require.NoError(t, json.Unmarshal(text, &d))
	var names []string
	for _, o := range d.Objects {
		names = append(names, o.Name)
	}
	for _, a := range d.Arrows {
		names = append(names, a.Name)
	}
	require.Equal(t, []string{
		"Loss", "things.Input", "l.Score", "l.Weights", "things_2.Input", "Adam[l.Weights]",
		"predict", "measure", "loss", "step", "things.turn", "l.dense",
	}, names)
	require.Len(t, d.Imports, 2)
	require.Equal(t, "layers.cat", d.Imports[0].File)
}
