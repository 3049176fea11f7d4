package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
)

// handFiles reads the Go files of a package directory that people wrote,
// tests left out, by name. A directory that does not exist holds none.
func handFiles(dir string) (map[string][]byte, error) {
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, plainError(err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, plainError(err)
		}
		if !isGenerated(data) {
			files[e.Name()] = data
		}
	}
	return files, nil
}

// handArrows returns the arrows of c that are written in Go.
func handArrows(c *category.Category) []*category.Arrow {
	var hand []*category.Arrow
	for _, a := range c.Arrows {
		if a.Kind == category.Hand {
			hand = append(hand, a)
		}
	}
	return hand
}

// foreignImport returns an import of the files that is neither the standard
// library's nor the runtime's, "" where there is none: such files compile in
// their own module only.
func foreignImport(files map[string][]byte) (string, error) {
	for name, data := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, data, parser.ImportsOnly)
		if err != nil {
			return "", fmt.Errorf("%w", err)
		}
		for _, imp := range f.Imports {
			p := strings.Trim(imp.Path.Value, "\"`")
			first, _, _ := strings.Cut(p, "/")
			if strings.Contains(first, ".") && p != ctgen.Path+"/runtime" && !strings.HasPrefix(p, ctgen.Path+"/runtime/") {
				return p, nil
			}
		}
	}
	return "", nil
}
