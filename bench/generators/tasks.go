package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// tasksOf lays out the inputs below work and lists what is timed.
func tasksOf(bin, work string, n int) ([]*task, error) {
	ctgen := filepath.Join(work, "ctgen")
	if out, err := exec.Command("go", "build", "-o", ctgen, "github.com/ctgen-lang/ctgen/cmd/ctgen").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("ctgen does not build: %s", out)
	}
	tasks, err := ownTasks(ctgen, work, n)
	if err != nil {
		return nil, err
	}
	for _, rival := range []func(string, string, int) (*task, error){wireTask, bufTask, sqlcTask} {
		t, err := rival(bin, work, n)
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(t.command[0]); err != nil {
			t.absent = "not installed"
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

// ownTasks are those of the bars: they hold for chains of 5,000 and multiples.
func ownTasks(ctgen, work string, n int) ([]*task, error) {
	sizes := map[string]int{"": n, "twice": 2 * n, "ten": 10 * n, "twenty": 20 * n}
	for name, size := range sizes {
		err := lay(filepath.Join(work, "cat", name), map[string]string{"go.mod": goMod, "chain.cat": catChain(size)})
		if err != nil {
			return nil, err
		}
	}
	// A receipt would answer runs that ought to generate; its own row keeps one.
	cache := func(name string) []string {
		dir := filepath.Join(work, "cache", name)
		return []string{"XDG_CACHE_HOME=" + dir, "HOME=" + dir}
	}
	generate := func(name, folder string, b bar) *task {
		dir := filepath.Join(work, "cat", folder)
		return &task{name: name, dir: dir, command: []string{ctgen, "generate", "chain.cat"}, clear: filepath.Join(dir, "generated"), bar: b, env: cache(folder)}
	}
	first := "ctgen generate, " + count(n)
	again := generate("ctgen generate, "+count(n)+", unchanged", "", bar{Seconds: 0.06})
	again.clear = ""
	check := func(name, folder string, b bar) *task {
		return &task{name: name, dir: filepath.Join(work, "cat", folder), command: []string{ctgen, "check", "chain.cat"}, bar: b, env: cache(folder)}
	}
	return []*task{
		{name: "ctgen version", dir: work, command: []string{ctgen, "version"}, bar: bar{Seconds: 0.01}},
		check("ctgen check, "+count(2*n), "twice", bar{Seconds: 0.1}),
		generate(first, "", bar{Seconds: 0.5}),
		again, // directly behind the run that earns the receipt
		generate("ctgen generate, "+count(10*n), "ten", bar{Times: 12, Of: first}),
		generate("ctgen generate, "+count(20*n), "twenty", bar{MB: 1000}),
	}, nil
}

// count writes a number with its thousands set off.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

const goMod = "module example.com/chain\n\ngo 1.24\n"

func wireTask(bin, work string, n int) (*task, error) {
	dir := filepath.Join(work, "wire")
	injector, types, _ := strings.Cut(wireChain(n), "\x00")
	err := lay(dir, map[string]string{"go.mod": goMod + "\nrequire github.com/google/wire " + wireVersion + "\n", "wire.go": injector, "things.go": types})
	if err != nil {
		return nil, err
	}
	// wire loads packages, so the module must be complete before it is timed.
	tidy := exec.Command("go", "mod", "download", "all")
	tidy.Dir = dir
	tidy.Run()
	return &task{name: "wire " + wireVersion + ", " + count(n) + " providers", dir: dir, env: []string{"GOFLAGS=-mod=mod"},
		command: []string{filepath.Join(bin, "wire"), "gen", "."}}, nil
}

func bufTask(bin, work string, n int) (*task, error) {
	dir := filepath.Join(work, "buf")
	err := lay(dir, map[string]string{
		"chain.proto":  protoChain(n),
		"buf.yaml":     "version: v2\n",
		"buf.gen.yaml": "version: v2\nplugins:\n  - local: " + filepath.Join(bin, "protoc-gen-go") + "\n    out: gen\n    opt: paths=source_relative\n",
	})
	return &task{name: "buf " + bufVersion + " with protoc-gen-go " + protocVersion + ", " + count(n) + " messages", dir: dir,
		command: []string{filepath.Join(bin, "buf"), "generate"}, clear: filepath.Join(dir, "gen")}, err
}

func sqlcTask(bin, work string, n int) (*task, error) {
	dir := filepath.Join(work, "sqlc")
	schema, queries := sqlChain(n)
	err := lay(dir, map[string]string{
		"schema.sql": schema,
		"query.sql":  queries,
		"sqlc.yaml":  "version: \"2\"\nsql:\n  - engine: sqlite\n    schema: schema.sql\n    queries: query.sql\n    gen:\n      go:\n        package: gen\n        out: gen\n",
	})
	return &task{name: "sqlc " + sqlcVersion + ", " + count(n) + " tables and queries", dir: dir,
		command: []string{filepath.Join(bin, "sqlc"), "generate"}, clear: filepath.Join(dir, "gen")}, err
}

// The rivals, at the versions that are measured.
const (
	wireVersion   = "v0.7.0"
	bufVersion    = "v1.75.0"
	protocVersion = "v1.36.12"
	sqlcVersion   = "v1.31.1"
)

// install gets the rivals. What cannot be had is said, and its row is absent.
func install(bin string) {
	for _, m := range []string{
		"github.com/google/wire/cmd/wire@" + wireVersion,
		"google.golang.org/protobuf/cmd/protoc-gen-go@" + protocVersion,
		"github.com/bufbuild/buf/cmd/buf@" + bufVersion,
		"github.com/sqlc-dev/sqlc/cmd/sqlc@" + sqlcVersion,
	} {
		c := exec.Command("go", "install", m)
		c.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=-mod=mod")
		if out, err := c.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "install: %s: %s\n", m, firstLine(string(out)))
		}
	}
}
