package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// print writes everything as Markdown.
func (r *results) print(out io.Writer) {
	p := newPrinter(r, out)
	p.machine()
	p.summary()
	p.lost()
	p.bars()
	p.absences()
	p.details()
}

// printForDocs leaves out the long part.
func (r *results) printForDocs(out io.Writer) {
	p := newPrinter(r, out)
	p.machine()
	p.summary()
	p.lost()
	p.bars()
	p.absences()
}

func newPrinter(r *results, out io.Writer) *printer {
	p := &printer{Writer: out, results: r, titles: map[string]string{}}
	for _, peer := range allPeers() {
		p.titles[peer.name] = peer.title
	}
	return p
}

type printer struct {
	io.Writer
	*results
	titles map[string]string
}

func (p *printer) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

func (p *printer) machine() {
	p.printf("### Machine\n\n")
	for _, rec := range p.records {
		m := rec.Machine
		if m == nil {
			continue
		}
		p.printf("%s, %d cores, %s, %s; %s", m.Model, m.Cores, strings.Join(m.Sets, " "), m.System, m.Day)
		if m.Revision != "" {
			p.printf(", revision %s", m.Revision)
		}
		p.printf(". %s.", strings.Join(m.Versions, ", "))
		if m.Pinned == "" {
			p.printf(" Nothing held the peers to one core.")
		}
		p.printf("\n\n")
	}
	for _, set := range []string{"avx512", "avx2"} {
		if peak, ok := p.peak(set, ""); ok {
			p.printf("Measured peak of one core, %s: %.1f GFLOP/s (float32), at best %.1f.\n", setNames[set], peak.median, peak.best)
		}
	}
	if noise, ok := p.noise(); ok {
		p.printf("Noise: between its best and its worst round, a peer's median moved by %.0f %% (median over all peers and workloads).\n", 100*noise)
	}
	p.printf("\n")
}

// noise is the median of how far a peer's rounds are apart.
func (r *results) noise() (float64, bool) {
	var all []float64
	for _, k := range r.keys() {
		if t, ok := r.of(k.Workload, k.Peer, k.Threads); ok && t.rounds > 1 {
			all = append(all, t.high/t.low-1)
		}
	}
	if len(all) == 0 {
		return 0, false
	}
	return middle(all), true
}

// keys are the peers of each workload that have a time, each once, with the
// first of their records.
func (r *results) keys() []record {
	type key struct {
		workload, peer string
		threads        int
	}
	seen := map[key]bool{}
	var keys []record
	for _, rec := range r.records {
		k := key{rec.Workload, rec.Peer, rec.Threads}
		if rec.Peer != "" && rec.Workload != "" && rec.Absent == "" && !seen[k] {
			seen[k] = true
			keys = append(keys, rec)
		}
	}
	return keys
}

func (p *printer) bars() {
	p.printf("### Bars\n\n| workload | bar | measured | by minima | |\n|---|---|---:|---:|---|\n")
	passed, known, asked := 0, 0, 0
	for _, b := range bars {
		if !slices.ContainsFunc(p.records, func(rec record) bool { return rec.Workload == b.workload }) {
			continue
		}
		asked++
		v := b.judge(p.results)
		if !v.known {
			p.printf("| %s | %s | not measured | | |\n", b.workload, b.text(p.titles))
			continue
		}
		known++
		said := "**no**"
		if v.ok {
			said = "yes"
			passed++
		}
		show := func(x float64) string {
			if b.rival == "" {
				return fmt.Sprintf("%.0f %%", 100*x)
			}
			return ratio(x)
		}
		p.printf("| %s | %s | %s | %s | %s |\n", b.workload, b.text(p.titles), show(v.medians), show(v.minima), said)
	}
	p.printf("\n%d of %d bars met, %d not measured.\n\n", passed, known, asked-known)
}

// columns of the summary: plain C first.
var columns = []string{cPlain, cBlocked, cOpenBLAS, torch, torchHand, onnx, goScalar, sklearn, gorgonia, gomlx}

func (p *printer) summary() {
	p.printf("### Summary\n\nTime per step, one thread, and how many times as long each rival takes: below 1, it is faster than we are.\n\n")
	p.printf("| workload | ctgen | of peak |")
	rule := "|---|---:|---:|"
	used := without(columns, func(name string) bool {
		return !slices.ContainsFunc(p.keys(), func(k record) bool { return k.Peer == name && k.Threads == 1 })
	})
	for _, c := range used {
		p.printf(" %s |", p.titles[c])
		rule += "---:|"
	}
	p.printf("\n%s\n", rule)
	for _, w := range workload.All() {
		own, ok := p.of(w.Name, ctgen, 1)
		if !ok {
			continue
		}
		share := ""
		if peak, ok := p.widest(w.Name); ok && w.Loss != workload.Logistic {
			share = fmt.Sprintf("%.0f %%", 100*w.FLOPs()/own.median/peak.median)
		}
		p.printf("| %s | %s | %s |", w.Title, duration(own.median), share)
		for _, c := range used {
			cell := ""
			if t, ok := p.of(w.Name, c, 1); ok {
				cell = ratio(t.median / own.median)
				if t.median < own.median {
					cell = "**" + cell + "**"
				}
			}
			p.printf(" %s |", cell)
		}
		p.printf("\n")
	}
	p.printf("\n")
}

// lost lists every rival that is faster than we are with as many threads, the
// fastest first.
func (p *printer) lost() {
	p.printf("### Rows we lose\n\n")
	lines := 0
	for _, w := range workload.All() {
		var faster []string
		for _, k := range p.byTime(w) {
			own, ok := p.of(w.Name, ctgen, k.Threads)
			t, _ := p.of(w.Name, k.Peer, k.Threads)
			if ok && k.Peer != ctgenAVX2 && t.median < own.median {
				faster = append(faster, label(p.titles[k.Peer], k.Threads)+" "+ratio(t.median/own.median))
			}
		}
		if len(faster) > 0 {
			p.printf("- %s: %s of our time\n", w.Title, strings.Join(faster, "; "))
			lines++
		}
	}
	if lines == 0 {
		p.printf("None: no rival is faster on any workload.\n")
	}
	p.printf("\n")
}

// byTime are the peers that have a time on a workload, the fastest first.
func (p *printer) byTime(w workload.Workload) []record {
	keys := without(p.keys(), func(k record) bool { return k.Workload != w.Name })
	median := func(k record) float64 {
		t, _ := p.of(k.Workload, k.Peer, k.Threads)
		return t.median
	}
	slices.SortStableFunc(keys, func(a, b record) int { return cmp.Compare(median(a), median(b)) })
	return keys
}

func (p *printer) details() {
	p.printf("### All times\n\nMedian over rounds of a round's median; the minimum of all repetitions; the least and greatest of the rounds' medians.\n\n")
	for _, w := range workload.All() {
		keys := p.byTime(w)
		if len(keys) == 0 {
			continue
		}
		p.printf("#### %s: %s\n\n| peer | median | minimum | rounds | of peak | its work |\n|---|---:|---:|---:|---:|---|\n", w.Name, w.Title)
		expected := p.expected(keys)
		for _, k := range keys {
			t, _ := p.of(k.Workload, k.Peer, k.Threads)
			share := ""
			if peak, ok := p.widest(w.Name); ok && w.Loss != workload.Logistic {
				share = fmt.Sprintf("%.0f %%", 100*w.FLOPs()/t.median/peak.median/float64(k.Threads))
			}
			work := "the same"
			switch {
			case t.check == 0:
				work = "not checked"
			case math.Abs(t.check-expected) > 1e-3*math.Abs(expected):
				work = fmt.Sprintf("**differs**: %.6g, not %.6g", t.check, expected)
			}
			p.printf("| %s | %s | %s | %s–%s | %s | %s |\n", label(k.Title, k.Threads),
				duration(t.median), duration(t.minimum), duration(t.low), duration(t.high), share, work)
		}
		p.printf("\n")
	}
}

// expected is the check value that most peers agree on: their median.
func (r *results) expected(keys []record) float64 {
	var checks []float64
	for _, k := range keys {
		if t, _ := r.of(k.Workload, k.Peer, k.Threads); t.check != 0 {
			checks = append(checks, t.check)
		}
	}
	if len(checks) == 0 {
		return 0
	}
	return middle(checks)
}

// absences lists what was not measured, and why, each reason once.
func (p *printer) absences() {
	var lines []string
	for _, rec := range p.records {
		if rec.Absent == "" {
			continue
		}
		line := "- " + label(rec.Title, rec.Threads)
		if rec.Workload != "" {
			line += " on " + rec.Workload
		}
		line += ": " + rec.Absent
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		p.printf("### Absent\n\n%s\n\n", strings.Join(lines, "\n"))
	}
}

// duration shows nanoseconds with three digits.
func duration(ns float64) string {
	switch {
	case ns >= 1e6:
		return digits(ns/1e6) + " ms"
	case ns >= 1e3:
		return digits(ns/1e3) + " µs"
	}
	return digits(ns) + " ns"
}

func ratio(x float64) string { return digits(x) + "×" }

// digits shows three digits, and all of a larger whole number.
func digits(x float64) string {
	switch {
	case x >= 100:
		return fmt.Sprintf("%.0f", x)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.2f", x)
}
