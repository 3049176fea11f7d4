package golang_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// TestCompositesCompiled compiles the specs of testdata/agree together and
// holds each of their arrows against the interpreter: values, gradients, and
// the states after steps.
func TestCompositesCompiled(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/agree/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	sources := map[string]source{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		var s source
		name := ""
		for _, f := range archive.Files {
			switch f.Name {
			case "arrows.go":
				s.hand = string(f.Data)
			case "interpreted.cat":
				s.interpreted = string(f.Data)
			default:
				require.Empty(t, name, "%s holds two specs", path)
				name, s.text = strings.TrimSuffix(f.Name, ".cat"), string(f.Data)
			}
		}
		sources[name] = s
	}
	draws, full := 3, os.Getenv("CTGEN_FULL") != ""
	if full { // as users compile
		draws = 200
	}
	p := compile(t, full, sources)
	for name := range sources {
		t.Run(name, func(t *testing.T) { p.requireAgreement(t, name, draws) })
	}
}
