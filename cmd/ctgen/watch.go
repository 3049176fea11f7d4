package main

import (
	"context"
	"crypto/sha256"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// pollEvery is how often files are looked at.
const pollEvery = 200 * time.Millisecond

// patience is how many looks a file may be gone for before that counts: some
// editors remove a file, or rename it, before they write it anew.
const patience = 5

// watchSpecs generates, and again whenever something that was read changes,
// until a signal ends it.
func watchSpecs(u *ui, c *call, set map[string]int) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the command at once
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	w := &watch{paths: func() []string { return readPaths(c, nil) }}
	w.run = func() []change {
		did := &generation{}
		code := generateOnce(u, c, set, did)
		if did.specs != nil {
			w.paths = func() []string { return readPaths(c, did.specs) }
		}
		if code == exitOK && len(did.changes) == 0 {
			u.say("up to date")
		}
		return did.changes
	}
	w.first(time.Now())
	u.say("watching %s; Ctrl-C ends it", strings.Join(c.operands, ", "))
	w.loop(ctx, ticker.C)
	return exitOK
}

// watch runs something again whenever files change. It acts on ticks only.
type watch struct {
	paths func() []string // of the files that matter now
	run   func() []change // what it did to files

	done  fileStates // when the last run began
	last  fileStates // at the last look
	since int        // looks since files that were there are gone
}

// first runs for the first time.
func (w *watch) first(now time.Time) {
	w.last = fileStates{}.look(w.paths(), now)
	w.again(now)
}

// loop looks at each tick, until ctx is done.
func (w *watch) loop(ctx context.Context, ticks <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticks:
			if ctx.Err() != nil {
				return
			}
			w.tick(now)
		}
	}
}

// tick looks at the files, and runs where they are others than at the last
// run and as they were at the last look: whoever is changing them is done.
func (w *watch) tick(now time.Time) {
	states := w.last.look(w.paths(), now)
	settled := states.same(w.last)
	w.last = states
	if w.done.same(states) {
		w.since = 0
		return
	}
	if w.lacks(states) {
		if w.since++; w.since < patience {
			return
		}
	}
	if settled {
		w.since = 0
		w.again(now)
	}
}

// lacks reports whether a file is gone that was there at the last run.
func (w *watch) lacks(states fileStates) bool {
	for path, was := range w.done {
		if was.exists() && !states[path].exists() {
			return true
		}
	}
	return false
}

// again runs. What is written by the run itself is no change; what others
// change meanwhile is one.
func (w *watch) again(now time.Time) {
	before := w.last
	wrote := fileStates{}
	for _, ch := range w.run() {
		if ch.kind == orphaned {
			wrote[ch.path] = fileState{}
		} else {
			wrote[ch.path] = fileState{hash: sha256.Sum256(ch.data)}
		}
	}
	paths := w.paths()
	w.last = before.look(paths, now)
	w.done = fileStates{}
	for _, path := range paths {
		if was, own := wrote[path]; own {
			w.done[path] = was
		} else if was, known := before[path]; known {
			w.done[path] = was
		} else {
			w.done[path] = w.last[path] // read by the run for the first time
		}
	}
}

// readPaths are the files that a generation reads: the specifications, all
// that they import, also where it is missing, and what people wrote in the
// packages. specs is nil where no specification has been read yet.
func readPaths(c *call, specs []*spec) []string {
	all := map[string]bool{}
	for _, p := range c.operands {
		if abs, err := filepath.Abs(p); err == nil {
			all[abs] = true
		}
	}
	for _, s := range specs {
		for _, p := range s.files.looked {
			all[p] = true
		}
		if s.category == nil || len(handArrows(s.category))+len(implementing(s.category)) == 0 {
			continue
		}
		dir, err := packageDir(s.path, s.category.Name, c.last("o"))
		if err != nil {
			continue
		}
		entries, _ := os.ReadDir(dir) // without the directory there is nothing to read
		for _, e := range entries {
			if handName(e.Name()) {
				all[filepath.Join(dir, e.Name())] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// handName reports whether a file of a package may be one that people wrote
// and generating reads, by its name.
func handName(name string) bool {
	if name == golang.AttestedFile {
		return true
	}
	ours := strings.HasSuffix(name, "_gen.go") || strings.HasSuffix(name, "_test.go")
	return !ours && slices.Contains(sourceFiles, filepath.Ext(name))
}
