package diag

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// TextOptions says how diagnostics are shown to a person.
type TextOptions struct {
	Color bool
	ASCII bool // nothing else is printed; other characters are shown by number
	Max   int  // errors shown at most, and warnings; 0: 50, negative: all
	Bare  bool // the diagnostics alone, without a count at the end

	// Fix is the command that applies fixes; it is named at the end where
	// there are some. Empty: fixes are not mentioned.
	Fix string

	// Explain is the command that says more about a code; it is named at the
	// end. Empty: it is not mentioned.
	Explain string
}

const defaultMax = 50

// Printable is text of some lines as these options show it.
func (o TextOptions) Printable(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = painter{ascii: o.ASCII}.printable(line)
	}
	return strings.Join(lines, "\n")
}

// Text writes diagnostics as a person reads them: each with the lines it
// concerns, marks under them and help, and at the end how many there were.
func Text(w io.Writer, ds []Diagnostic, opts TextOptions) error {
	if len(ds) == 0 {
		return nil
	}
	if opts.Max == 0 {
		opts.Max = defaultMax
	}
	t := &textWriter{paint: painter{opts.Color, opts.ASCII}}
	var counts [3]int
	fixable := 0
	var shown []Code
	for i := range ds {
		d := &ds[i]
		counts[d.Severity]++
		if len(d.Fixes) == 1 { // several are a choice, which nobody makes for the user
			fixable++
		}
		if d.Severity != Note && opts.Max > 0 && counts[d.Severity] > opts.Max {
			continue
		}
		t.diagnostic(d)
		t.b.WriteByte('\n')
		if d.Code != "" && !slices.Contains(shown, d.Code) {
			shown = append(shown, d.Code)
		}
	}
	for _, s := range []Severity{Error, Warning} {
		if opts.Max > 0 && counts[s] > opts.Max {
			fmt.Fprintf(&t.b, "%s not shown\n", plural(counts[s]-opts.Max, "more "+s.String()))
		}
	}
	if !opts.Bare {
		t.b.WriteString(summary(counts) + "\n")
	}
	if fixable > 0 && opts.Fix != "" {
		fmt.Fprintf(&t.b, "%d can be fixed by `%s`\n", fixable, opts.Fix)
	}
	if len(shown) > 0 && opts.Explain != "" {
		fmt.Fprintf(&t.b, "`%s %s` says more%s\n", opts.Explain, shown[0], others(shown[1:]))
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// others says for which codes besides the first there is more to read.
func others(codes []Code) string {
	const most = 5
	var names []string
	for _, c := range codes[:min(len(codes), most)] {
		names = append(names, string(c))
	}
	switch {
	case len(codes) == 0:
		return ""
	case len(codes) > most:
		return ", as for " + strings.Join(names, ", ") + " and the others"
	}
	return ", as for " + strings.Join(names, ", ")
}

func summary(counts [3]int) string {
	var parts []string
	for s, n := range counts {
		if n > 0 {
			parts = append(parts, plural(n, Severity(s).String()))
		}
	}
	return strings.Join(parts, ", ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

type textWriter struct {
	b     strings.Builder
	paint painter
}

func (t *textWriter) diagnostic(d *Diagnostic) {
	head := d.Severity.String()
	if d.Code != "" {
		head += "[" + string(d.Code) + "]"
	}
	t.b.WriteString(t.paint.severity(d.Severity, head) + t.paint.bold(": "+t.paint.printable(d.Message)) + "\n")
	groups := groupBySource(d)
	width := gutterWidth(groups)
	margin := strings.Repeat(" ", width)
	for i, g := range groups {
		arrow := "-->"
		if i > 0 {
			arrow = ":::"
		}
		t.b.WriteString(margin + t.paint.gutter(arrow) + " " + t.paint.printable(g.marks[0].span.String()) + "\n")
		t.b.WriteString(margin + " " + t.paint.gutter("|") + "\n")
		for _, m := range t.group(g, width, d.Severity) {
			if m.text != "" {
				t.remark(margin, "note", m.span.String()+": "+m.text)
			}
		}
	}
	for _, h := range d.Help {
		t.remark(margin, "help", h)
	}
}

// remark writes a text of some lines below a drawing.
func (t *textWriter) remark(margin, kind, text string) {
	for i, line := range strings.Split(text, "\n") {
		prefix := t.paint.gutter("=") + t.paint.bold(" "+kind+":")
		if i > 0 {
			prefix = strings.Repeat(" ", len(kind)+3)
		}
		t.b.WriteString(trimmed(margin+" "+prefix+" "+t.paint.printable(line)) + "\n")
	}
}

// group writes the marked lines of one file in order, with dots where lines
// are left out. It returns the marks that lie where lines are cut.
func (t *textWriter) group(g sourceGroup, width int, s Severity) (hidden []mark) {
	last := 0
	for _, line := range g.lines() {
		if last > 0 && line.number > last+1 {
			t.b.WriteString(t.paint.gutter("...") + "\n")
		}
		last = line.number
		text, rows, cut := line.draw(g.src, t.paint, s)
		hidden = append(hidden, cut...)
		t.b.WriteString(t.paint.gutter(fmt.Sprintf("%*d |", width, line.number)) + trimmed(" "+text) + "\n")
		for _, row := range rows {
			t.b.WriteString(strings.Repeat(" ", width+1) + t.paint.gutter("|") + trimmed(" "+row) + "\n")
		}
	}
	return hidden
}

func trimmed(s string) string { return strings.TrimRight(s, " ") }
