package diag

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	tabStop = 4
	// Longer lines are cut to a window around the marks, in bytes.
	longLine     = 400
	windowBefore = 80
	windowAfter  = 160
)

// draw returns the line as printed, the rows of marks beneath it, and the
// marks that lie outside what is shown of the line.
func (l markedLine) draw(src *Source, paint painter, s Severity) (text string, rows []string, hidden []mark) {
	start := src.lines[l.number-1]
	v := layOut(src.LineText(l.number), start, l.focus(), paint)
	var placed []placedMark
	for _, m := range l.marks {
		if v.shows(m) {
			placed = append(placed, v.place(m))
		} else {
			hidden = append(hidden, m)
		}
	}
	slices.SortStableFunc(placed, func(a, b placedMark) int { return a.from - b.from })
	rows = []string{underline(placed, paint, s)}
	return v.text, append(rows, hang(placed, paint, s, &rows[0])...), hidden
}

// focus is the byte of the line that is shown in any case: where the primary
// mark begins, or else the first.
func (l markedLine) focus() int {
	for _, m := range l.marks {
		if m.primary {
			return m.span.Start
		}
	}
	return l.marks[0].span.Start
}

// view is a line laid out in columns of a terminal.
type view struct {
	text    string
	offset  int   // of the first byte shown, in the file
	columns []int // of each byte shown, and of the end
}

// layOut expands tabs and pictures control characters. Of a long line it
// keeps a window around the byte at focus.
func layOut(line string, start, focus int, paint painter) view {
	v := view{offset: start}
	var b strings.Builder
	column := 0
	cut := len(line) > longLine
	if cut {
		from := max(0, min(focus-start, len(line))-windowBefore)
		to := min(len(line), from+windowBefore+windowAfter)
		for from > 0 && !utf8.RuneStart(line[from]) {
			from--
		}
		for to < len(line) && !utf8.RuneStart(line[to]) {
			to++
		}
		v.offset += from
		if from > 0 {
			b.WriteString(paint.shown('…') + " ")
			column = paint.width('…') + 1
		}
		cut = to < len(line)
		line = line[from:to]
	}
	for i, r := range line {
		for len(v.columns) < i {
			v.columns = append(v.columns, v.columns[len(v.columns)-1])
		}
		v.columns = append(v.columns, column)
		if r == '\t' {
			n := tabStop - column%tabStop
			b.WriteString(strings.Repeat(" ", n))
			column += n
			continue
		}
		b.WriteString(paint.shown(r))
		column += paint.width(r)
	}
	for len(v.columns) < len(line) {
		v.columns = append(v.columns, v.columns[len(v.columns)-1])
	}
	v.columns = append(v.columns, column)
	if cut {
		b.WriteString(" " + paint.shown('…'))
	}
	v.text = b.String()
	return v
}

// placedMark is a mark with the columns it covers, at least one.
type placedMark struct {
	mark
	from, to int
}

// shows reports whether a part of m lies in what is shown of the line.
func (v view) shows(m mark) bool {
	return m.span.End >= v.offset && m.span.Start <= v.offset+len(v.columns)-1
}

func (v view) place(m mark) placedMark {
	column := func(offset int) int {
		return v.columns[max(0, min(offset-v.offset, len(v.columns)-1))]
	}
	p := placedMark{mark: m, from: column(m.span.Start), to: column(m.span.End)}
	p.to = max(p.to, p.from+1)
	return p
}

// underline draws dashes under the labels and carets under the primary span,
// which win where they overlap.
func underline(marks []placedMark, paint painter, s Severity) string {
	end := 0
	for _, m := range marks {
		end = max(end, m.to)
	}
	row := []byte(strings.Repeat(" ", end))
	for _, primary := range []bool{false, true} {
		for _, m := range marks {
			if m.primary == primary {
				fill(row[m.from:m.to], map[bool]byte{false: '-', true: '^'}[primary])
			}
		}
	}
	return paintMarks(string(row), paint, s)
}

func fill(row []byte, c byte) {
	for i := range row {
		row[i] = c
	}
}

// paintMarks colours runs of carets by severity and the rest as the gutter.
func paintMarks(row string, paint painter, s Severity) string {
	var b strings.Builder
	for len(row) > 0 {
		n := len(row) - len(strings.TrimLeft(row, row[:1]))
		switch run := row[:n]; row[0] {
		case '^':
			b.WriteString(paint.severity(s, run))
		case ' ':
			b.WriteString(run)
		default:
			b.WriteString(paint.gutter(run))
		}
		row = row[n:]
	}
	return b.String()
}

// hang writes what is said about marks. The only text, or the primary's when
// nothing stands to its right, goes beside the marks in row first; the others
// hang beneath their marks, from right to left.
func hang(marks []placedMark, paint painter, s Severity, first *string) []string {
	var said []placedMark
	for _, m := range marks {
		if m.text != "" {
			said = append(said, m)
		}
	}
	if len(said) == 0 {
		return nil
	}
	last := said[len(said)-1]
	if reachesFurthest(last, marks) && (len(said) == 1 || last.primary) {
		*first += " " + paint.text(last, s, paint.printable(last.text))
		said = said[:len(said)-1]
	}
	if len(said) == 0 {
		return nil
	}
	rows := []string{paint.gutter(bars(said))}
	aside := asideColumn(said, paint)
	for i := len(said) - 1; i >= 0; i-- {
		m := said[i]
		prefix := bars(said[:i])
		prefix = prefix[:min(len(prefix), m.from)]
		text, extra := splitAside(paint.printable(m.text))
		if extra != "" {
			text += strings.Repeat(" ", max(1, aside-m.from-textWidth(text))) + extra
		}
		rows = append(rows, paint.gutter(prefix)+strings.Repeat(" ", m.from-len(prefix))+paint.text(m, s, text))
	}
	return rows
}

func (p painter) text(m placedMark, s Severity, text string) string {
	if m.primary {
		return p.severity(s, text)
	}
	return p.gutter(text)
}

func reachesFurthest(m placedMark, marks []placedMark) bool {
	for _, other := range marks {
		if other.to > m.to {
			return false
		}
	}
	return true
}

// bars draws a bar in the first column of each mark.
func bars(marks []placedMark) string {
	var b strings.Builder
	for _, m := range marks {
		if m.from >= b.Len() {
			b.WriteString(strings.Repeat(" ", m.from-b.Len()) + "|")
		}
	}
	return b.String()
}

// splitAside parts the bracketed remark that ends a text, such as (declared
// at file:line), so that the remarks of one drawing can be aligned.
func splitAside(text string) (string, string) {
	at := strings.LastIndex(text, " (declared at ")
	if at < 0 || !strings.HasSuffix(text, ")") {
		return text, ""
	}
	return strings.TrimRight(text[:at], " "), text[at+1:]
}

// asideColumn is where the remarks begin: behind the longest text.
func asideColumn(marks []placedMark, paint painter) int {
	column := 0
	for _, m := range marks {
		if text, extra := splitAside(paint.printable(m.text)); extra != "" {
			column = max(column, m.from+textWidth(text)+3)
		}
	}
	return column
}
