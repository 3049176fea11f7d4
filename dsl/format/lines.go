package format

import "strings"

// line is one line of the output: bytes of the writer's text, and what is
// needed to stretch it.
type line struct {
	start, end int
	width      int // columns up to end, indentation and stretches included
	indent     int
	comment    string // behind the tokens, or alone
	gap        int    // columns before a comment behind tokens
	blank      bool   // a blank line stands before it
	row        bool   // opens with a row
	whole      bool   // and holds all of that row, and no other
	level      int    // brackets around the row
	section    bool   // opens a section of equations: its columns are its own
	ncuts      int
	cuts       [stages]stretch
}

// stretch is a place at which n spaces are inserted.
type stretch struct {
	at   int // in the writer's text
	kind cut
	n    int
}

// formatted returns the lines as they were stretched.
func (w *writer) formatted() string {
	var b strings.Builder
	b.Grow(len(w.out) + len(w.src.Text)/2)
	for i := range w.lines {
		l := &w.lines[i]
		if l.blank {
			b.WriteByte('\n')
		}
		pad(&b, l.indent)
		at := l.start
		for _, c := range l.cuts[:l.ncuts] {
			b.Write(w.out[at:c.at])
			pad(&b, c.n)
			at = c.at
		}
		b.Write(w.out[at:l.end])
		if l.comment != "" {
			if l.end > l.start {
				pad(&b, l.gap)
			}
			b.WriteString(l.comment)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const spaces = "                                                                "

func pad(b *strings.Builder, n int) {
	for ; n > len(spaces); n -= len(spaces) {
		b.WriteString(spaces)
	}
	b.WriteString(spaces[:max(n, 0)])
}
