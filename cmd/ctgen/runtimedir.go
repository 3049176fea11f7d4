package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/ctgen-lang/ctgen"
)

// runtimeSources is the module that compiled programs take the runtime from.
func runtimeSources() (map[string][]byte, error) {
	files := map[string][]byte{"go.mod": []byte("module " + ctgen.Path + "/runtime\n\n" + ownGoLine() + "\n")}
	return files, fs.WalkDir(ctgen.Sources, "runtime", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" {
				return fs.SkipDir
			}
			return nil
		}
		if ext := path.Ext(name); ext != ".go" && ext != ".s" && ext != ".h" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files[strings.TrimPrefix(name, "runtime/")], err = ctgen.Sources.ReadFile(name)
		return err
	})
}

// runtimeDir is the directory in the cache that holds these sources, and nothing
// else: the Go build cache knows packages by their place, so that in one place
// the runtime is compiled once, for all programs.
func runtimeDir(cache string, sources map[string][]byte) string {
	h := sha256.New()
	digest(h, sources)
	return filepath.Join(cache, fmt.Sprintf("runtime-%x", h.Sum(nil)[:8]))
}

// settle makes dir hold the files. What is there already is not touched, so that
// other processes may compile it, or settle it as well; what has been damaged or
// lost is mended. No file is ever there in part.
func settle(dir string, files map[string][]byte) error {
	wanting := map[string][]byte{}
	for name, data := range files {
		if !holds(filepath.Join(dir, filepath.FromSlash(name)), data) {
			wanting[name] = data
		}
	}
	if len(wanting) > 0 {
		work, err := os.MkdirTemp(filepath.Dir(dir), "build-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(work)
		if err := writeFiles(work, wanting); err != nil {
			return err
		}
		for name, data := range wanting {
			to := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			err := os.Rename(filepath.Join(work, filepath.FromSlash(name)), to)
			if err != nil && !holds(to, data) { // else another process was first
				return err
			}
		}
	}
	now := time.Now()
	os.Chtimes(dir, now, now) // it is in use: see prune
	return nil
}

func holds(file string, data []byte) bool {
	have, err := os.ReadFile(file)
	return err == nil && bytes.Equal(have, data)
}
