package golang_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// load checks a spec that must be sound.
func load(t testing.TB, name, text string) *category.Category {
	t.Helper()
	c, diags := check.Check(diag.NewSource(name, text), check.Options{})
	for _, d := range diags.All() {
		t.Logf("%s: %s: %s", d.Span, d.Code, d.Message)
	}
	require.NotNil(t, c)
	return c
}

// specs lists the specs of this package's tests and the example specs.
func specs(t *testing.T) []string {
	t.Helper()
	mine, err := filepath.Glob("testdata/*.cat")
	require.NoError(t, err)
	examples, err := filepath.Glob("../../specs/*.cat")
	require.NoError(t, err)
	return append(mine, examples...)
}

// TestGolden holds the packages of specs against testdata/<category>/.
func TestGolden(t *testing.T) {
	kept, err := filepath.Glob("testdata/*.cat")
	require.NoError(t, err)
	for _, spec := range kept {
		t.Run(filepath.Base(spec), func(t *testing.T) {
			text, err := os.ReadFile(spec)
			require.NoError(t, err)
			c := load(t, filepath.Base(spec), string(text))
			files, _, err := golang.Generate(c, golang.Options{})
			require.NoError(t, err)
			dir := filepath.Join("testdata", "golden", strings.TrimSuffix(filepath.Base(spec), ".cat"))
			if *update {
				require.NoError(t, os.RemoveAll(dir))
				require.NoError(t, os.MkdirAll(dir, 0o777))
				for _, f := range files {
					require.NoError(t, os.WriteFile(filepath.Join(dir, f.Name+".golden"), f.Content, 0o666))
				}
				return
			}
			kept, err := filepath.Glob(filepath.Join(dir, "*.golden"))
			require.NoError(t, err)
			require.Len(t, kept, len(files))
			for _, f := range files {
				want, err := os.ReadFile(filepath.Join(dir, f.Name+".golden"))
				require.NoError(t, err)
				require.Equal(t, string(want), string(f.Content), f.Name)
			}
		})
	}
}
