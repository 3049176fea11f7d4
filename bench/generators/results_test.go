package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDocsShowResults(t *testing.T) {
	doc, err := os.ReadFile("../../docs/performance.md")
	require.NoError(t, err)
	fresh, err := showResults(doc, "../results")
	require.NoError(t, err)
	require.Equal(t, string(fresh), string(doc), "run go run ./generators -docs ../docs/performance.md")
}

func TestVerdicts(t *testing.T) {
	r := &results{Rows: []row{
		{Name: "one", Seconds: 0.4, Bar: bar{Seconds: 0.5}},
		{Name: "ten", Seconds: 4.9, Bar: bar{Times: 12, Of: "one"}},
		{Name: "large", MB: 1001, Bar: bar{MB: 1000}},
		{Name: "rival", Seconds: 9},
	}}
	for i, want := range []bool{true, false, false, true} {
		_, met := r.verdict(r.Rows[i])
		require.Equal(t, want, met, r.Rows[i].Name)
	}
	require.True(t, r.missed())
	r.Rows = []row{{Name: "gone", Absent: "not installed", Bar: bar{Seconds: 1}}}
	require.True(t, r.missed(), "what could not run is not met")
	r.Rows = []row{{Name: "one", Seconds: 0.4, Bar: bar{Seconds: 0.5}}, {Name: "rival", Seconds: 9}}
	require.False(t, r.missed(), "a row without a bar misses none")
}

func TestInputsHaveTheirSize(t *testing.T) {
	require.Regexp(t, `(?s)object Thing4 = R\n.*arrow step3: Thing3 -> Thing4`, catChain(5))
	require.NotContains(t, catChain(5), "step4")
	require.Contains(t, protoChain(5), "message Thing4 {\n  Thing3 from")
	schema, queries := sqlChain(5)
	require.Contains(t, schema, "thing4")
	require.Contains(t, queries, "Step4")
	require.Contains(t, wireChain(5), "func Step4(x Thing3) Thing4")
}
