package diag

import (
	"slices"
	"strings"
)

// Edit replaces what Span covers by Text; an empty Span inserts.
type Edit struct {
	Span Span
	Text string
}

// Fix is a remedy that a machine may apply: afterwards the text still parses,
// its diagnostic is gone, and no error is there that was not there before.
type Fix struct {
	Message string // what applying it does, in the imperative
	Edits   []Edit // in one file, in order of place, none touching another
}

// Propose attaches a remedy that is still to be tried and returns d. Lines end
// as the file's do.
func (d *Diagnostic) Propose(message string, edits ...Edit) *Diagnostic {
	for i, e := range edits {
		if strings.Contains(e.Text, "\n") && strings.Contains(e.Span.Src.Text, "\r\n") {
			edits[i].Text = strings.ReplaceAll(e.Text, "\n", "\r\n")
		}
	}
	d.Proposals = append(d.Proposals, Fix{message, edits})
	return d
}

// Replace is the edit that puts text in the place of s.
func (s Span) Replace(text string) Edit { return Edit{s, text} }

// Before is the edit that puts text in front of s.
func (s Span) Before(text string) Edit { return Edit{Span{s.Src, s.Start, s.Start}, text} }

// After is the edit that puts text behind s.
func (s Span) After(text string) Edit { return Edit{Span{s.Src, s.End, s.End}, text} }

// Apply returns the text of src with fixes made, and the diagnostics whose
// fixes were: those with one fix, for among several only a person can choose.
// One whose edits meet those of another, or are to be made between them, is
// left for the next round; so are fixes of other files.
func Apply(src *Source, ds []Diagnostic) (text string, fixed []Diagnostic) {
	ds = slices.DeleteFunc(slices.Clone(ds), func(d Diagnostic) bool {
		return len(d.Fixes) != 1 || !d.Fixes[0].of(src)
	})
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return a.Fixes[0].Edits[0].Span.Start - b.Fixes[0].Edits[0].Span.Start
	})
	var b strings.Builder
	at := 0
	for _, d := range ds {
		// Insertions at one place meet: nothing says which comes first.
		if len(fixed) > 0 && d.Fixes[0].Edits[0].Span.Start <= at {
			continue
		}
		at = d.Fixes[0].write(&b, at)
		fixed = append(fixed, d)
	}
	b.WriteString(src.Text[at:])
	return b.String(), fixed
}

// of reports whether f edits src and nothing else.
func (f Fix) of(src *Source) bool {
	return len(f.Edits) > 0 && !slices.ContainsFunc(f.Edits, func(e Edit) bool { return e.Span.Src != src })
}

// write copies the source from at up to the end of f's last edit, with the
// edits made, and returns where that is.
func (f Fix) write(b *strings.Builder, at int) int {
	for _, e := range f.Edits {
		b.WriteString(e.Span.Src.Text[at:e.Span.Start])
		b.WriteString(e.Text)
		at = e.Span.End
	}
	return at
}
