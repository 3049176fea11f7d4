package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// rewrite replaces what a file of the user's holds, in one step: whatever
// happens, the file holds the old text or the new one. Symbolic links stay
// and lead to the new text; permissions stay.
func rewrite(path string, data []byte) error {
	target, perm, err := rewritable(path)
	if err != nil {
		return err
	}
	staged, err := stage(filepath.Dir(target), data, perm)
	if err == nil {
		err = os.Rename(staged, target)
	}
	if err != nil && staged != "" {
		os.Remove(staged)
	}
	return plainError(err)
}

// rewritable returns the file that path leads to and its permissions, or says
// why that is not to be rewritten.
func rewritable(path string) (string, fs.FileMode, error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", 0, plainError(err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", 0, plainError(err)
	}
	if !info.Mode().IsRegular() {
		return "", 0, fmt.Errorf("%s is %s, and only files are rewritten", path, describeMode(info.Mode()))
	}
	// A rename would replace a file that may not be written to.
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return "", 0, plainError(err)
	}
	f.Close()
	return target, info.Mode().Perm(), nil
}
