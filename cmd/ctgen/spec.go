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
const maxSpec = 16 << 20

// spec is one specification as it was named and what came of it.
type spec struct {
	path     string // as the user wrote it
	source   *diag.Source
	category *category.Category // nil where diags holds an error
	diags    *diag.List
}

// loadSpecs reads and checks every specification. An error means that one
// could not be read; faults inside them are in their diags, and a hole is one.
func loadSpecs(paths []string, set map[string]int) ([]*spec, error) {
	return loadWith(paths, check.Options{Set: set})
}

// loadWith is loadSpecs under other options.
func loadWith(paths []string, opts check.Options) ([]*spec, error) {
	specs, own, err := readSpecs(paths, opts.Set)
	if err != nil {
		return nil, err
	}
	return specs, inParallel(len(specs), func(i int) error {
		opts := opts
		opts.Set = own[i]
		specs[i].category, specs[i].diags = check.Check(specs[i].source, opts)
		return nil
	})
}

// readSpecs reads every specification and finds its share of set.
func readSpecs(paths []string, set map[string]int) ([]*spec, []map[string]int, error) {
	specs := make([]*spec, len(paths))
	for i, p := range paths {
		text, err := readSpec(p)
		if err != nil {
			return nil, nil, err
		}
		s := &spec{path: p, source: diag.NewSource(filepath.ToSlash(p), text)}
		specs[i] = s
	}
	own, err := distribute(specs, set)
	if err != nil {
		return nil, nil, err
	}
	return specs, own, nil
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
	var text strings.Builder
	if err == nil {
		text.Grow(int(min(info.Size(), maxSpec)) + 1)
	}
	n, err := io.Copy(&text, io.LimitReader(f, maxSpec+1))
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
var setFlag = option{long: "set", value: "Dim=N", help: "give a dim of the spec another value; may be repeated"}

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
// A dim that none declares is an error.
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

func anyErrors(specs []*spec) bool {
	for _, s := range specs {
		if s.category == nil || s.diags.HasErrors() {
			return true
		}
	}
	return false
}
