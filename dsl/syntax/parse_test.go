package syntax

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// parse parses text as the file test.cat.
func parse(text string) (*File, []diag.Diagnostic) {
	var list diag.List
	file := Parse(diag.NewSource("test.cat", text), &list)
	return file, list.All()
}

func specs(t testing.TB) []string {
	paths, err := filepath.Glob("testdata/specs/*.cat")
	require.NoError(t, err)
	std, err := filepath.Glob("../std/*.cat")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(paths), 6)
	require.NotEmpty(t, std)
	return append(paths, std...)
}

func TestSpecsParse(t *testing.T) {
	for _, path := range specs(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			file, ds := parse(string(text))
			for _, d := range ds {
				t.Errorf("%s: %s: %s", d.Span, d.Code, d.Message)
			}
			require.NotEmpty(t, file.Decls)
		})
	}
}
