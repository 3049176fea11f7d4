package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Skipped counts rows that were left out because they did not fit.
type Skipped struct {
	Rows    int
	First   []*Fault // of the first few, one a row
	Reasons []Reason // most rows first
}

// Reason is why rows were left out: the first fault of each.
type Reason struct {
	Column int    // from 1; 0 where the record as a whole is meant
	Object string // that the column is bound to, or ""
	Text   string // "is not a number", without the cell itself
	Rows   int
}

// maxReasons bounds the reasons that are told apart.
const maxReasons = 100

// Add counts a row that f is the first fault of.
func (s *Skipped) Add(f *Fault) {
	s.Rows++
	if len(s.First) < maxFaults {
		s.First = append(s.First, f)
	}
	r := Reason{Column: f.Column, Object: f.Object, Text: withoutCell(f.Message)}
	k := slices.IndexFunc(s.Reasons, func(o Reason) bool { return o.Column == r.Column && o.Object == r.Object && o.Text == r.Text })
	if k < 0 {
		if len(s.Reasons) >= maxReasons {
			r = Reason{Text: "other reasons"}
			k = slices.IndexFunc(s.Reasons, func(o Reason) bool { return o == Reason{Text: r.Text, Rows: o.Rows} })
		}
		if k < 0 {
			s.Reasons = append(s.Reasons, r)
			k = len(s.Reasons) - 1
		}
	}
	s.Reasons[k].Rows++
	for ; k > 0 && s.Reasons[k-1].Rows < s.Reasons[k].Rows; k-- {
		s.Reasons[k-1], s.Reasons[k] = s.Reasons[k], s.Reasons[k-1]
	}
}

// withoutCell is a fault's message without the text or number of the cell that it
// begins with, so that rows with one fault have one reason.
func withoutCell(message string) string {
	if strings.HasPrefix(message, "the record has ") {
		return "the record has another number of fields"
	}
	if strings.HasPrefix(message, "the numbers sum to ") {
		return "the numbers do not sum to 1"
	}
	if quoted, err := strconv.QuotedPrefix(message); err == nil {
		return strings.TrimPrefix(strings.TrimPrefix(message[len(quoted):], "…"), " ")
	}
	if number, rest, ok := strings.Cut(message, " "); ok {
		if _, err := strconv.ParseFloat(number, 64); err == nil {
			return rest
		}
	}
	return message
}

// Text is what r says, with the column and its object.
func (r *Reason) String() string {
	f := Fault{Column: r.Column, Object: r.Object, Message: r.Text}
	return strings.TrimPrefix(f.Error(), ": ")
}

// Summary says how many rows were left out, and why; the other rows were
// done, "read" or "answered". Each of its lines ends in a line feed.
func (s *Skipped) Summary(others int, done string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d left out, %d %s\n", s.Rows, others, done)
	for i := range s.Reasons {
		fmt.Fprintf(&b, "  %d  %s\n", s.Reasons[i].Rows, &s.Reasons[i])
	}
	return b.String()
}
