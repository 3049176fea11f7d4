package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// watched is a watch over two files, with a clock of its own.
type watched struct {
	*watch
	t    *testing.T
	a, b string
	runs int
	now  time.Time
}

func newWatched(t *testing.T) *watched {
	dir := t.TempDir()
	w := &watched{t: t, a: filepath.Join(dir, "a.cat"), b: filepath.Join(dir, "b.cat"), now: time.Now()}
	w.put(w.a, "one")
	w.put(w.b, "one")
	w.watch = &watch{
		paths: func() []string { return []string{w.a, w.b} },
		run:   func() []change { w.runs++; return nil },
	}
	w.first(w.now)
	require.Equal(t, 1, w.runs)
	return w
}

func (w *watched) put(path, text string) {
	require.NoError(w.t, os.WriteFile(path, []byte(text), 0o644))
}

// ticks looks n times and returns how many runs that gave.
func (w *watched) ticks(n int) int {
	before := w.runs
	for range n {
		w.now = w.now.Add(pollEvery)
		w.tick(w.now)
	}
	return w.runs - before
}

func TestWatchRunsOnceAChangeIsDone(t *testing.T) {
	w := newWatched(t)
	require.Zero(t, w.ticks(20))
	w.put(w.a, "two")
	require.Zero(t, w.ticks(1), "the file may still be being written")
	w.put(w.a, "two, longer")
	require.Zero(t, w.ticks(1))
	require.Equal(t, 1, w.ticks(1))
	require.Zero(t, w.ticks(20))

	// Both files at once are one change.
	w.put(w.a, "three")
	w.put(w.b, "three")
	require.Equal(t, 1, w.ticks(10))
}

// TestWatchReadsContent requires that another time alone is no change, and
// that the same time and size hide none.
func TestWatchReadsContent(t *testing.T) {
	w := newWatched(t)
	later := time.Now().Add(time.Hour)
	require.NoError(t, os.Chtimes(w.a, later, later))
	require.Zero(t, w.ticks(5))

	info, err := os.Stat(w.b)
	require.NoError(t, err)
	w.put(w.b, "eno")
	require.NoError(t, os.Chtimes(w.b, info.ModTime(), info.ModTime()))
	require.Equal(t, 1, w.ticks(5))

	w.put(w.b, "one")
	w.put(w.b, "eno")
	require.Zero(t, w.ticks(5), "changed and changed back")
}

// TestWatchWaitsForFiles requires that a file which is gone for a moment, as
// editors do it, is no error, and that one which stays away is a change.
func TestWatchWaitsForFiles(t *testing.T) {
	w := newWatched(t)
	require.NoError(t, os.Rename(w.a, w.a+"~"))
	require.Zero(t, w.ticks(patience-1))
	w.put(w.a, "one")
	require.Zero(t, w.ticks(5), "it is as it was")

	require.NoError(t, os.Remove(w.a))
	require.Zero(t, w.ticks(2))
	w.put(w.a, "two")
	require.Equal(t, 1, w.ticks(5))

	require.NoError(t, os.Remove(w.a))
	require.Equal(t, 1, w.ticks(3*patience))
	w.put(w.a, "three")
	require.Equal(t, 1, w.ticks(5))
}

// TestWatchAndItsOwnFiles requires that what a run writes sets off no other
// one, and that what somebody else writes meanwhile does.
func TestWatchAndItsOwnFiles(t *testing.T) {
	w := newWatched(t)
	w.run = func() []change {
		w.runs++
		w.put(w.b, "written by the run")
		return []change{{kind: stale, path: w.b, data: []byte("written by the run")}}
	}
	w.put(w.a, "two")
	require.Equal(t, 1, w.ticks(10))
	w.run = func() []change {
		if w.runs++; w.runs == 3 {
			w.put(w.b, "by somebody else, right after")
			return []change{{kind: stale, path: w.b, data: []byte("by the run")}}
		}
		return nil
	}
	w.put(w.a, "two and a half")
	require.Equal(t, 2, w.ticks(10))

	w.run = func() []change {
		if w.runs++; w.runs == 5 {
			w.put(w.a, "changed meanwhile")
		}
		return nil
	}
	w.put(w.a, "three")
	require.Equal(t, 2, w.ticks(10))

	// Files that come to matter, and go.
	c := filepath.Join(filepath.Dir(w.a), "c.cat")
	w.run = func() []change {
		w.runs++
		w.paths = func() []string { return []string{w.a, c} }
		return nil
	}
	w.put(w.a, "imports c")
	require.Equal(t, 1, w.ticks(10))
	w.put(c, "there now")
	require.Equal(t, 1, w.ticks(10))
	w.put(w.b, "matters no more")
	require.Zero(t, w.ticks(10))
}

func TestWatchEnds(t *testing.T) {
	w := newWatched(t)
	ctx, cancel := context.WithCancel(context.Background())
	ticks, ended := make(chan time.Time), make(chan bool)
	go func() { w.loop(ctx, ticks); close(ended) }()
	w.put(w.a, "two")
	for range 3 {
		ticks <- time.Now()
	}
	cancel()
	<-ended
	require.Equal(t, 2, w.runs)
}

// TestReadPaths requires that imports are watched, also one that is missing,
// and what people wrote in the package, but nothing that is generated.
func TestReadPaths(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	dir, err := os.Getwd() // without links
	require.NoError(t, err)
	for name, text := range map[string]string{
		"a.cat": "import \"lib/b.cat\"\nimport \"gone.cat\"\n", "lib/b.cat": "object B\n", "hand.cat": "object A\narrow f: A -> A\n",
		"out/hand/arrows.go": "package hand\n", "out/hand/more.s": "", "out/hand/objects_gen.go": "", "out/hand/f_test.go": "", "out/hand/notes.txt": "",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	c := &call{verb: generateVerb, operands: []string{"a.cat", "hand.cat"}, values: map[string][]string{"o": {"out"}}}
	specs, err := loadSpecs(c.operands, nil)
	require.NoError(t, err)
	var names []string
	for _, p := range readPaths(c, specs) {
		rel, err := filepath.Rel(dir, p)
		require.NoError(t, err)
		names = append(names, filepath.ToSlash(rel))
	}
	require.Equal(t, []string{"a.cat", "gone.cat", "hand.cat", "lib/b.cat", "out/hand/arrows.go", "out/hand/more.s"}, names)
}
