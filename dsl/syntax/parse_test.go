package syntax

import (
	"os"
	"path/filepath"
	"sync"
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

func TestParseTerm(t *testing.T) {
	for text, fault := range map[string]string{
		"predict":             "",
		"grad (f * id >> g)":  "",
		" std.relu // a term": "",
		"? * id >> ? as w":    "",
		"??":                  "1:2 CT0101",
		"":                    "1:1 CT0101",
		"f >>":                "1:5 CT0101",
		"f g":                 "1:3 CT0101",
		"f = g":               "1:3 CT0101",
		"object A":            "1:1 CT0101",
		"f\x00":               "1:2 CT0102",
	} {
		var list diag.List
		term := ParseTerm(diag.NewSource("term", text), &list)
		require.Equal(t, fault, faults(list.All()), text)
		require.Equal(t, fault == "", term != nil, text)
	}
}

func TestParseType(t *testing.T) {
	for text, fault := range map[string]string{
		"Input * Target":      "",
		"tangent Adam[P] ^ 2": "",
		"1":                   "",
		"":                    "1:1 CT0101",
		"A B":                 "1:3 CT0101",
		"A ->":                "1:3 CT0101",
		"?":                   "1:1 CT0101",
	} {
		var list diag.List
		typ := ParseType(diag.NewSource("from", text), &list)
		require.Equal(t, fault, faults(list.All()), text)
		require.Equal(t, fault == "", typ != nil, text)
	}
}

// Parses share the compiled grammars but no state.
func TestParsesAtTheSameTime(t *testing.T) {
	const good, bad = "object A = R\nobject B = A", "object A = \nobject B = ["
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				file, ds := parse(good)
				if len(file.Decls) != 2 || len(ds) != 0 {
					t.Errorf("a sound file gave %v", ds)
				}
				if file, ds := parse(bad); len(file.Decls) != 0 || len(ds) != 2 || len(file.Broken) != 2 {
					t.Errorf("a faulty file gave %v", ds)
				}
			}
		})
	}
	all.Wait()
}
