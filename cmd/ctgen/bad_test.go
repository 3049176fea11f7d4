package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
)

// TestBadSpecs holds the diagnostics of every bad specification against what
// is expected, and that generating from it writes nothing.
func TestBadSpecs(t *testing.T) {
	runScripts(t, "testdata/bad", map[string]string{"go.mod": "module bad\n"})
}

// TestBadSpecsCoverCodes keeps the corpus broad: many kinds of fault, each
// expectation with a code and a place.
func TestBadSpecsCoverCodes(t *testing.T) {
	scripts, err := filepath.Glob("testdata/bad/*.txtar")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(scripts), 40)
	code := regexp.MustCompile(`(?m)^error\[(CT\d{4})\]: `)
	codes := map[string]bool{}
	for _, s := range scripts {
		a, err := txtar.ParseFile(s)
		require.NoError(t, err)
		want := string(a.Files[len(a.Files)-1].Data)
		found := code.FindAllStringSubmatch(want, -1)
		require.NotEmpty(t, found, "%s expects no error", s)
		require.Contains(t, want, strings.TrimSuffix(filepath.Base(s), ".txtar")+".cat:", s)
		for _, m := range found {
			codes[m[1]] = true
		}
	}
	require.GreaterOrEqual(t, len(codes), 85, "kinds of fault in the corpus")
}
