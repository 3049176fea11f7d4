package main

import (
	"crypto/sha256"
	"io"
	"os"
	"time"
)

// fileState is what a file is like. Two states with one hash are the same
// file, whatever its time says; without a file the hash is zero.
type fileState struct {
	hash    [sha256.Size]byte
	size    int64
	modTime time.Time
	seen    time.Time
}

// fileStates are the states of files by path.
type fileStates map[string]fileState

// racy is how long after a change a file may change again without another
// time or size: what file systems of coarse times need.
const racy = 2 * time.Second

// look returns the states of the files at now. A file is read only where its
// time or size is not that of before, or its time is too recent to tell.
func (before fileStates) look(paths []string, now time.Time) fileStates {
	states := fileStates{}
	for _, path := range paths {
		was, known := before[path]
		info, err := os.Stat(path)
		switch {
		case err != nil || info.IsDir():
			states[path] = fileState{seen: now}
		case known && was.size == info.Size() && was.modTime.Equal(info.ModTime()) && was.seen.Sub(was.modTime) > racy:
			was.seen = now
			states[path] = was
		default:
			states[path] = fileState{hashFile(path), info.Size(), info.ModTime(), now}
		}
	}
	return states
}

// exists reports whether there was a file.
func (f fileState) exists() bool { return f.hash != [sha256.Size]byte{} }

// hashFile is zero where the file cannot be read.
func hashFile(path string) (sum [sha256.Size]byte) {
	f, err := os.Open(path)
	if err != nil {
		return sum
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sum
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// same reports whether both hold the same files with the same content.
func (before fileStates) same(after fileStates) bool {
	if len(before) != len(after) {
		return false
	}
	for path, s := range after {
		if was, known := before[path]; !known || was.hash != s.hash {
			return false
		}
	}
	return true
}
