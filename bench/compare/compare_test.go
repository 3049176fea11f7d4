package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// some are the results of three rounds: plain C at twice our time, another
// peer that does other work, and one that is absent.
func some(t *testing.T) *results {
	t.Helper()
	log, err := os.Create(filepath.Join(t.TempDir(), "results.jsonl"))
	require.NoError(t, err)
	t.Cleanup(func() { log.Close() })
	r := &results{log: log}
	add := func(rec record) { require.NoError(t, r.add(rec)) }
	add(record{Machine: &machine{Model: "a processor", Cores: 2}})
	for round, ours := range []float64{100_000, 300_000, 200_000} {
		at := record{Round: round + 1, Workload: "W3_sgd", Threads: 1, Check: 2.3}
		with := func(peer, title string, median float64) record {
			rec := at
			rec.Peer, rec.Title, rec.Median, rec.Minimum = peer, title, median, median/2
			return rec
		}
		add(record{Round: round + 1, Workload: "W3_sgd", Peak: "avx2", Best: 150, Median: 140})
		add(with(ctgen, "ctgen", ours))
		add(with(cOpenBLAS, "C + OpenBLAS", 2*ours))
		other := with(torch, "PyTorch, eager", ours/2)
		other.Check = 2.5
		add(other)
	}
	add(record{Workload: "W3_sgd", Peer: sklearn, Title: "scikit-learn", Threads: 1, Absent: "it fell over"})
	return r
}

func TestBarsAreJudgedByMedians(t *testing.T) {
	r := some(t)
	of := func(b bar) verdict {
		b.workload, b.peer = "W3_sgd", ctgen
		return b.judge(r)
	}
	w, err := workload.Named("W3_sgd")
	require.NoError(t, err)

	v := of(bar{rival: cOpenBLAS, least: 1.9})
	require.True(t, v.known && v.ok)
	require.InDelta(t, 2, v.medians, 1e-9)
	require.False(t, of(bar{rival: cOpenBLAS, least: 2.1}).ok)

	v = of(bar{rival: cOpenBLAS, most: 0.6})
	require.True(t, v.ok)
	require.InDelta(t, 0.5, v.medians, 1e-9)
	require.False(t, of(bar{rival: cOpenBLAS, most: 0.4}).ok)

	v = of(bar{least: 0.5})
	require.InDelta(t, w.FLOPs()/200_000/140, v.medians, 1e-9, "beside the median peak")
	require.InDelta(t, w.FLOPs()/50_000/150, v.minima, 1e-9, "beside the best")
	require.True(t, v.ok)

	require.False(t, of(bar{rival: onnx, least: 1}).known)
	require.False(t, of(bar{peak: "avx512", least: 1}).known)
}

func TestTablesShowWhatIsLostAbsentAndDifferent(t *testing.T) {
	var text strings.Builder
	some(t).print(&text)
	require.Contains(t, text.String(), "| W3_sgd | at least 1.2× as fast as C + OpenBLAS | 2.00× | 2.00× | yes |")
	require.Contains(t, text.String(), "| W3_sgd | at least 2× as fast as PyTorch, eager | 0.50× | 0.50× | **no** |")
	require.Contains(t, text.String(), "| W3_sgd | at least 85 % of the AVX2 peak | not measured | | |")
	require.NotContains(t, text.String(), "W1b_sgd")
	require.Contains(t, text.String(), "| ctgen | 200 µs | 50.0 µs | 100 µs–300 µs |")
	require.Contains(t, text.String(), "**differs**: 2.5, not 2.3")
	require.Contains(t, text.String(), "- MLP 784-128-10, batch 64, SGD: PyTorch, eager 0.50× of our time")
	require.Contains(t, text.String(), "- scikit-learn on W3_sgd: it fell over")
}

// TestDocumentIsFresh holds docs/performance.md to the results it shows.
func TestDocumentIsFresh(t *testing.T) {
	doc, err := os.ReadFile("../../docs/performance.md")
	require.NoError(t, err)
	fresh, err := showResults(doc, "../results")
	require.NoError(t, err)
	require.Equal(t, string(fresh), string(doc), "run go run ./compare -docs ../docs/performance.md")
}

func TestDocumentsSayWhereTablesGo(t *testing.T) {
	_, err := showResults([]byte("nothing to fill"), "../results")
	require.ErrorContains(t, err, "end of results")
	_, err = showResults([]byte("<!-- results/none.jsonl -->\n<!-- end of results -->\n"), "../results")
	require.ErrorContains(t, err, "none.jsonl")
}

func TestResultsAreReadBack(t *testing.T) {
	r := some(t)
	back, err := readResults(r.log.Name())
	require.NoError(t, err)
	require.Equal(t, r.records, back.records)

	bad := filepath.Join(t.TempDir(), "bad.jsonl")
	require.NoError(t, os.WriteFile(bad, []byte("{}\n{\n"), 0o644))
	_, err = readResults(bad)
	require.ErrorContains(t, err, "bad.jsonl:2:")
}

func TestBarsNameWhatThereIs(t *testing.T) {
	for _, b := range bars {
		w, err := workload.Named(b.workload)
		require.NoError(t, err)
		for _, name := range []string{b.peer, b.rival} {
			found := name == ""
			for _, p := range allPeers() {
				found = found || p.name == name && p.runs(w)
			}
			require.True(t, found, "%s on %s", name, w.Name)
		}
	}
}
