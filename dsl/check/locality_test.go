package check

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/internal/mutant"
)

// bars are what a corpus of single faults must reach, in percent.
const (
	nearBar = 97.0 // a diagnostic begins within a line of the fault
	oneBar  = 98.5 // it is the only one
	fewBar  = 90.0 // there are no more than two diagnostics
)

// soundSpecs returns the text of every specification that the corpus is made
// from, by file: examples, and those that cover the language for this test and
// others. Each is free of faults, and no two are the same.
func soundSpecs(t testing.TB) map[string]string {
	specs, seen := map[string]string{}, map[string]bool{}
	for _, pattern := range []string{
		"../../specs/*.cat", "testdata/sound/*.cat", "../syntax/testdata/specs/card.cat",
		"../../gen/golang/testdata/*.cat", "../../gen/golang/testdata/straight/*.cat",
	} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files, pattern)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			_, list := Check(diag.NewSource(file, string(text)), Options{})
			require.False(t, list.HasErrors(), "%s: %v", file, list.All())
			if !seen[string(text)] {
				seen[string(text)] = true
				specs[filepath.ToSlash(file)] = string(text)
			}
		}
	}
	return specs
}

// tally counts how well mutants are reported.
type tally struct {
	faulty  int // the others are specifications too
	near    int // a diagnostic begins within a line of the fault
	pointed int // one begins there or has a label there
	one     int // it is the only one
	few     int // there are two at most
	clean   []string
}

func (t *tally) add(o *tally) {
	t.faulty += o.faulty
	t.near += o.near
	t.pointed += o.pointed
	t.one += o.one
	t.few += o.few
	t.clean = append(t.clean, o.clean...)
}

func (t *tally) percent(n int) float64 { return 100 * float64(n) / float64(t.faulty) }

func (t *tally) String() string {
	return fmt.Sprintf("%5d faulty mutants (and %3d without fault): %5.1f %% reported within a line, %5.1f %% with labels; one diagnostic %5.1f %%, at most two %5.1f %%",
		t.faulty, len(t.clean), t.percent(t.near), t.percent(t.pointed), t.percent(t.one), t.percent(t.few))
}

// judge counts what is said about m.
func (t *tally) judge(m *mutant.Mutant, ds []diag.Diagnostic) {
	near := func(s diag.Span) bool {
		if !s.Known() {
			return false
		}
		line := s.Src.Position(s.Start).Line // where the span begins, however far it goes
		return m.First-1 <= line && line <= m.Last+1
	}
	primary, label := false, false
	for _, d := range ds {
		primary = primary || near(d.Span)
		for _, l := range d.Labels {
			label = label || near(l.Span)
		}
	}
	t.faulty++
	for n, holds := range map[*int]bool{&t.near: primary, &t.pointed: primary || label, &t.one: len(ds) == 1, &t.few: len(ds) <= 2} {
		if holds {
			*n++
		}
	}
}

// A fault of one token is reported where it is, and once. Each specification
// gives every seed some mutants of each kind; those that check without error
// are no faults and do not count, but are listed.
func TestErrorLocality(t *testing.T) {
	specs, each, seeds := soundSpecs(t), 16, uint64(1)
	if os.Getenv("CTGEN_FULL") != "" {
		each, seeds = 40, 4
	}
	var all tally
	kinds := map[mutant.Kind]*tally{}
	for seed := range seeds {
		var run tally
		for _, kind := range mutant.Kinds {
			k := &tally{}
			for i, file := range keys(specs) {
				r := rand.New(rand.NewPCG(seed, uint64(i)))
				for _, m := range mutant.Some(r, specs[file], kind, each) {
					_, list := Check(diag.NewSource(file, m.Text), Options{})
					if list.HasErrors() {
						k.judge(m, list.All())
					} else {
						k.clean = append(k.clean, fmt.Sprintf("%s: %s", file, m))
					}
				}
			}
			if kinds[kind] == nil {
				kinds[kind] = &tally{}
			}
			kinds[kind].add(k)
			run.add(k)
		}
		t.Logf("seed %d  %s", seed, &run)
		require.GreaterOrEqual(t, run.percent(run.near), nearBar)
		require.GreaterOrEqual(t, run.percent(run.one), oneBar)
		require.GreaterOrEqual(t, run.percent(run.few), fewBar)
		all.add(&run)
	}
	for _, kind := range mutant.Kinds {
		t.Logf("%-7s %s", kind, kinds[kind])
	}
	t.Logf("all     %s", &all)
	t.Logf("without fault:\n%s", strings.Join(all.clean, "\n"))
	require.GreaterOrEqual(t, all.faulty, 300)
}
