package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// loader finds what specifications import. A file is one source, by whatever
// path it is named.
type loader struct {
	byPath map[string]*diag.Source // by absolute path
	known  []knownFile
	looked []string // paths of imports, also where nothing is
}

type knownFile struct {
	info   fs.FileInfo
	source *diag.Source
}

func newLoader() *loader { return &loader{byPath: map[string]*diag.Source{}} }

// add makes source the one of the file at path, unless that has one; it
// returns the file's.
func (l *loader) add(path string, source *diag.Source) *diag.Source {
	abs, err := filepath.Abs(path)
	if err != nil {
		return source
	}
	if s := l.find(abs); s != nil {
		return s
	}
	l.byPath[abs] = source
	if info, err := os.Stat(abs); err == nil {
		l.known = append(l.known, knownFile{info, source})
	}
	return source
}

func (l *loader) find(abs string) *diag.Source {
	if s := l.byPath[abs]; s != nil {
		return s
	}
	info, err := os.Stat(abs)
	if err != nil {
		return nil
	}
	for _, k := range l.known {
		if os.SameFile(info, k.info) {
			l.byPath[abs] = k.source
			return k.source
		}
	}
	return nil
}

// load is the check.Loader.
func (l *loader) load(from *diag.Source, name string) (*diag.Source, error) {
	file := filepath.Join(filepath.Dir(filepath.FromSlash(from.Name)), filepath.FromSlash(name))
	abs, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	if err := sameModule(from, abs, name); err != nil {
		return nil, err
	}
	l.looked = append(l.looked, abs)
	if s := l.find(abs); s != nil {
		return s, nil
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missingImport(file, name)
	case err == nil && info.IsDir():
		return nil, &check.ImportError{Message: fmt.Sprintf("`%s` is a directory, and an import names a file", name), Help: nearImports(file, name, "")}
	}
	text, err := readSpec(file)
	if err != nil {
		return nil, err
	}
	return l.add(file, diag.NewSource(filepath.ToSlash(file), text)), nil
}

// sameModule refuses a file of another Go module than that of from: its
// package could not be imported. Outside a module any file will do.
func sameModule(from *diag.Source, abs, name string) error {
	root, err := moduleRoot(filepath.FromSlash(from.Name))
	if err != nil {
		return nil
	}
	if other, err := moduleRoot(abs); err == nil && other == root {
		return nil
	}
	return &check.ImportError{
		Message: fmt.Sprintf("`%s` lies outside the Go module of this specification", name),
		Help:    []string{fmt.Sprintf("it becomes a package that this one's imports: keep both below %s", shown(root))},
	}
}

// missingImport says that there is no such file, and which one may be meant.
func missingImport(file, name string) error {
	dir, base := filepath.Dir(file), path.Base(name)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return &check.ImportError{Message: fmt.Sprintf("there is no folder `%s` beside this specification", path.Dir(name))}
	}
	return &check.ImportError{Message: fmt.Sprintf("there is no file `%s`", filepath.ToSlash(file)), Help: nearImports(dir, path.Dir(name), base)}
}

// nearImports offers the specification in dir whose name is nearest to base;
// prefix is how an import writes dir. Without a base it offers the only one.
func nearImports(dir, prefix, base string) []string {
	files, err := filepath.Glob(filepath.Join(dir, "*.cat"))
	if err != nil {
		return nil
	}
	var names []string
	for _, f := range files {
		names = append(names, filepath.Base(f))
	}
	near := nearest(base, names)
	if base == "" && len(names) == 1 {
		near = names[0]
	}
	if near == "" && base != "" && path.Ext(base) == "" {
		for _, n := range names {
			if strings.TrimSuffix(n, ".cat") == base {
				near = n
			}
		}
	}
	if near == "" {
		return nil
	}
	return []string{fmt.Sprintf("did you mean `%s`?", path.Join(prefix, near))}
}

// withImports is specs and all that they import, each file once, in an order
// in which every specification stands after those that it imports. Specs must
// be sound.
func withImports(specs []*spec) []*spec {
	own := map[*category.Category]*spec{}
	for _, s := range specs {
		if own[s.category] == nil {
			own[s.category] = s
		}
	}
	var all []*spec
	seen := map[*category.Category]bool{}
	var add func(c *category.Category)
	add = func(c *category.Category) {
		if seen[c] {
			return
		}
		seen[c] = true
		for _, i := range c.Imports {
			add(i.Category)
		}
		s := own[c]
		if s == nil {
			s = &spec{path: filepath.FromSlash(c.Source.Name), source: c.Source, category: c, diags: &diag.List{}}
		}
		all = append(all, s)
	}
	for _, s := range specs {
		if seen[s.category] && own[s.category] != s {
			all = append(all, s) // named twice: who writes packages refuses it
		}
		add(s.category)
	}
	return all
}
