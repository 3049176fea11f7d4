// Command compare measures generated code beside other libraries and C, on
// the same workloads, data and first parameters:
//
//	go run ./compare -install     from bench/: get the rivals, then measure
//	go run ./compare -w W3 -rounds 9
//	go run ./compare -from results/zen3.jsonl
//	go run ./compare -docs ../docs/performance.md
//
// Rounds are interleaved: in each, every peer runs one workload after the
// other's, on the same core, so that what slows the machine for a while slows
// all of them. It prints Markdown: the machine, the bars and whether they are
// met, a summary, all times. A peer that is not there is listed with why.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

type options struct {
	rounds  int
	install bool
	slow    bool
	cpu     int
	work    string // prefixes of workloads, comma-separated
	peers   string // prefixes of peers
	out     string
	from    string
	docs    string
}

func main() {
	var o options
	flag.IntVar(&o.rounds, "rounds", 5, "interleaved rounds")
	flag.BoolVar(&o.install, "install", false, "install what is missing: Debian packages where apt-get runs as root, and ONNX Runtime by npm")
	flag.BoolVar(&o.slow, "slow", false, "also run the slow peers: scikit-learn, Gorgonia, GoMLX")
	flag.IntVar(&o.cpu, "cpu", -1, "the core to run on, -1 for the last")
	flag.StringVar(&o.work, "w", "", "run only workloads that begin so, comma-separated")
	flag.StringVar(&o.peers, "p", "", "run only peers that begin so, comma-separated")
	flag.StringVar(&o.out, "out", filepath.Join(workDir, "results.jsonl"), "write results to this file as JSON lines")
	flag.StringVar(&o.from, "from", "", "measure nothing; print the tables of this file")
	flag.StringVar(&o.docs, "docs", "", "measure nothing; bring the tables in this document in line with results/")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// workDir holds what is built and written.
const workDir = ".work"

func run(o options) error {
	if o.docs != "" {
		return refreshDocs(o.docs)
	}
	if o.from != "" {
		r, err := readResults(o.from)
		if err != nil {
			return err
		}
		r.print(os.Stdout)
		return nil
	}
	if o.rounds < 1 {
		return errors.New("-rounds must be at least 1")
	}
	if _, err := os.Stat("peers/env.sh"); errors.Is(err, fs.ErrNotExist) {
		return errors.New("run it in bench/: go run ./compare")
	}
	works := chosen(workload.All(), o.work, func(w workload.Workload) string { return w.Name })
	if len(works) == 0 {
		return fmt.Errorf("no workload begins with %s", o.work)
	}
	peers := chosen(allPeers(), o.peers, func(p *peer) string { return p.name })
	for _, p := range peers {
		if p.slow && !o.slow {
			p.absent = "slow; -slow runs it"
		}
	}
	if o.install {
		if err := install(); err != nil {
			return err
		}
	}
	if err := ready(works, peers); err != nil {
		return err
	}
	r, err := measure(o, works, peers)
	if err != nil {
		return err
	}
	r.print(os.Stdout)
	return nil
}

// chosen keeps what begins with one of the prefixes.
func chosen[T any](all []T, prefixes string, name func(T) string) []T {
	if prefixes == "" {
		return all
	}
	return without(all, func(t T) bool {
		for p := range strings.SplitSeq(prefixes, ",") {
			if strings.HasPrefix(name(t), p) {
				return false
			}
		}
		return true
	})
}

func without[T any](all []T, drop func(T) bool) []T {
	var kept []T
	for _, t := range all {
		if !drop(t) {
			kept = append(kept, t)
		}
	}
	return kept
}
