package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// generateAll prints the packages of specifications and of all that they
// import, in memory; those of imports come first. dir is what -o says, or "".
// A package that is generated for its importer's sake alone holds the extra
// files that it did before.
func generateAll(specs []*spec, dir string, with extras) ([]*outPackage, error) {
	g := &printing{}
	for _, s := range withImports(specs) {
		at, err := packageDir(s.path, s.category.Name, dir)
		if err != nil {
			return nil, err
		}
		p := &outPackage{spec: s, category: s.category, dir: at, extras: with}
		if !slices.Contains(specs, s) {
			p.extras = extrasIn(at)
		}
		g.packages = append(g.packages, p)
	}
	if err := refuseClashes(g.packages); err != nil {
		return nil, err
	}
	if err := g.findPaths(); err != nil {
		return nil, err
	}
	g.jobs = make([]job, len(g.packages))
	if err := inParallel(len(g.packages), g.print); err != nil {
		return nil, err
	}
	return g.packages, nil
}

// printing makes packages, each after those that it imports.
type printing struct {
	packages []*outPackage
	jobs     []job
	at       map[*category.Category]int
}

type job struct {
	once    sync.Once
	printed *golang.Package
	err     error
}

// findPaths gives packages their import paths, where some package needs one.
func (g *printing) findPaths() error {
	g.at = map[*category.Category]int{}
	imports := false
	for i, p := range g.packages {
		g.at[p.category] = i
		imports = imports || len(p.category.Imports) > 0
	}
	if !imports {
		return nil
	}
	for _, p := range g.packages {
		path, err := importPath(p.dir)
		if err != nil {
			return fmt.Errorf("packages that import one another lie in one Go module, and %s in none; make one with `go mod init`", shown(p.dir))
		}
		p.path = path
	}
	return nil
}

// importPath is how Go files of its module import the package in dir.
func importPath(dir string) (string, error) {
	root, err := moduleRoot(dir)
	if err != nil {
		return "", err
	}
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return "", plainError(err)
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return "", err
	}
	return path.Join(moduleLine(string(goMod)), filepath.ToSlash(rel)), nil
}

func (g *printing) print(i int) error {
	j, p := &g.jobs[i], g.packages[i]
	j.once.Do(func() {
		opts := golang.Options{}
		p.extras.ask(&opts)
		if opts.Imports, j.err = g.imports(p.category); j.err != nil {
			return
		}
		if len(implementing(p.category)) > 0 {
			was, err := present(p.dir)
			if err != nil {
				j.err = err
				return
			}
			opts.Hand, opts.Attested = was.Hand, was.Attested
		}
		p.imports = opts.Imports
		if p.files, j.printed, j.err = generateInto(p.spec, opts); j.err == nil {
			p.say(j.printed.Notes)
		}
	})
	return j.err
}

// imports prints what c leads to.
func (g *printing) imports(c *category.Category) (map[*category.Category]*golang.Import, error) {
	all := map[*category.Category]*golang.Import{}
	for _, of := range reached(c) {
		i := g.at[of]
		if err := g.print(i); err != nil {
			return nil, err
		}
		all[of] = &golang.Import{Path: g.packages[i].path, Package: g.jobs[i].printed}
	}
	return all, nil
}

// reached lists the categories that c imports, also through others, each after
// those that it imports itself.
func reached(c *category.Category) []*category.Category {
	var all []*category.Category
	seen := map[*category.Category]bool{c: true}
	var add func(c *category.Category)
	add = func(c *category.Category) {
		for _, i := range c.Imports {
			if !seen[i.Category] {
				seen[i.Category] = true
				add(i.Category)
				all = append(all, i.Category)
			}
		}
	}
	add(c)
	return all
}

// packageDir is where the package of the specification at path goes; dir is
// what -o says, or "".
func packageDir(path, category, dir string) (string, error) {
	if dir == "" {
		root, err := moduleRoot(path)
		if err != nil {
			return "", err
		}
		dir = filepath.Join(root, "generated")
	}
	return filepath.Abs(filepath.Join(dir, category))
}

// generateInto prints the package of one specification, in memory.
func generateInto(s *spec, opts golang.Options) ([]outFile, *golang.Package, error) {
	p, err := golang.Print(s.category, opts)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", s.path, err)
	}
	var out []outFile
	for _, f := range p.Files {
		out = append(out, outFile{f.Name, f.Content, f.Once})
	}
	return out, p, nil
}
