package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// maxSpec is the largest specification that is read, in bytes: far above what
// anyone writes, far below what exhausts memory.
const maxSpec = syntax.MaxFile

// spec is one specification as it was named and what came of it.
type spec struct {
	path     string // as the user wrote it
	source   *diag.Source
	category *category.Category // nil where diags holds an error
	diags    *diag.List
	opts     check.Options // under which it was checked
	files    *loader       // what this and the others read
}

// loadSpecs reads and checks every specification. An error means that one
// could not be read; faults inside them are in their diags, and a hole is one.
func loadSpecs(paths []string, set map[string]int) ([]*spec, error) {
	return loadWith(paths, set, check.Options{})
}

// loadWith is loadSpecs under other options.
func loadWith(paths []string, set map[string]int, opts check.Options) ([]*spec, error) {
	specs, program, err := readSpecs(paths, set)
	if err != nil {
		return nil, err
	}
	opts.Program = program
	checkAll(specs, opts)
	return specs, allSet(specs, program)
}

// checkAll checks specs in the program of opts. What it advises depends on who
// imports whom, so that comes after all checks.
func checkAll(specs []*spec, opts check.Options) {
	plain := opts
	plain.Vet, plain.Fixes = false, false
	sources := make([]*diag.Source, len(specs))
	for i, s := range specs {
		sources[i] = s.source
	}
	opts.Program.Read(sources, plain)
	for _, o := range []check.Options{plain, opts} {
		_ = inParallel(len(specs), func(i int) error { // checks do not fail
			s := specs[i]
			s.opts = o
			s.category, s.diags = check.Check(s.source, o)
			return nil
		})
		if !opts.Vet && !opts.Fixes {
			break
		}
	}
}

// allSet refuses a --set that no specification took, imported ones included.
func allSet(specs []*spec, program *check.Program) error {
	if anyErrors(specs) {
		return nil // what is faulty may have it
	}
	if missing, known := program.Unset(); len(missing) > 0 {
		return fmt.Errorf("--set: no dim is called %s%s", quote(missing[0]), didYouMean(missing[0], known))
	}
	return nil
}

// readSpecs reads every specification and makes the program in which they are
// checked, with the dims that set overrides.
func readSpecs(paths []string, set map[string]int) ([]*spec, *check.Program, error) {
	specs := make([]*spec, len(paths))
	files := newLoader()
	for i, p := range paths {
		text, err := readSpec(p)
		if err != nil {
			return nil, nil, err
		}
		s := &spec{path: p, files: files, source: files.add(p, diag.NewSource(filepath.ToSlash(p), text))}
		specs[i] = s
	}
	program := check.NewProgram(files.load)
	bare := map[string]int{}
	for name, n := range set {
		if category, dim, qualified := strings.Cut(name, "."); qualified {
			program.SetNamed(category, dim, n)
		} else {
			bare[name] = n
		}
	}
	own, err := distribute(specs, bare)
	if err != nil {
		return nil, nil, err
	}
	for i, s := range specs {
		program.Set(s.source, own[i])
	}
	return specs, program, nil
}

// readSpec reads one specification and says what to do where it cannot.
func readSpec(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) && filepath.Ext(path) == "" {
			if _, e := os.Stat(path + ".cat"); e == nil {
				return "", fmt.Errorf("there is no file %s; did you mean %s?", path, path+".cat")
			}
		}
		return "", plainError(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		return "", fmt.Errorf("%s is a directory; name the .cat files in it: %s", path, filepath.Join(path, "*.cat"))
	}
	size := int64(0)
	if err == nil {
		size = info.Size()
	}
	return readText(f, path, size)
}

// readText reads what r holds, which is called path and probably of that
// size.
func readText(r io.Reader, path string, size int64) (string, error) {
	var text strings.Builder
	text.Grow(int(min(size, maxSpec)) + 1)
	n, err := io.Copy(&text, io.LimitReader(r, maxSpec+1))
	if err != nil {
		return "", plainError(err)
	}
	if n > maxSpec {
		return "", fmt.Errorf("%s is larger than %d MB; is it a specification?", path, maxSpec>>20)
	}
	return text.String(), nil
}

// plainError words an error of the file system.
func plainError(err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no file %s", p.Path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("no permission to %s %s", p.Op, p.Path)
	}
	return fmt.Errorf("cannot %s %s: %w", p.Op, p.Path, p.Err)
}

// setFlag overrides dims from the command line.
var setFlag = option{long: "set", value: "Dim=N", help: "give a dim another value; write spec.Dim for one of an imported spec; may be repeated"}

// parseSet reads the values of --set.
func parseSet(values []string) (map[string]int, error) {
	set := map[string]int{}
	for _, v := range values {
		name, number, ok := strings.Cut(v, "=")
		n, err := strconv.Atoi(strings.TrimSpace(number))
		name = strings.TrimSpace(name)
		if !ok || name == "" || err != nil || n < 1 {
			return nil, fmt.Errorf("--set takes a dim and a whole number from 1, such as Hidden=128, not %s", quote(v))
		}
		set[name] = n
	}
	return set, nil
}

// distribute gives each specification its share of --set: what it declares.
// A dim that none declares is an error; those of imported specifications are
// written behind their category's name.
func distribute(specs []*spec, set map[string]int) ([]map[string]int, error) {
	own := make([]map[string]int, len(specs))
	if len(set) == 0 {
		return own, nil
	}
	known := map[string]bool{}
	var names []string
	for i, s := range specs {
		own[i] = map[string]int{}
		file := syntax.Parse(s.source, &diag.List{})
		if file == nil {
			continue
		}
		for _, d := range file.Decls {
			dim, ok := d.(*syntax.DimDecl)
			if !ok {
				continue
			}
			name := dim.Name.Text
			known[name] = true
			names = append(names, name)
			if n, ok := set[name]; ok {
				own[i][name] = n
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !known[name] {
			return nil, fmt.Errorf("--set: no dim is called %s%s", quote(name), didYouMean(name, names))
		}
	}
	return own, nil
}

// anyWarnings reports whether there is something to warn of.
func anyWarnings(specs []*spec) bool {
	for _, s := range specs {
		if s.diags.Count(diag.Warning) > 0 {
			return true
		}
	}
	return false
}

func anyErrors(specs []*spec) bool {
	for _, s := range specs {
		if s.category == nil || s.diags.HasErrors() {
			return true
		}
	}
	return false
}
