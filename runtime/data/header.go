package data

import (
	"bytes"
	"strconv"
)

// HeaderFound is what was decided about the first record.
type HeaderFound struct {
	Present bool
	Line    int      // of the first record
	Names   []string // its fields, if present
	Reason  string   // "line 1 is a header: it has 4 fields, line 2 has 31"
}

// decideHeader says whether first, the fields of the file's first record, is
// a header. second is nil where the file has only one record.
func decideHeader(spec *Spec, first, second [][]byte, line, nextLine int) HeaderFound {
	h := HeaderFound{Line: line}
	at := "line " + strconv.Itoa(line)
	switch {
	case spec.named():
		h.Present = true
		h.Reason = at + " is a header: the spec binds columns by name"
	case spec.Header == HeaderNone:
		h.Reason = at + " is data: the spec says header: none"
	case spec.Header != HeaderAuto:
		h.Present = true
		h.Reason = at + " is a header: the spec says header: " + string(spec.Header)
	case second != nil && len(first) != len(second):
		h.Present = true
		h.Reason = at + " is a header: it has " + plural(len(first), "field") +
			", line " + strconv.Itoa(nextLine) + " has " + strconv.Itoa(len(second))
	case !anyUsedParses(spec, first):
		h.Present = true
		h.Reason = at + " is a header: none of its bound cells is a value"
	default:
		h.Reason = at + " is data: it has as many fields as the next record and a bound cell that is a value"
		if second == nil {
			h.Reason = at + " is data: a bound cell is a value"
		}
	}
	if h.Present {
		for _, f := range first {
			h.Names = append(h.Names, string(bytes.TrimSpace(f)))
		}
	}
	return h
}

func anyUsedParses(spec *Spec, fields [][]byte) bool {
	for i := range spec.Columns {
		c := &spec.Columns[i]
		for k := c.First; k <= c.Last && k <= len(fields); k++ {
			if c.parses(fields[k-1]) {
				return true
			}
		}
	}
	return false
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}
