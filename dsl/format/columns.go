package format

import (
	"slices"
	"unicode/utf8"
)

const (
	// maxStretch is how far a cell may be stretched. Cells of one column that
	// differ by more are aligned in groups, so that a long one stands alone
	// and does not push the others away.
	maxStretch = 24
	commentGap = 2
)

// align stretches lines: the cuts of neighbouring rows, then the comments
// behind neighbouring lines.
func (w *writer) align() {
	for from := 0; from < len(w.lines); {
		to := from + 1
		for to < len(w.lines) && w.neighbours(to) {
			to++
		}
		if w.lines[from].whole {
			w.alignRows(w.lines[from:to])
		}
		from = to
	}
	for from := 0; from < len(w.lines); {
		to := from + 1
		for to < len(w.lines) && w.besides(to) {
			to++
		}
		alignComments(w.lines[from:to])
		from = to
	}
}

// neighbours reports whether line i and the one before it are rows whose
// columns are common. Two whole rows one below the other have the same
// brackets around them.
func (w *writer) neighbours(i int) bool {
	a, b := &w.lines[i-1], &w.lines[i]
	return a.whole && b.whole && !b.blank && !b.section
}

// besides reports whether the comments behind line i and the one before it
// have a common column.
func (w *writer) besides(i int) bool {
	a, b := &w.lines[i-1], &w.lines[i]
	return a.end > a.start && b.end > b.start && !b.blank && a.column() == b.column()
}

// column is where the first thing stands that may have neighbours above and
// below.
func (l *line) column() int {
	if l.section {
		return l.indent + sectionWidth
	}
	return l.indent
}

// cell is a place to stretch line by, width columns from its start.
type cell struct {
	line  int
	width int
	kind  cut
	n     *int // the spaces to insert
}

func (w *writer) alignRows(rows []line) {
	if len(rows) == 1 {
		return
	}
	var cells []cell
	for stage := range stages {
		cells = cells[:0]
		for i := range rows {
			l := &rows[i]
			width, at := l.indent, l.start
			for j := range l.cuts[:l.ncuts] {
				c := &l.cuts[j]
				width += columns(w.out[at:c.at])
				at = c.at
				if c.kind.stage() == stage {
					cells = append(cells, cell{i, width, c.kind, &c.n})
				}
				width += c.n
			}
		}
		slices.SortStableFunc(cells, func(a, b cell) int {
			if a.kind != b.kind {
				return int(a.kind) - int(b.kind)
			}
			return a.width - b.width
		})
		for from := 0; from < len(cells); {
			to := from + 1
			for to < len(cells) && cells[to].kind == cells[from].kind {
				to++
			}
			stretchCells(cells[from:to])
			from = to
		}
	}
	for i := range rows {
		for _, c := range rows[i].cuts[:rows[i].ncuts] {
			rows[i].width += c.n
		}
	}
}

func alignComments(lines []line) {
	var cells []cell
	for i := range lines {
		if l := &lines[i]; l.comment != "" && l.end > l.start {
			l.gap = commentGap
			cells = append(cells, cell{line: i, width: l.width, n: &l.gap})
		}
	}
	slices.SortStableFunc(cells, func(a, b cell) int { return a.width - b.width })
	stretchCells(cells)
}

// stretchCells brings cells, ordered by width, to one width, or to several
// where that takes too much: then they part where the gap is widest.
func stretchCells(cells []cell) {
	if len(cells) < 2 {
		return
	}
	var starts []int // of the runs of equal cells
	for i := range cells {
		if i == 0 || cells[i].width != cells[i-1].width {
			starts = append(starts, i)
		}
	}
	stretchRuns(cells, append(starts, len(cells)))
}

func stretchRuns(cells []cell, starts []int) {
	last := len(starts) - 1
	widths := func(i int) int { return cells[starts[i]].width }
	narrowest, widest := widths(0), widths(last-1)
	if widest-narrowest <= maxStretch {
		for _, c := range cells[starts[0]:starts[last]] {
			*c.n += widest - c.width
		}
		return
	}
	part, gap, off := 0, 0, 0
	for i := 1; i < last; i++ {
		g := widths(i) - widths(i-1)
		o := widths(i) + widths(i-1) - narrowest - widest // from the middle
		if o = max(o, -o); g > gap || g == gap && o < off {
			part, gap, off = i, g, o
		}
	}
	stretchRuns(cells, starts[:part+1])
	stretchRuns(cells, starts[part:])
}

// columns is the width of text, in code points.
func columns(text []byte) int { return utf8.RuneCount(text) }
