package data

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/runtime/internal/edits"
)

// NameRange is the columns of a CSV file from the one whose name in the header
// is From to the one whose name is To, both included. One column has its name
// in both.
type NameRange struct{ From, To string }

func (r NameRange) String() string {
	if r.From == r.To {
		return quote([]byte(r.From))
	}
	return quote([]byte(r.From)) + ".." + quote([]byte(r.To))
}

// named reports whether some column is bound by name.
func (s *Spec) named() bool {
	return slices.ContainsFunc(s.Columns, func(c Column) bool { return len(c.Names) > 0 })
}

// run is neighbouring columns of a file, counted from 1, both included.
type run struct{ first, last int }

// place is where in a record the cells of a factor stand, in their order.
type place []run

// of is the column of cell k, counted from 0.
func (p place) of(k int) int {
	for _, r := range p {
		if n := r.last - r.first + 1; k >= n {
			k -= n
			continue
		}
		return r.first + k
	}
	return 0
}

// last is the last column of a record that the factor takes.
func (p place) last() int {
	last := 0
	for _, r := range p {
		last = max(last, r.last)
	}
	return last
}

// places says where the cells of each factor stand.
func places(spec *Spec, file string, header *HeaderFound) ([]place, Faults) {
	all := make([]place, len(spec.Columns))
	var faults Faults
	for i := range spec.Columns {
		c := &spec.Columns[i]
		if len(c.Names) == 0 {
			all[i] = place{{c.First, c.Last}}
			continue
		}
		message := ""
		if all[i], message = c.find(header.Names); message != "" && len(faults) < maxFaults {
			faults = append(faults, &Fault{File: file, Line: header.Line, Object: c.Object, Message: message})
		}
	}
	return all, faults
}

// find looks the column's names up in the header.
func (c *Column) find(header []string) (at place, message string) {
	n := 0
	for _, r := range c.Names {
		from, message := position(header, r.From)
		if message != "" {
			return nil, message
		}
		to, message := position(header, r.To)
		if message != "" {
			return nil, message
		}
		if to < from {
			return nil, "columns " + r.String() + " run backwards, from " + strconv.Itoa(from) + " to " + strconv.Itoa(to)
		}
		for _, s := range at {
			if from <= s.last && s.first <= to {
				return nil, "column " + quote([]byte(header[max(from, s.first)-1])) + " is taken twice, the second time by " + r.String()
			}
		}
		at = append(at, run{from, to})
		n += to - from + 1
	}
	if n != c.cells() {
		return nil, "it takes " + plural(c.cells(), "column") + ", and those named are " + strconv.Itoa(n)
	}
	return at, ""
}

// position is where name stands in the header, counted from 1.
func position(header []string, name string) (int, string) {
	at := slices.Index(header, name)
	if at < 0 {
		message := "the header has no column " + quote([]byte(name))
		if near := nearest(header, name); near != "" {
			message += "; did you mean " + quote([]byte(near)) + "?"
		}
		return 0, message + " (it has " + inQuotes(header) + ")"
	}
	if second := slices.Index(header[at+1:], name); second >= 0 {
		return 0, "two columns are named " + quote([]byte(name)) + ": " + strconv.Itoa(at+1) + " and " + strconv.Itoa(at+second+2)
	}
	return at + 1, ""
}

// inQuotes shows names in a message, the first of them where they are many.
func inQuotes(names []string) string {
	const most = 20
	shown := make([]string, 0, most)
	for _, n := range names[:min(len(names), most)] {
		shown = append(shown, quote([]byte(n)))
	}
	s := strings.Join(shown, ", ")
	if len(names) > most {
		s += " and " + strconv.Itoa(len(names)-most) + " more"
	}
	return s
}

// nearest is the name that is spelt most alike, "" where none is: letter case
// and surrounding spaces apart, at most a third of its letters differ.
func nearest(names []string, name string) string {
	const longest, most = 64, 10_000
	best, near := "", 1+utf8.RuneCountInString(name)/3
	fold := []rune(strings.ToLower(strings.TrimSpace(name)))
	if len(fold) > longest {
		return ""
	}
	for _, n := range names[:min(len(names), most)] {
		if len(n) > longest {
			continue
		}
		if d := edits.Distance(fold, []rune(strings.ToLower(n))); d < near {
			best, near = n, d
		}
	}
	return best
}
