package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// rewrite replaces what a file of the user's holds, in one step: whatever
// happens, the file holds the old text or the new one. Symbolic links stay
// and lead to the new text; permissions stay.
func rewrite(path string, data []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return plainError(err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return plainError(err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is %s, and only files are rewritten", path, describeMode(info.Mode()))
	}
	// A rename would replace a file that may not be written to.
	f, err := os.OpenFile(target, os.O_WRONLY, 0)
	if err != nil {
		return plainError(err)
	}
	f.Close()
	staged, err := stage(filepath.Dir(target), data, info.Mode().Perm())
	if err == nil {
		err = os.Rename(staged, target)
	}
	if err != nil && staged != "" {
		os.Remove(staged)
	}
	return plainError(err)
}
