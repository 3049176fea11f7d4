package main

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// bar is one thing that generated code has to reach.
type bar struct {
	workload string
	peer     string // ours: ctgen, ctgen_avx2
	threads  int    // ours

	rival string // that we are compared with, or "" for the peak
	least float64
	most  float64
	peak  string // the instruction set whose peak is meant, "" for the widest
}

// bars are what docs/performance.md promises. least is how many times as long
// the rival must take; most is how long we may take, measured in the rival's
// time; with no rival, least is the share of the peak.
var bars = []bar{
	{workload: "W1a_epoch", peer: ctgen, rival: torch, least: 2000},
	{workload: "W1a_epoch", peer: ctgen, rival: cPlain, most: 1.25},
	{workload: "W1b_sgd", peer: ctgen, rival: torch, least: 240},
	{workload: "W1b_sgd", peer: ctgen, rival: cPlain, most: 1.15},
	{workload: "W2_sgd", peer: ctgen, rival: torch, least: 27},
	{workload: "W2_sgd", peer: ctgen, rival: cPlain, least: 2.8},
	{workload: "W2_sgd", peer: ctgen, rival: cOpenBLAS, least: 1.15},
	{workload: "W2_sgd", peer: ctgen, rival: cBlocked, most: 1.1},
	{workload: "W3_sgd", peer: ctgen, least: 0.90},
	{workload: "W3_sgd", peer: ctgen, rival: torch, least: 2.0},
	{workload: "W3_sgd", peer: ctgen, rival: cOpenBLAS, least: 1.2},
	{workload: "W3_sgd", peer: ctgen, threads: 2, rival: ctgen, least: 1.6},
	{workload: "W3_adam", peer: ctgen, rival: torch, least: 2.3},
	{workload: "W3_infer64", peer: ctgen, rival: onnx, least: 1.15},
	{workload: "W3_infer1", peer: ctgen, rival: onnx, least: 4},
	{workload: "W3_sgd", peer: ctgenAVX2, peak: "avx2", least: 0.85},
	{workload: "U1_sgd", peer: ctgen, least: 0.70},
	{workload: "U1_sgd", peer: ctgen, rival: torch, least: 1},
	{workload: "U2_sgd", peer: ctgen, least: 0.70},
	{workload: "U2_sgd", peer: ctgen, rival: torch, least: 1},
	{workload: "U3_sgd", peer: ctgen, least: 0.70},
	{workload: "U3_sgd", peer: ctgen, rival: torch, least: 1},
}

// verdict is a bar held against results.
type verdict struct {
	bar
	known   bool
	medians float64 // what the bar measures, by medians and by minima
	minima  float64
	ok      bool
}

func (b bar) judge(r *results) verdict {
	v := verdict{bar: b}
	own, ok := r.of(b.workload, b.peer, max(1, b.threads))
	if !ok {
		return v
	}
	if b.rival == "" {
		w, err := workload.Named(b.workload)
		if err != nil {
			return v
		}
		peak, ok := r.widest(b.workload)
		if b.peak != "" {
			peak, ok = r.peak(b.peak, b.workload)
		}
		if !ok {
			return v
		}
		v.medians, v.minima = w.FLOPs()/own.median/peak.median, w.FLOPs()/own.minimum/peak.best
	} else {
		rival, ok := r.of(b.workload, b.rival, 1)
		if !ok {
			return v
		}
		v.medians, v.minima = rival.median/own.median, rival.minimum/own.minimum
		if b.most > 0 {
			v.medians, v.minima = 1/v.medians, 1/v.minima
		}
	}
	v.known = true
	v.ok = v.medians >= b.least
	if b.most > 0 {
		v.ok = v.medians <= b.most
	}
	return v
}

// text says what the bar asks.
func (b bar) text(titles map[string]string) string {
	rival := titles[b.rival]
	if rival == "" {
		rival = b.rival
	}
	switch {
	case b.rival == "" && b.peak != "":
		return fmt.Sprintf("at least %.0f %% of the %s peak", 100*b.least, setNames[b.peak])
	case b.rival == "":
		return fmt.Sprintf("at least %.0f %% of the peak", 100*b.least)
	case b.threads > 1:
		return fmt.Sprintf("at least %g× as fast as one thread", b.least)
	case b.most > 0:
		return fmt.Sprintf("at most %g× the time of %s", b.most, rival)
	case b.least == 1:
		return "faster than " + rival
	}
	return fmt.Sprintf("at least %g× as fast as %s", b.least, rival)
}

var setNames = map[string]string{"avx2": "AVX2", "avx512": "AVX-512"}
