package runtime

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// String is the trace as a table: one line for each arrow, those inside a
// composite below it and further in. The time of a composite is that of the
// arrows in it; checks are not counted.
func (t *Trace) String() string {
	if t == nil || len(t.root.rows) == 0 {
		return "nothing was traced\n"
	}
	lines := [][]string{{"arrow", "line", "in", "out", "runs", "time", "share"}}
	var total time.Duration
	for _, r := range t.root.rows {
		total += r.spent
	}
	for _, r := range t.root.rows {
		lines = r.lines(lines, "", total)
	}
	return align(lines, 4)
}

// WriteTo writes the table to w.
func (t *Trace) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, t.String())
	return int64(n), err
}

func (r *row) lines(lines [][]string, indent string, total time.Duration) [][]string {
	share := "-"
	if total > 0 {
		share = strconv.Itoa(int((200*r.spent+total)/(2*total))) + "%"
	}
	lines = append(lines, []string{indent + r.name, r.line, r.in, r.out, strconv.Itoa(r.runs), r.spent.String(), share})
	for _, c := range r.rows {
		lines = c.lines(lines, indent+"  ", total)
	}
	return lines
}

// shapes lists the objects that are no parameters: Features[30] * Target.
func shapes(list []Operand) string {
	var s []string
	for i := range list {
		if !list[i].parameter {
			s = append(s, list[i].shape())
		}
	}
	if len(s) == 0 {
		return "1"
	}
	return strings.Join(s, " * ")
}

// align pads the cells of all columns, the first few to the left and the
// others, which are numbers, to the right.
func align(lines [][]string, left int) string {
	width := make([]int, len(lines[0]))
	for _, l := range lines {
		for i, cell := range l {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, l := range lines {
		for i, cell := range l {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				b.WriteString("  ")
			}
			if i < left {
				b.WriteString(cell + pad)
			} else {
				b.WriteString(pad + cell)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
