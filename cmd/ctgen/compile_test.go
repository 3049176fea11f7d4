package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen"
)

// cacheIn points the user's cache directory to the one that tests share.
func cacheIn(t *testing.T) { cacheOf(t, sharedCache) }

// cacheOf points the user's cache directory into dir, and keeps the Go
// toolchain's caches.
func cacheOf(t *testing.T, dir string) {
	for k, v := range goEnvironment(t) {
		t.Setenv(k, v)
	}
	t.Setenv("XDG_CACHE_HOME", dir)
	t.Setenv("LocalAppData", dir)
	t.Setenv("HOME", dir)
}

// smallProgram takes of the runtime what compiles at once.
func smallProgram(t *testing.T, body string) *program {
	p, err := newProgram()
	require.NoError(t, err)
	p.files["main.go"] = []byte("package main\n\nimport \"" + ctgen.Path + "/runtime/rng\"\n\nfunc main() { " + body + " }\n")
	return p
}

// TestCompileAtOnce compiles one program from several goroutines: each gets a
// program that runs, and the next call finds it compiled.
func TestCompileAtOnce(t *testing.T) {
	cacheOf(t, t.TempDir())
	p := smallProgram(t, `println(rng.New(1, "") != nil)`)
	var wg sync.WaitGroup
	paths := make([]string, 3)
	for i := range paths {
		wg.Go(func() {
			c, err := p.compile(func() {})
			if err == nil {
				paths[i] = c.path
			}
		})
	}
	wg.Wait()
	var slow atomic.Int32
	c, err := p.compile(func() { slow.Add(1) })
	require.NoError(t, err)
	require.Zero(t, slow.Load(), "compiled before")
	for _, path := range paths {
		require.Equal(t, c.path, path)
	}
	out, err := exec.Command(c.path).CombinedOutput()
	require.NoError(t, err)
	require.Equal(t, "true\n", string(out))
	cache, _ := cacheRoot()
	entries, err := os.ReadDir(cache)
	require.NoError(t, err)
	require.Len(t, entries, 2, "the runtime and the program; work directories are gone: %v", entries)
}

// TestCompileWithoutCache compiles in a temporary directory where the user has
// no cache, and removes it after the run.
func TestCompileWithoutCache(t *testing.T) {
	cacheOf(t, t.TempDir())
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	t.Setenv("XDG_CACHE_HOME", file)
	t.Setenv("LocalAppData", file)
	t.Setenv("HOME", file)
	c, err := smallProgram(t, "_ = rng.New").compile(func() {})
	require.NoError(t, err)
	require.NoError(t, exec.Command(c.path).Run())
	c.release()
	require.NoFileExists(t, c.path)
	require.NoDirExists(t, c.temp)
}

// TestCompileBlamesTheUsersFile shows the compiler's words with the place that
// the user knows.
func TestCompileBlamesTheUsersFile(t *testing.T) {
	cacheOf(t, t.TempDir())
	p := smallProgram(t, "_ = rng.New")
	p.files["model/arrows.go"] = []byte("package model\n\nfunc f() int { return \"\" }\n")
	p.files["main.go"] = append(p.files["main.go"], "\nvar _ = model.X\n"...)
	p.files["main.go"] = []byte(strings.Replace(string(p.files["main.go"]), "import ", "import \""+ctgen.Path+"/model\"\nimport ", 1))
	p.mine = []mapped{{"model/arrows.go", filepath.Join("generated", "m", "arrows.go")}}
	_, err := p.compile(func() {})
	var refused *compileError
	require.ErrorAs(t, err, &refused)
	require.Contains(t, refused.output, filepath.Join("generated", "m", "arrows.go")+":3:")
	cache, _ := cacheRoot()
	entries, _ := os.ReadDir(cache)
	require.Len(t, entries, 1, "the runtime alone: %v", entries)
}

// TestProgramIsTheRuntimeAlone keeps tests and foreign files out of what is
// compiled, and the hash in step with every byte.
func TestProgramIsTheRuntimeAlone(t *testing.T) {
	p, err := newProgram()
	require.NoError(t, err)
	require.Contains(t, p.runtime, "version.go")
	for name := range p.runtime {
		require.NotContains(t, name, "_test.go")
		require.NotContains(t, name, "testdata")
	}
	require.NotContains(t, string(p.runtime["go.mod"]), "require")
	before, place := p.hash(), runtimeDir("", p.runtime)
	require.Equal(t, before, p.hash())
	p.runtime["version.go"] = append([]byte("// changed\n"), p.runtime["version.go"]...)
	require.NotEqual(t, before, p.hash())
	require.NotEqual(t, place, runtimeDir("", p.runtime))
}

// TestSettle mends what is damaged or lost of the runtime in the cache, and
// touches nothing else, also from several goroutines.
func TestSettle(t *testing.T) {
	cache := t.TempDir()
	dir := filepath.Join(cache, "runtime")
	files := map[string][]byte{"go.mod": []byte("module m\n"), "a.go": []byte("package m\n"), "in/b.s": []byte("// b\n")}
	file := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	settled := func() {
		var all sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			all.Go(func() { errs[i] = settle(dir, files) })
		}
		all.Wait()
		require.NoError(t, errors.Join(errs...))
		for name, want := range files {
			have, err := os.ReadFile(file(name))
			require.NoError(t, err)
			require.Equal(t, string(want), string(have))
		}
		entries, err := os.ReadDir(cache)
		require.NoError(t, err)
		require.Len(t, entries, 1, "work directories are gone: %v", entries)
	}
	settled()
	before, err := os.Stat(file("go.mod"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file("a.go"), nil, 0o644))
	require.NoError(t, os.RemoveAll(file("in")))
	settled()
	after, err := os.Stat(file("go.mod"))
	require.NoError(t, err)
	require.True(t, os.SameFile(before, after))
	require.Equal(t, before.ModTime(), after.ModTime())
}
