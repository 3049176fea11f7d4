// Command generators times the ctgen command beside other Go generators, on
// inputs of equal size:
//
//	go run ./generators -install -n 5000     from bench/: get the rivals, then measure
//	go run ./generators -docs ../docs/performance.md
//
// Every figure is the best of several runs, each a process of its own, timed
// from its start to its end; memory is the largest resident set of all runs.
// Inputs are chains: n things, each leading to the next. For ctgen these are
// objects and arrows, for wire types and providers, for buf with protoc-gen-go
// messages with a field each, for sqlc tables and queries.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

type options struct {
	n, runs int
	install bool
	out     string
	docs    string
}

func main() {
	var o options
	flag.IntVar(&o.n, "n", 5000, "things in a chain")
	flag.IntVar(&o.runs, "runs", 5, "runs of each command; the best counts")
	flag.BoolVar(&o.install, "install", false, "install the rivals into .work/bin")
	flag.StringVar(&o.out, "out", filepath.Join(".work", "generators.json"), "write results to this file")
	flag.StringVar(&o.docs, "docs", "", "measure nothing; bring the table in this document in line with results/")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "generators:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	if o.docs != "" {
		return refreshDocs(o.docs)
	}
	bin, err := filepath.Abs(filepath.Join(".work", "bin"))
	if err != nil {
		return err
	}
	if o.install {
		install(bin)
	}
	work, err := os.MkdirTemp("", "generators-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	r := &results{Things: o.n, Runs: o.runs, Day: time.Now().UTC().Format(time.DateOnly),
		Machine: fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())}
	tasks, err := tasksOf(bin, work, o.n)
	if err != nil {
		return err
	}
	// In rounds, so that what slows the machine for a while slows all.
	for range o.runs {
		for _, t := range tasks {
			if t.absent == "" {
				t.run()
			}
		}
	}
	for _, t := range tasks {
		r.Rows = append(r.Rows, t.row())
	}
	data, err := json.MarshalIndent(r, "", "\t")
	if err != nil {
		return err
	}
	if err := os.WriteFile(o.out, append(data, '\n'), 0o644); err != nil {
		return err
	}
	fmt.Print(r.table())
	if r.missed() {
		return errors.New("a bar is not met")
	}
	return nil
}
