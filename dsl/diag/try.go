package diag

import (
	"slices"
	"strings"
)

// Try makes fixes of the proposals for src that prove themselves: each is
// made alone, and check says what is wrong with the text that comes of it.
// Cost is what one check takes out of budget; proposals beyond that are
// dropped, as are those that fail.
func (l *List) Try(src *Source, cost, budget int, check func(*Source) *List) {
	var before map[fault]int
	for _, d := range l.items {
		proposals := d.Proposals
		d.Proposals = nil
		tried := map[string]bool{} // two proposals may come to the same text
		for _, f := range proposals {
			if !f.of(src) || !f.tidy() || budget < cost {
				continue
			}
			var b strings.Builder
			at := f.write(&b, 0)
			b.WriteString(src.Text[at:])
			if tried[b.String()] {
				continue
			}
			tried[b.String()] = true
			budget -= cost
			if before == nil {
				before = l.faults()
			}
			after := check(NewSource(src.Name, b.String()))
			if after.cured(d, before) {
				d.Fixes = append(d.Fixes, f)
			}
		}
	}
}

// tidy sorts the edits of f and reports whether they keep apart.
func (f Fix) tidy() bool {
	slices.SortStableFunc(f.Edits, func(a, b Edit) int { return a.Span.Start - b.Span.Start })
	for i, e := range f.Edits[1:] {
		if e.Span.Start <= f.Edits[i].Span.End {
			return false
		}
	}
	return true
}

// fault is a diagnostic by what it says. Places move when a text is edited.
type fault struct {
	severity Severity
	code     Code
	message  string
}

func (d *Diagnostic) fault() fault { return fault{d.Severity, d.Code, d.Message} }

func (l *List) faults() map[fault]int {
	n := map[fault]int{}
	for _, d := range l.items {
		n[d.fault()]++
	}
	return n
}

// cured reports whether, of the errors there were before, d is gone and none
// has come.
func (l *List) cured(d *Diagnostic, before map[fault]int) bool {
	for f, n := range l.faults() {
		had := before[f]
		if f == d.fault() {
			had--
		} else if f.severity != Error {
			continue
		}
		if n > had {
			return false
		}
	}
	return true
}
