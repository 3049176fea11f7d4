package diag

import (
	"bytes"
	"encoding/json"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the schema of SARIF asks of a log, and what it cannot say: rules are
// found by their index, lines and columns count from 1 and run forwards, and
// paths are addresses. A stage of .ci/run holds logs against the schema itself.
func TestSARIFKeepsItsRules(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, SARIF(&b, append(samples(), hard()...)))
	var log sarifLog
	require.NoError(t, json.Unmarshal(b.Bytes(), &log))
	require.Equal(t, "2.1.0", log.Version)
	require.Len(t, log.Runs, 1)
	run := log.Runs[0]
	require.Equal(t, "unicodeCodePoints", run.ColumnKind)
	require.Len(t, run.Results, len(samples())+len(hard()))
	seen := map[Code]bool{}
	for _, r := range run.Tool.Driver.Rules {
		require.False(t, seen[r.ID], "rule %s twice", r.ID)
		seen[r.ID] = true
		require.NotEmpty(t, r.ShortDescription.Text)
		require.NotEmpty(t, r.Help.Text)
	}
	region := func(r sarifRegion) {
		require.GreaterOrEqual(t, r.StartLine, 1)
		require.GreaterOrEqual(t, r.StartColumn, 1)
		require.GreaterOrEqual(t, r.EndLine, r.StartLine)
		if r.EndLine == r.StartLine {
			require.GreaterOrEqual(t, r.EndColumn, r.StartColumn)
		}
	}
	fixes := 0
	for _, r := range run.Results {
		require.Equal(t, r.RuleID, run.Tool.Driver.Rules[r.RuleIndex].ID)
		require.Contains(t, []string{"error", "warning", "note"}, r.Level)
		require.NotEmpty(t, r.Message.Text)
		for _, l := range append(append([]sarifLocation{}, r.Locations...), r.RelatedLocations...) {
			region(l.PhysicalLocation.Region)
			u, err := url.Parse(l.PhysicalLocation.ArtifactLocation.URI)
			require.NoError(t, err)
			require.NotEmpty(t, u.Path)
		}
		for _, l := range r.RelatedLocations {
			require.NotEmpty(t, l.Message.Text)
		}
		for _, f := range r.Fixes {
			fixes++
			require.NotEmpty(t, f.Description.Text)
			for _, c := range f.ArtifactChanges {
				require.NotEmpty(t, c.Replacements)
				for _, e := range c.Replacements {
					region(e.DeletedRegion)
				}
			}
		}
	}
	require.Positive(t, fixes)
}

func TestSARIFAddresses(t *testing.T) {
	for file, want := range map[string]string{
		"specs/neuron.cat": "specs/neuron.cat",
		"../größe a.cat":   "../gr%C3%B6%C3%9Fe%20a.cat",
		"a:b.cat":          "./a:b.cat",
		"/tmp/100%.cat":    "file:///tmp/100%25.cat",
		"C:/specs/a.cat":   "file:///C:/specs/a.cat",
	} {
		require.Equal(t, want, uriOf(file))
	}
}

// A code that is in no table has a rule all the same.
func TestSARIFOfUnknownCode(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, SARIF(&b, []Diagnostic{{Code: "CT9999", Message: "m"}}))
	require.NotContains(t, b.String(), "helpUri")
	require.Contains(t, b.String(), `"text": "CT9999"`)
}
