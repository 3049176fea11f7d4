package diag

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
)

// The part of SARIF 2.1.0 (OASIS, 2020) that code scanning services read.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               Code       `json:"id"`
		ShortDescription sarifText  `json:"shortDescription"`
		FullDescription  *sarifText `json:"fullDescription,omitempty"`
		Help             *sarifText `json:"help,omitempty"`
		HelpURI          string     `json:"helpUri,omitempty"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID           Code            `json:"ruleId"`
		RuleIndex        int             `json:"ruleIndex"`
		Level            string          `json:"level"`
		Message          sarifText       `json:"message"`
		Locations        []sarifLocation `json:"locations"`
		RelatedLocations []sarifLocation `json:"relatedLocations,omitempty"`
		Fixes            []sarifFix      `json:"fixes,omitempty"`
	}
	sarifFix struct {
		Description     sarifText     `json:"description"`
		ArtifactChanges []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		ArtifactLocation sarifArtifact      `json:"artifactLocation"`
		Replacements     []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		DeletedRegion   sarifRegion `json:"deletedRegion"`
		InsertedContent sarifText   `json:"insertedContent"`
	}
	sarifLocation struct {
		PhysicalLocation sarifPhysical `json:"physicalLocation"`
		Message          *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
		EndLine     int `json:"endLine"`
		EndColumn   int `json:"endColumn"`
	}
)

// home is where the project lives.
const home = "https://github.com/ctgen-lang/ctgen"

// ruleOf is what the table of codes says about code.
func ruleOf(code Code) sarifRule {
	d := Describe(code)
	rule := sarifRule{ID: code, ShortDescription: sarifText{d.Title}}
	if d.When != "" {
		rule.FullDescription = &sarifText{d.When}
		rule.HelpURI = home + "/blob/main/docs/diagnostics.md#" + strings.ToLower(string(code))
	}
	if d.Remedy != "" {
		rule.Help = &sarifText{d.Remedy}
	}
	return rule
}

// SARIF writes diagnostics as one SARIF 2.1.0 log.
func SARIF(w io.Writer, ds []Diagnostic) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "ctgen", InformationURI: home, Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	rules := &run.Tool.Driver.Rules
	for _, d := range ds {
		index := slices.IndexFunc(*rules, func(r sarifRule) bool { return r.ID == d.Code })
		if index < 0 {
			index = len(*rules)
			*rules = append(*rules, ruleOf(d.Code))
		}
		result := sarifResult{
			RuleID:    d.Code,
			RuleIndex: index,
			Level:     d.Severity.String(),
			Message:   sarifText{d.message()},
			Locations: []sarifLocation{},
		}
		if d.Span.Known() {
			result.Locations = append(result.Locations, sarifLocation{PhysicalLocation: physical(d.Span)})
		}
		for _, l := range d.allLabels() {
			if l.Span.Known() {
				result.RelatedLocations = append(result.RelatedLocations, sarifLocation{physical(l.Span), &sarifText{l.Message}})
			}
		}
		for _, f := range d.Fixes {
			result.Fixes = append(result.Fixes, f.sarif())
		}
		run.Results = append(run.Results, result)
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// message is the message with its help.
func (d *Diagnostic) message() string {
	text := d.Message
	for _, h := range d.Help {
		text += "\nhelp: " + h
	}
	return text
}

// sarif is the fix as one change of one file.
func (f Fix) sarif() sarifFix {
	var change sarifChange
	for _, e := range f.Edits {
		at := physical(e.Span)
		change.ArtifactLocation = at.ArtifactLocation
		change.Replacements = append(change.Replacements, sarifReplacement{at.Region, sarifText{e.Text}})
	}
	return sarifFix{sarifText{f.Message}, []sarifChange{change}}
}

// uriOf is the address of a file: relative to where the command runs, unless
// its path is absolute. A drive of Windows is no scheme.
func uriOf(file string) string {
	switch {
	case strings.HasPrefix(file, "/"):
		return (&url.URL{Scheme: "file", Path: file}).String()
	case len(file) > 2 && file[1] == ':' && file[2] == '/':
		return (&url.URL{Scheme: "file", Path: "/" + file}).String()
	}
	return (&url.URL{Path: file}).String()
}

func physical(s Span) sarifPhysical {
	r := rangeOf(s)
	return sarifPhysical{
		ArtifactLocation: sarifArtifact{uriOf(r.File)},
		Region:           sarifRegion{r.Line, r.Column, r.EndLine, r.EndColumn},
	}
}
