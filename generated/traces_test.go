package generated_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/generated/traces"
)

// TestTracesAreAMonoid runs the laws that come with the monoid of traces, and
// the same on the Go that it becomes.
func TestTracesAreAMonoid(t *testing.T) {
	src, err := source("../specs/traces.cat")
	require.NoError(t, err)
	c, diags := check.Check(src, check.Options{})
	require.NotNil(t, c, diags.All())
	stated := lawsOf(t, c)
	require.Len(t, stated, 3)
	for _, l := range stated {
		require.True(t, l.Holds, l.Law)
	}

	some := [][]traces.Stage{traces.Nothing(), traces.Note(2), traces.Scores(), traces.Evaluation()}
	for _, a := range some {
		require.Equal(t, a, traces.Behind(traces.Nothing(), a))
		require.Equal(t, a, traces.Behind(a, traces.Nothing()))
		for _, b := range some {
			for _, c := range some {
				require.Equal(t, traces.Behind(traces.Behind(a, b), c), traces.Behind(a, traces.Behind(b, c)))
				require.Equal(t, traces.Behind(traces.Behind(a, b), c), traces.Whole([3][]traces.Stage{a, b, c}))
			}
		}
	}
	require.Equal(t, []traces.Stage{traces.Embed(), traces.Linear(), traces.Softmax(), traces.Surprise()}, traces.Evaluation())
}
