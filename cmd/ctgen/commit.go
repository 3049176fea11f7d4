package main

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
)

// commit brings the disk in line with what was generated. All files are
// staged beside their places before the first is put there, so a full disk or
// a missing permission leaves everything as it was.
func commit(changes []change) (err error) {
	var staged []string // temporary file of each change, "" for a removal
	var made []string   // directories, outermost first
	defer func() {
		if err == nil {
			return
		}
		for _, t := range staged {
			if t != "" {
				os.Remove(t)
			}
		}
		for i := len(made) - 1; i >= 0; i-- {
			os.Remove(made[i]) // fails, as it should, where something lies in it
		}
	}()
	for _, c := range changes {
		if c.kind == orphaned {
			staged = append(staged, "")
			continue
		}
		dirs, err := makeDirs(filepath.Dir(c.path))
		made = append(made, dirs...)
		if err != nil {
			return plainError(err)
		}
		tmp, err := stage(filepath.Dir(c.path), c.data, cmp.Or(c.mode, 0o644))
		staged = append(staged, tmp)
		if err != nil {
			return plainError(err)
		}
	}
	for i, c := range changes {
		if c.kind == orphaned {
			err = os.Remove(c.path)
		} else {
			err = os.Rename(staged[i], c.path)
		}
		if err != nil {
			return plainError(err)
		}
	}
	return nil
}

// stage writes data to a temporary file in dir; its name starts with a dot,
// so Go's tools pass over it.
func stage(dir string, data []byte, perm fs.FileMode) (string, error) {
	f, err := os.CreateTemp(dir, ".ctgen-*.tmp")
	if err != nil {
		return "", err
	}
	if _, err = f.Write(data); err == nil {
		err = f.Chmod(perm)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return f.Name(), err
}

// makeDirs creates dir and what is missing above it, and returns what it
// created, outermost first.
func makeDirs(dir string) ([]string, error) {
	var todo []string
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(d); err == nil || d == filepath.Dir(d) {
			break
		}
		todo = append(todo, d)
	}
	var made []string
	for i := len(todo) - 1; i >= 0; i-- {
		if err := os.Mkdir(todo[i], 0o755); err != nil && !os.IsExist(err) {
			return made, err
		}
		made = append(made, todo[i])
	}
	return made, nil
}
