package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// starter holds what init writes. Go files carry the suffix .txt, so that
// they are no package of this module.
//
//go:embed all:starter
var starter embed.FS

// starterFiles reads the files of a new project by slash-separated path.
func starterFiles(dir string) (map[string][]byte, error) {
	files := map[string][]byte{}
	return files, fs.WalkDir(starter, "starter", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := starter.ReadFile(name)
		files[strings.TrimSuffix(strings.TrimPrefix(name, "starter/"), ".txt")] = data
		return err
	})
}

// keepReadme leaves a README.md that lies in dir alone, and returns its path:
// most projects begin with one. It is "" where there is none.
func keepReadme(dir string, files map[string][]byte) string {
	path := filepath.Join(dir, "README.md")
	if _, err := os.Lstat(path); err != nil {
		return ""
	}
	delete(files, "README.md")
	return path
}

// newFiles turns files into changes, and refuses if one of them exists.
func newFiles(dir string, files map[string][]byte) ([]change, error) {
	if err := checkDir(dir); err != nil {
		return nil, err
	}
	var changes []change
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if _, err := os.Lstat(path); err == nil {
			return nil, fmt.Errorf("%s exists already, and init never overwrites; nothing was written", shown(path))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, plainError(err)
		}
		changes = append(changes, change{kind: missing, path: path, data: files[name]})
	}
	return changes, nil
}
