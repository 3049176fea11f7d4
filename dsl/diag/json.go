package diag

import (
	"encoding/json"
	"io"
)

// jsonRange is a place in a file: lines and columns count from 1, columns in
// Unicode code points; the end is exclusive.
type jsonRange struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

type jsonLabel struct {
	jsonRange
	Message string `json:"message"`
}

type jsonEdit struct {
	jsonRange
	Text string `json:"text"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonDiagnostic struct {
	jsonRange
	Severity string      `json:"severity"`
	Code     Code        `json:"code"`
	Message  string      `json:"message"`
	Help     []string    `json:"help"`
	Labels   []jsonLabel `json:"labels"`
	Fixes    []jsonFix   `json:"fixes"`
}

func rangeOf(s Span) jsonRange {
	if !s.Known() {
		return jsonRange{}
	}
	from, to := s.Src.Position(s.Start), s.Src.Position(s.End)
	return jsonRange{s.Src.Name, from.Line, from.Column, to.Line, to.Column}
}

// JSON writes one line of JSON for each diagnostic. What stands beside the
// carets is the first label.
func JSON(w io.Writer, ds []Diagnostic) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, d := range ds {
		j := jsonDiagnostic{
			jsonRange: rangeOf(d.Span),
			Severity:  d.Severity.String(),
			Code:      d.Code,
			Message:   d.Message,
			Help:      append([]string{}, d.Help...),
			Labels:    []jsonLabel{},
			Fixes:     []jsonFix{},
		}
		for _, l := range d.allLabels() {
			j.Labels = append(j.Labels, jsonLabel{rangeOf(l.Span), l.Message})
		}
		for _, f := range d.Fixes {
			fix := jsonFix{Message: f.Message, Edits: []jsonEdit{}}
			for _, e := range f.Edits {
				fix.Edits = append(fix.Edits, jsonEdit{rangeOf(e.Span), e.Text})
			}
			j.Fixes = append(j.Fixes, fix)
		}
		if err := enc.Encode(j); err != nil {
			return err
		}
	}
	return nil
}

// allLabels returns the labels with what stands beside the carets first.
func (d *Diagnostic) allLabels() []Label {
	if d.Inline == "" {
		return d.Labels
	}
	return append([]Label{{d.Span, d.Inline}}, d.Labels...)
}
