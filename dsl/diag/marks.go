package diag

import (
	"slices"
	"strconv"
	"strings"
)

// mark is a span to be underlined, with what is said about it.
type mark struct {
	span    Span
	text    string
	primary bool
}

// parts are the marks that m is drawn as: of a span of several lines its first
// line and its last, which holds the text.
func (m mark) parts() []mark {
	src, end := m.span.Src, m.span.Start+len(strings.TrimRight(m.span.Text(), " \t\r\n"))
	first, last := src.Line(m.span.Start), src.Line(max(m.span.Start, end-1))
	if first == last {
		if src.Line(m.span.End) > first {
			m.span.End = max(m.span.Start, end)
		}
		return []mark{m}
	}
	start := src.lines[last-1]
	start += len(src.Text[start:end]) - len(strings.TrimLeft(src.Text[start:end], " \t"))
	return []mark{
		{span: Span{src, m.span.Start, src.lines[first-1] + len(src.LineText(first))}, primary: m.primary},
		{span: Span{src, start, end}, text: m.text, primary: m.primary},
	}
}

// sourceGroup holds the marks of one file, the first of which is cited.
type sourceGroup struct {
	src   *Source
	marks []mark
}

// groupBySource puts the primary span's file first.
func groupBySource(d *Diagnostic) []sourceGroup {
	var groups []sourceGroup
	add := func(m mark) {
		if !m.span.Known() {
			return
		}
		i := slices.IndexFunc(groups, func(g sourceGroup) bool { return g.src == m.span.Src })
		if i < 0 {
			i = len(groups)
			groups = append(groups, sourceGroup{src: m.span.Src})
		}
		groups[i].marks = append(groups[i].marks, m.parts()...)
	}
	add(mark{d.Span, d.Inline, true})
	for _, l := range d.Labels {
		add(mark{l.Span, l.Message, false})
	}
	return groups
}

func gutterWidth(groups []sourceGroup) int {
	most := 1
	for _, g := range groups {
		for _, m := range g.marks {
			most = max(most, g.src.Line(m.span.Start))
		}
	}
	return len(strconv.Itoa(most))
}

// markedLine is one line of a file with the marks on it.
type markedLine struct {
	number int
	marks  []mark
}

func (g sourceGroup) lines() []markedLine {
	var lines []markedLine
	for _, m := range g.marks {
		number := g.src.Line(m.span.Start)
		i := slices.IndexFunc(lines, func(l markedLine) bool { return l.number == number })
		if i < 0 {
			i = len(lines)
			lines = append(lines, markedLine{number: number})
		}
		lines[i].marks = append(lines[i].marks, m)
	}
	slices.SortFunc(lines, func(a, b markedLine) int { return a.number - b.number })
	return lines
}
