package main

import (
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// keepCompiled is how long a compiled program that is not used is kept.
const keepCompiled = 30 * 24 * time.Hour

// compiled is a compiled program ready to run.
type compiled struct {
	path string
	temp string // directory to remove after the run, "" where it is kept
}

func (c *compiled) release() {
	if c.temp != "" {
		os.RemoveAll(c.temp)
	}
}

// compile returns the compiled program, from the user's cache where it has
// been compiled before; else it calls slow and compiles. Processes that
// compile the same program at once do so apart, and the last puts its result
// in place.
func (p *program) compile(slow func()) (*compiled, error) {
	cache, kept := cacheRoot()
	name := "train"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	home := filepath.Join(cache, p.hash())
	bin := filepath.Join(home, name)
	if kept {
		if info, err := os.Stat(bin); err == nil && info.Mode().IsRegular() {
			now := time.Now()
			os.Chtimes(home, now, now)
			return &compiled{path: bin}, nil
		}
	}
	if _, err := goCommand(); err != nil {
		return nil, err
	}
	slow()
	work, err := os.MkdirTemp(cache, "build-")
	if err != nil {
		return nil, err
	}
	if err := p.layOut(work, cache, kept); err != nil {
		os.RemoveAll(work)
		return nil, err
	}
	out := filepath.Join(work, name)
	if err := build(work, out); err != nil {
		os.RemoveAll(work)
		return nil, p.blame(err)
	}
	if !kept {
		return &compiled{out, work}, nil
	}
	defer os.RemoveAll(work)
	if err := os.MkdirAll(home, 0o755); err != nil {
		return nil, err
	}
	if err := os.Rename(out, bin); err != nil {
		if _, e := os.Stat(bin); e != nil { // else another process was first
			return nil, err
		}
	}
	prune(cache)
	return &compiled{path: bin}, nil
}

// layOut writes the program below work, beside the runtime in the cache, or with
// a runtime of its own where none is kept.
func (p *program) layOut(work, cache string, kept bool) error {
	if !kept {
		if err := writeFiles(filepath.Join(work, "runtime"), p.runtime); err != nil {
			return err
		}
		return p.write(work, "./runtime")
	}
	dir := runtimeDir(cache, p.runtime)
	if err := settle(dir, p.runtime); err != nil {
		return err
	}
	return p.write(work, "../"+filepath.Base(dir))
}

// cacheRoot is the directory that holds compiled programs, and whether they
// outlive the run: without a cache directory of the user's, everything
// happens in a temporary one.
func cacheRoot() (string, bool) {
	if dir, err := os.UserCacheDir(); err == nil {
		dir = filepath.Join(dir, "ctgen")
		if os.MkdirAll(dir, 0o755) == nil && writable(dir) {
			return dir, true
		}
	}
	return "", false
}

func writable(dir string) bool {
	f, err := os.CreateTemp(dir, "probe-")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// prune removes what has not been used for long, and what a killed
// compilation left behind.
func prune(cache string) {
	entries, err := os.ReadDir(cache)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > keepCompiled {
			os.RemoveAll(filepath.Join(cache, e.Name()))
		}
	}
}
