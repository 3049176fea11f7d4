package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
)

// record is one line of the results file: the machine, a peak, a peer's time,
// or why there is none.
type record struct {
	Machine *machine `json:"machine,omitempty"`

	Round    int    `json:"round,omitempty"`
	Workload string `json:"workload,omitempty"`

	Peak string  `json:"peak,omitempty"` // the instruction set, in GFLOP/s
	Best float64 `json:"best,omitempty"`

	Peer    string  `json:"peer,omitempty"`
	Title   string  `json:"title,omitempty"`
	Threads int     `json:"threads,omitempty"`
	Median  float64 `json:"median,omitempty"` // of a round's repetitions, ns a step
	Minimum float64 `json:"minimum,omitempty"`
	Check   float64 `json:"check,omitempty"`
	Absent  string  `json:"absent,omitempty"`
}

type results struct {
	records []record
	log     *os.File
}

func (r *results) add(rec record) error {
	r.records = append(r.records, rec)
	text, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	_, err = r.log.Write(append(text, '\n'))
	return err
}

func readResults(path string) (*results, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &results{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for line := 1; in.Scan(); line++ {
		var rec record
		if err := json.Unmarshal(in.Bytes(), &rec); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, line, err)
		}
		r.records = append(r.records, rec)
	}
	return r, in.Err()
}

// times is what the rounds made of one peer on one workload.
type times struct {
	median  float64 // of the rounds' medians
	minimum float64 // over all repetitions
	low     float64 // least and greatest of the rounds' medians
	high    float64
	rounds  int
	check   float64
}

// of gathers a peer's times; ok is false where it has none.
func (r *results) of(workload, peer string, threads int) (t times, ok bool) {
	var medians []float64
	t.minimum = math.Inf(1)
	for _, rec := range r.records {
		if rec.Workload == workload && rec.Peer == peer && rec.Threads == threads && rec.Absent == "" {
			medians = append(medians, rec.Median)
			t.minimum = min(t.minimum, rec.Minimum)
			t.check = rec.Check
		}
	}
	if len(medians) == 0 {
		return times{}, false
	}
	t.median, t.low, t.high, t.rounds = middle(medians), slices.Min(medians), slices.Max(medians), len(medians)
	return t, true
}

// peak is how fast a core multiplies and adds, in GFLOP/s, timed as peers are:
// the median over rounds of a round's median, and the best of all repetitions.
// A share of the peak compares like with like, so that what other guests of
// the machine take from both cancels out.
type peak struct{ median, best float64 }

// peak gathers an instruction set's, measured beside a workload, or beside all
// where the name is "".
func (r *results) peak(set, workload string) (p peak, ok bool) {
	var medians []float64
	for _, rec := range r.records {
		if rec.Peak == set && (workload == "" || rec.Workload == workload) {
			medians = append(medians, rec.Median)
			p.best = max(p.best, rec.Best)
		}
	}
	if len(medians) == 0 {
		return peak{}, false
	}
	p.median = middle(medians)
	return p, true
}

// widest is the peak of the widest instruction set here.
func (r *results) widest(workload string) (p peak, ok bool) {
	if p, ok := r.peak("avx512", workload); ok {
		return p, true
	}
	return r.peak("avx2", workload)
}

func middle(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}
