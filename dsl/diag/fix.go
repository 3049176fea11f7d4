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
// its diagnostic is gone, and no error is there that was not there before. A
// remedy of which that is not certain, or that is one of several, is help.
type Fix struct {
	Message string // what applying it does, in the imperative
	Edits   []Edit // in one file, in order of place, none overlapping another
}

// Offer attaches a fix and returns d.
func (d *Diagnostic) Offer(message string, edits ...Edit) *Diagnostic {
	d.Fixes = append(d.Fixes, Fix{message, edits})
	return d
}

// Replace is the edit that puts text in the place of s.
func (s Span) Replace(text string) Edit { return Edit{s, text} }

// Before is the edit that puts text in front of s.
func (s Span) Before(text string) Edit { return Edit{Span{s.Src, s.Start, s.Start}, text} }

// After is the edit that puts text behind s.
func (s Span) After(text string) Edit { return Edit{Span{s.Src, s.End, s.End}, text} }

// Apply returns the text of src with the first fix of each diagnostic made,
// and the diagnostics whose fixes were. One whose edits meet those of another,
// or are to be made between them, is left for the next round; so are fixes of
// other files.
func Apply(src *Source, ds []Diagnostic) (text string, fixed []Diagnostic) {
	ds = slices.DeleteFunc(slices.Clone(ds), func(d Diagnostic) bool { return !d.fixes(src) })
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return a.Fixes[0].Edits[0].Span.Start - b.Fixes[0].Edits[0].Span.Start
	})
	var b strings.Builder
	at := 0
	for _, d := range ds {
		edits := d.Fixes[0].Edits
		// Insertions at one place meet: nothing says which comes first.
		if len(fixed) > 0 && edits[0].Span.Start <= at {
			continue
		}
		for _, e := range edits {
			b.WriteString(src.Text[at:e.Span.Start])
			b.WriteString(e.Text)
			at = e.Span.End
		}
		fixed = append(fixed, d)
	}
	b.WriteString(src.Text[at:])
	return b.String(), fixed
}

// fixes reports whether the first fix of d is one of src.
func (d *Diagnostic) fixes(src *Source) bool {
	if len(d.Fixes) == 0 || len(d.Fixes[0].Edits) == 0 {
		return false
	}
	return !slices.ContainsFunc(d.Fixes[0].Edits, func(e Edit) bool { return e.Span.Src != src })
}
