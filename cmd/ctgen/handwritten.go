package main

import (
	"errors"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// handFiles reads the sources of a package directory that people wrote, Go
// and assembly, tests left out, by name. A directory that does not exist
// holds none.
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
		if e.IsDir() || !slices.Contains(sourceFiles, filepath.Ext(e.Name())) || strings.HasSuffix(e.Name(), "_test.go") {
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

// sourceFiles are the endings of what the Go compiler reads without cgo.
var sourceFiles = []string{".go", ".s", ".h"}

// present is what a package directory holds that decides what is generated
// into it.
func present(dir string) (golang.Options, error) {
	if err := checkDir(dir); err != nil {
		return golang.Options{}, err
	}
	hand, err := handFiles(dir)
	if err != nil {
		return golang.Options{}, err
	}
	attested, err := os.ReadFile(filepath.Join(dir, golang.AttestedFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return golang.Options{}, plainError(err)
	}
	return golang.Options{Hand: hand, Attested: attested}, nil
}

// implementing returns the arrows of c that Go may compute in place of their
// compositions.
func implementing(c *category.Category) []*category.Arrow {
	var all []*category.Arrow
	for _, a := range c.Arrows {
		if a.Implements != nil {
			all = append(all, a)
		}
	}
	return all
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

// runsGo reports whether an arrow of c runs one that people write for the
// category of: in Go, or with Go that stands in for it.
func runsGo(c, of *category.Category) bool {
	seen := map[*category.Diagram]bool{}
	var in func(d *category.Diagram) bool
	runs := func(a *category.Arrow) bool {
		return a.Category == of && (a.Kind == category.Hand || a.Implements != nil) || in(a.Diagram)
	}
	in = func(d *category.Diagram) bool {
		if d == nil || seen[d] {
			return false
		}
		seen[d] = true
		return slices.ContainsFunc(d.Nodes, func(n *category.Node) bool {
			switch op := n.Op.(type) {
			case *category.Call:
				return runs(op.Arrow)
			case *category.Grad:
				return in(op.Body)
			case *category.Map:
				return in(op.Body)
			case *category.Repeat:
				return in(op.Body)
			}
			return false
		})
	}
	return slices.ContainsFunc(c.Arrows, runs)
}

// foreignImport returns an import of the files that is neither the standard
// library's nor the runtime's, nor one of packages, "" where there is none: such files compile in
// their own module only. What does not parse is left to the compiler.
func foreignImport(files map[string][]byte, module string, packages map[string]string) string {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, _ := parser.ParseFile(token.NewFileSet(), name, files[name], parser.ImportsOnly)
		if f == nil {
			continue
		}
		for _, imp := range f.Imports {
			p := strings.Trim(imp.Path.Value, "\"`")
			first, _, _ := strings.Cut(p, "/")
			external := strings.Contains(first, ".") || module != "" && within(p, module)
			if external && packages[p] == "" && !within(p, ctgen.Path+"/runtime") {
				return p
			}
		}
	}
	return ""
}

// within reports whether an import path is root or lies below it.
func within(path, root string) bool {
	return path == root || strings.HasPrefix(path, root+"/")
}
