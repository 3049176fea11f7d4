package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// receipt remembers that a specification was generated and what its package
// directory held then. Where the specification, the tool and the directory are
// still the same, generating again would change nothing, and need not be done
// to know it.
type receipt struct {
	Category string            `json:"category"`
	Dir      string            `json:"dir"`
	Sums     map[string]string `json:"sums"`    // of all sources in Dir, by name
	Imports  map[string]string `json:"imports"` // sums of the specifications imported, by path
	Path     string            `json:"path"`    // how Go imports the package, where it imports others
	Notes    []string          `json:"notes"`   // what was said
}

// receiptKey names the receipt of a specification. All that decides what is
// generated is part of it, except what the receipt itself holds.
func receiptKey(path, text string, c *call) (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	tool, err := os.Stat(exe)
	if err != nil {
		return "", err
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %d\n%q %q\n%q %v %q\n", exe, tool.Size(), tool.ModTime().UnixNano(), path, wd, c.last("o"), extrasAsked(c), c.values["set"])
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))[:32], nil
}

func receiptPath(key string) (string, bool) {
	cache, kept := cacheRoot()
	return filepath.Join(cache, "generated-"+key+".json"), kept
}

// upToDate reports whether receipts show that the specifications have been
// generated and nothing has changed since; then packages are what they gave.
// Whatever stands in the way of knowing is left to a full run to report.
func upToDate(c *call) ([]*outPackage, bool) {
	in := &inspection{call: c, sums: map[string]string{}, dirs: map[string]bool{}}
	for i, path := range c.operands {
		if slices.Contains(c.operands[:i], path) || in.spec(path) == "" {
			return nil, false
		}
	}
	changes, err := orphansBeside(in.packages)
	return in.packages, err == nil && len(changes) == 0
}

// inspection compares specifications and what they import with receipts.
type inspection struct {
	call     *call
	sums     map[string]string // of texts, by path; "" where something changed
	dirs     map[string]bool
	packages []*outPackage
}

// spec returns the sum of the specification at path, or "" where it, what it
// imports or what came of them has changed.
func (in *inspection) spec(path string) string {
	if sum, known := in.sums[path]; known {
		return sum
	}
	in.sums[path] = ""
	text, err := readSpec(path)
	if err != nil {
		return ""
	}
	r := findReceipt(path, text, in.call)
	if r == nil || in.dirs[strings.ToLower(r.Dir)] {
		return ""
	}
	for _, imported := range slices.Sorted(maps.Keys(r.Imports)) {
		if in.spec(imported) != r.Imports[imported] {
			return ""
		}
	}
	if len(r.Imports) > 0 {
		if path, err := importPath(r.Dir); err != nil || path != r.Path {
			return "" // packages that it imports are called otherwise
		}
	}
	in.dirs[strings.ToLower(r.Dir)] = true
	in.packages = append(in.packages, &outPackage{spec: &spec{path: path}, dir: r.Dir, said: r.Notes})
	in.sums[path] = sumOf([]byte(text))
	return in.sums[path]
}

func findReceipt(path, text string, c *call) *receipt {
	key, err := receiptKey(path, text, c)
	if err != nil {
		return nil
	}
	file, kept := receiptPath(key)
	data, err := os.ReadFile(file)
	var r receipt
	if !kept || err != nil || json.Unmarshal(data, &r) != nil {
		return nil
	}
	if dir, err := packageDir(path, r.Category, c.last("o")); err != nil || dir != r.Dir {
		return nil
	}
	if sums, ok := sumsOf(r.Dir); !ok || !maps.Equal(sums, r.Sums) {
		return nil
	}
	return &r
}

// keepReceipts writes a receipt for each specification just generated.
// Without them the next run takes longer, so faults are passed over.
func keepReceipts(c *call, packages []*outPackage) {
	cache, kept := cacheRoot()
	if !kept {
		return
	}
	for _, p := range packages {
		s := p.spec
		if s.diags.Len() > 0 {
			continue // to be said again
		}
		key, err := receiptKey(filepath.FromSlash(s.source.Name), s.source.Text, c)
		sums, ok := sumsOf(p.dir)
		if err != nil || !ok {
			continue
		}
		r := receipt{Category: s.category.Name, Dir: p.dir, Sums: sums, Imports: map[string]string{}, Path: p.path, Notes: p.said}
		for _, imported := range s.category.Imports {
			source := imported.Category.Source
			r.Imports[filepath.FromSlash(source.Name)] = sumOf([]byte(source.Text))
		}
		data, err := json.Marshal(r)
		if err != nil {
			continue
		}
		file, _ := receiptPath(key)
		if tmp, err := stage(cache, data, 0o644); err != nil || os.Rename(tmp, file) != nil {
			os.Remove(tmp)
		}
	}
	prune(cache)
}

// sumsOf sums up the sources in a directory, ours and the user's. It is false
// where one cannot be read or is no plain file.
func sumsOf(dir string) (map[string]string, bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, false
	}
	sums := map[string]string{}
	for _, e := range entries {
		if e.IsDir() || !slices.Contains(sourceFiles, filepath.Ext(e.Name())) && filepath.Ext(e.Name()) != ".json" {
			continue
		}
		if !e.Type().IsRegular() {
			return nil, false
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, false
		}
		sums[e.Name()] = sumOf(data)
	}
	return sums, true
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
