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
	Sums     map[string]string `json:"sums"`  // of all sources in Dir, by name
	Notes    []string          `json:"notes"` // what was said
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
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %d %d\n%q %q %q\n%q %v %q\n", exe, tool.Size(), tool.ModTime().UnixNano(), abs, path, wd, c.last("o"), c.has("checked"), c.values["set"])
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
	packages := make([]*outPackage, len(c.operands))
	specs := make([]*spec, len(c.operands))
	dirs := map[string]bool{}
	for i, path := range c.operands {
		text, err := readSpec(path)
		if err != nil {
			return nil, false
		}
		r := findReceipt(path, text, c)
		if r == nil || dirs[strings.ToLower(r.Dir)] {
			return nil, false
		}
		dirs[strings.ToLower(r.Dir)] = true
		packages[i] = &outPackage{dir: r.Dir, said: r.Notes}
		specs[i] = &spec{path: path}
	}
	changes, err := orphansBeside(specs, packages)
	return packages, err == nil && len(changes) == 0
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
func keepReceipts(c *call, specs []*spec, packages []*outPackage) {
	cache, kept := cacheRoot()
	if !kept {
		return
	}
	for i, s := range specs {
		if s.diags.Len() > 0 {
			continue // to be said again
		}
		key, err := receiptKey(s.path, s.source.Text, c)
		sums, ok := sumsOf(packages[i].dir)
		if err != nil || !ok {
			continue
		}
		data, err := json.Marshal(receipt{Category: s.category.Name, Dir: packages[i].dir, Sums: sums, Notes: packages[i].said})
		if err != nil {
			continue
		}
		file, _ := receiptPath(key)
		if tmp, err := stage(cache, data); err != nil || os.Rename(tmp, file) != nil {
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
		sum := sha256.Sum256(data)
		sums[e.Name()] = hex.EncodeToString(sum[:])
	}
	return sums, true
}
