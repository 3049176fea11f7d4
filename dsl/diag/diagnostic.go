package diag

import (
	"sort"
	"strconv"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Severity says whether a diagnostic stops generation.
type Severity uint8

const (
	Error Severity = iota
	Warning
	Note
)

func (s Severity) String() string { return [...]string{"error", "warning", "note"}[s] }

// Label explains one further place that a diagnostic involves.
type Label struct {
	Span    Span
	Message string
}

// Diagnostic is one fault: a stable code, the smallest span that shows it, a
// message without capital or final stop in the user's nouns, labels at the
// declarations involved, and help that says what to do.
type Diagnostic struct {
	Severity Severity
	Code     Code
	Span     Span
	Message  string
	Inline   string // shown beside the carets of the primary span; may be empty
	Labels   []Label
	Help     []string
	Fixes    []Fix // where there are several, each is a remedy of its own

	// Proposals may become fixes; see List.Try.
	Proposals []Fix
}

// List gathers diagnostics. The zero List is ready to use.
type List struct {
	items []*Diagnostic
	seen  map[place]*Diagnostic
}

// place is what two diagnostics of one fault have in common.
type place struct {
	code Code
	span Span
}

// Add appends d unless the same code already blames the same place: one fault
// gives one diagnostic.
func (l *List) Add(d Diagnostic) { l.Report(d) }

// All returns the diagnostics ordered by file and place.
func (l *List) All() []Diagnostic {
	sort.SliceStable(l.items, func(i, j int) bool {
		a, b := l.items[i].Span, l.items[j].Span
		if a.Src != b.Src {
			return name(a.Src) < name(b.Src)
		}
		return a.Start < b.Start
	})
	all := make([]Diagnostic, len(l.items))
	for i, d := range l.items {
		all[i] = *d
	}
	return all
}

// Copy returns a list of the same diagnostics that can grow on its own.
func (l *List) Copy() *List {
	c := &List{}
	for _, d := range l.items {
		c.Add(*d)
	}
	return c
}

// Len returns the number of diagnostics.
func (l *List) Len() int { return len(l.items) }

func name(s *Source) string {
	if s == nil {
		return ""
	}
	return s.Name
}

// HasErrors reports whether any diagnostic is an error.
func (l *List) HasErrors() bool { return l.Count(Error) > 0 }

// Count returns the number of diagnostics of one severity.
func (l *List) Count(s Severity) int {
	n := 0
	for _, d := range l.items {
		if d.Severity == s {
			n++
		}
	}
	return n
}
