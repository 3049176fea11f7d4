package export

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// specs are all specifications of the repository that check.
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
	return all
}

// TestNothingIsLost makes a category of each export again, and requires that
// the Go generated from it is that of the specification, byte by byte.
func TestNothingIsLost(t *testing.T) {
	generated := 0
	for path, c := range specs(t) {
		text, err := JSON(c)
		require.NoError(t, err, path)
		e := newExporter()
		e.document(c)
		sources := map[string]*diag.Source{c.Source.Name: c.Source}
		prims := map[string]*category.PrimDecl{}
		for _, d := range e.prims {
			prims[primitiveName(d)] = d
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
