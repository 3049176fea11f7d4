package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// longest is how long one peer may take for one workload.
const longest = 5 * time.Minute

// measure runs the rounds. In each, the workloads come in turn, and for each
// workload the machine's peak and then every peer; who is first rotates.
func measure(o options, works []workload.Workload, peers []*peer) (*results, error) {
	log, err := os.Create(o.out)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	r := &results{log: log}
	if err := r.add(record{Machine: describe(o)}); err != nil {
		return nil, err
	}
	for _, p := range peers {
		if p.absent != "" {
			if err := r.add(record{Peer: p.name, Title: p.title, Threads: p.threads, Absent: p.absent}); err != nil {
				return nil, err
			}
		}
	}
	peak := compilePeak()
	if peak != nil {
		if err := r.add(record{Peer: "peak", Title: "the measured peak", Threads: 1, Absent: peak.Error()}); err != nil {
			return nil, err
		}
	}
	start := time.Now()
	for round := 1; round <= o.rounds; round++ {
		for k := range works {
			w := works[(k+round)%len(works)]
			if peak == nil {
				for _, rec := range runPeak(o) {
					rec.Round, rec.Workload = round, w.Name
					if err := r.add(rec); err != nil {
						return nil, err
					}
				}
			}
			for j := range peers {
				p := peers[(j+round)%len(peers)]
				if p.absent != "" || !p.runs(w) {
					continue
				}
				rec := runPeer(o, p, w)
				rec.Round, rec.Workload, rec.Peer, rec.Title, rec.Threads = round, w.Name, p.name, p.title, p.threads
				if err := r.add(rec); err != nil {
					return nil, err
				}
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d, %s\n", round, o.rounds, time.Since(start).Round(time.Second))
	}
	return r, nil
}

// runPeer runs one peer on one workload and reads its line. What goes wrong
// becomes the reason why the peer is absent from this workload.
func runPeer(o options, p *peer, w workload.Workload) record {
	out, err := pinned(o, p.threads, p.env, p.command(w)...)
	if err != nil {
		return record{Absent: err.Error()}
	}
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		if len(f) != 7 || f[0] != "RES" {
			continue
		}
		median, err1 := strconv.ParseFloat(f[4], 64)
		minimum, err2 := strconv.ParseFloat(f[5], 64)
		check, err3 := strconv.ParseFloat(f[6], 64)
		if err1 != nil || err2 != nil || err3 != nil {
			break
		}
		rec := record{Median: median, Minimum: minimum}
		if !math.IsNaN(check) && !math.IsInf(check, 0) {
			rec.Check = check
		}
		return rec
	}
	return record{Absent: "it printed no result"}
}

func runPeak(o options) []record {
	out, err := pinned(o, 1, nil, binary("peak"))
	if err != nil {
		return nil
	}
	var recs []record
	for line := range strings.Lines(out) {
		f := strings.Fields(line)
		if len(f) != 4 || f[0] != "PEAK" {
			continue
		}
		best, err1 := strconv.ParseFloat(f[2], 64)
		median, err2 := strconv.ParseFloat(f[3], 64)
		if err1 == nil && err2 == nil {
			recs = append(recs, record{Peak: f[1], Best: best, Median: median})
		}
	}
	return recs
}

// pinned runs a command in the neutral environment, on as many cores as it has
// threads where taskset is there to hold it.
func pinned(o options, threads int, env []string, command ...string) (string, error) {
	args := []string{"-c", `. peers/env.sh; exec "$@"`, "peer"}
	if len(env) > 0 {
		args = append(append(args, "env"), env...)
	}
	if _, err := exec.LookPath("taskset"); err == nil {
		args = append(args, "taskset", "-c", cores(o, threads))
	}
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	c := exec.CommandContext(ctx, "bash", append(args, command...)...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	if err := c.Run(); err != nil {
		if ctx.Err() != nil {
			return "", fmt.Errorf("it took longer than %s", longest)
		}
		if stderr.Len() > 0 {
			return "", fmt.Errorf("%s", lastLine(stderr.String()))
		}
		return "", err
	}
	return stdout.String(), nil
}

// cores lists the core of the option and those below it.
func cores(o options, threads int) string {
	last := o.cpu
	if last < 0 {
		last = runtime.NumCPU() - 1
	}
	list := make([]string, 0, threads)
	for i := range min(threads, runtime.NumCPU()) {
		list = append(list, strconv.Itoa((last-i+runtime.NumCPU())%runtime.NumCPU()))
	}
	return strings.Join(list, ",")
}
