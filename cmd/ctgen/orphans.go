package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// header reads the specification's name from the first line of our files.
var header = regexp.MustCompile(`^` + regexp.QuoteMeta(headerPrefix) + ` from (.+?)[;.] DO NOT EDIT\.`)

// orphanedPackages finds, beside the packages just generated in dir, those
// whose specification is gone or now has another category: the files with our
// header in them are orphaned. A package counts only if all such files name
// one specification, and no file of that name is left in the module at root
// other than those just generated from.
func orphanedPackages(dir, root string, packages []*outPackage) ([]change, error) {
	current := map[string]bool{}
	for _, p := range packages {
		current[filepath.Base(p.dir)] = true
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil // nothing was generated there yet
	}
	candidates := map[string][]change{} // by name of the specification
	for _, e := range entries {
		if !e.IsDir() || current[e.Name()] {
			continue
		}
		changes, spec, err := packageFiles(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		if spec != "" {
			candidates[spec] = append(candidates[spec], changes...)
		}
	}
	if len(candidates) == 0 {
		return nil, nil
	}
	if err := dropWithSpec(candidates, root, packages); err != nil {
		return nil, err
	}
	var all []change
	for _, changes := range candidates {
		all = append(all, changes...)
	}
	return all, nil
}

// packageFiles lists the removal of every file of ours in dir, and the one
// specification that their headers name; "" where there is not exactly one.
func packageFiles(dir string) ([]change, string, error) {
	names, err := generatedFiles(dir)
	if err != nil {
		return nil, "", err
	}
	var changes []change
	spec := ""
	for _, name := range names {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, "", plainError(err)
		}
		m := header.FindSubmatch(data)
		if m == nil || spec != "" && spec != string(m[1]) {
			return nil, "", nil
		}
		spec = string(m[1])
		changes = append(changes, change{kind: orphaned, path: path})
	}
	return changes, spec, nil
}

// dropWithSpec removes the candidates whose specification may still exist.
func dropWithSpec(candidates map[string][]change, root string, packages []*outPackage) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "vendor" || name == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if _, ok := candidates[name]; !ok {
			return nil
		}
		for _, p := range packages {
			if sameFile(p.spec.path, path) {
				return nil
			}
		}
		delete(candidates, name)
		if len(candidates) == 0 {
			return fs.SkipAll
		}
		return nil
	})
}
