package diag

import (
	"fmt"
	"io"
	"strings"
)

// GitHub writes diagnostics as workflow commands, which GitHub Actions shows
// beside the lines of a change.
func GitHub(w io.Writer, ds []Diagnostic) error {
	for _, d := range ds {
		level := map[Severity]string{Error: "error", Warning: "warning", Note: "notice"}[d.Severity]
		var props []string
		if d.Span.Known() {
			r := rangeOf(d.Span)
			props = append(props, "file="+escapeProperty(r.File), fmt.Sprintf("line=%d", r.Line), fmt.Sprintf("endLine=%d", r.EndLine))
			if r.Line == r.EndLine { // GitHub refuses columns of a range of lines
				props = append(props, fmt.Sprintf("col=%d", r.Column), fmt.Sprintf("endColumn=%d", max(r.EndColumn, r.Column)))
			}
		}
		props = append(props, "title="+escapeProperty(string(d.Code)))
		if _, err := fmt.Fprintf(w, "::%s %s::%s\n", level, strings.Join(props, ","), escapeData(d.plain())); err != nil {
			return err
		}
	}
	return nil
}

// plain is the diagnostic as text without a drawing.
func (d *Diagnostic) plain() string {
	lines := []string{d.Message}
	for _, l := range d.allLabels() {
		lines = append(lines, l.Span.String()+": "+l.Message)
	}
	for _, h := range d.Help {
		lines = append(lines, "help: "+h)
	}
	return strings.Join(lines, "\n")
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func escapeData(s string) string     { return dataEscapes.Replace(s) }
func escapeProperty(s string) string { return propertyEscapes.Replace(s) }
