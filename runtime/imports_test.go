package runtime_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What generated code links: nothing but the standard library and itself,
// and in predictors no encoding/json, no fmt and no reflect.
func TestImports(t *testing.T) {
	const own = "github.com/ctgen-lang/ctgen/runtime"
	heavy := []string{"encoding/json", "fmt", "reflect", "os", "net/http"}
	for _, dir := range []string{".", "kernel", "rng", "lawtest", "serve"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			require.NoError(t, err)
			for _, i := range f.Imports {
				path, err := strconv.Unquote(i.Path.Value)
				require.NoError(t, err)
				std := !strings.Contains(strings.Split(path, "/")[0], ".")
				require.True(t, std || path == own || strings.HasPrefix(path, own+"/"), "%s imports %s", file, path)
				if dir != "lawtest" && dir != "serve" {
					require.NotContains(t, heavy, path, file)
				}
			}
		}
	}
}
