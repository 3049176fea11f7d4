package format

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

const (
	step = 4 // columns of one indentation
	// What nests deeper than maxIndent columns is not indented further, so
	// that nesting cannot make a text much larger than it was.
	maxIndent = 10 * step
	// sectionWidth is the column of what follows the word of a section.
	sectionWidth = len("reverse") + 2
)

// bracket is one that is open: the indentation of the line it stands on, and
// of the lines inside.
type bracket struct{ outer, inner int }

// writer lays a file out line by line.
type writer struct {
	*marks
	comments []syntax.Comment
	out      []byte
	lines    []line
	open     []bracket
	wrapped  int  // indentation of the lines on which the row at hand goes on
	at       int  // offset behind the last token or comment
	fresh    bool // nothing stands behind the last opening bracket, or in the file
}

func newWriter(file *syntax.File, m *marks) *writer {
	return &writer{
		marks: m, comments: file.Comments, fresh: true,
		out: make([]byte, 0, len(file.Source.Text)), lines: make([]line, 0, len(m.tokens)/8),
	}
}

func (w *writer) write() {
	if bom := "\uFEFF"; strings.HasPrefix(w.src.Text, bom) {
		w.at = len(bom)
	}
	for i := range w.tokens {
		w.token(i)
	}
	w.gap(len(w.tokens))
	w.end(len(w.tokens))
}

// token writes token i and what stands before it.
func (w *writer) token(i int) {
	text, mark := w.text(i), w.what[i]
	newlines, commented := w.gap(i)
	switch {
	case i == 0 || commented || mark&(row|closes) != 0:
		w.begin(i, newlines > 1)
	case newlines > 0 && !w.joins(i):
		w.begin(i, newlines > 1)
	default:
		w.within(i)
	}
	w.out = append(w.out, text...)
	w.at = w.tokens[i].End
	w.fresh = false
	w.nest(text, mark)
}

// joins reports whether token i stays on the line of the one before it,
// whatever the author did: braces around nothing, and the word of a section
// with what follows.
func (w *writer) joins(i int) bool {
	return w.text(i) == "}" && w.text(i-1) == "{" || w.what[i-1]&section != 0
}

// gap writes the comments between the last token and token i. It returns how
// many line ends stand between what it wrote last and the token.
func (w *writer) gap(i int) (newlines int, commented bool) {
	end := len(w.src.Text)
	if i < len(w.tokens) {
		end = w.tokens[i].Start
	}
	for len(w.comments) > 0 && w.comments[0].Span.Start < end {
		c := w.comments[0]
		w.comments = w.comments[1:]
		text := strings.TrimRight(c.Span.Text(), " \t\r")
		newlines := strings.Count(w.src.Text[w.at:c.Span.Start], "\n")
		if newlines == 0 && i > 0 && !commented {
			w.last().comment = text
		} else {
			w.end(i)
			w.lines = append(w.lines, line{
				start: len(w.out), end: len(w.out), indent: w.contents(i), comment: text,
				blank: newlines > 1 && !w.fresh,
			})
			w.fresh = false
		}
		w.at = c.Span.End
		commented = true
	}
	return strings.Count(w.src.Text[w.at:end], "\n"), commented
}

func (w *writer) last() *line { return &w.lines[len(w.lines)-1] }

// begin opens a line with token i.
func (w *writer) begin(i int, blank bool) {
	w.end(i)
	mark := w.what[i]
	closer := isCloser(w.text(i))
	l := line{start: len(w.out), blank: blank && !w.fresh && !closer, level: len(w.open)}
	l.row = mark&(row|field|equation) != 0
	l.section = mark&section != 0
	if closer {
		l.indent = w.open[len(w.open)-1].outer
	} else {
		l.indent = w.contents(i)
	}
	w.lines = append(w.lines, l)
	w.wrap(mark, l.indent)
}

// within continues a line with token i.
func (w *writer) within(i int) {
	l, mark := w.last(), w.what[i]
	if w.spaced(i) {
		w.out = append(w.out, ' ')
	}
	if l.section && w.what[i-1]&section != 0 {
		for len(w.out) < l.start+sectionWidth {
			w.out = append(w.out, ' ')
		}
		w.wrap(mark, l.indent+sectionWidth)
	}
	if kind := w.cuts[i]; kind != noCut && l.row && l.level == len(w.open) {
		l.cuts[l.ncuts] = stretch{at: len(w.out), kind: kind}
		l.ncuts++
	}
	if mark&field != 0 && l.level == len(w.open) {
		l.row = false // several fields share the line: it has no columns
	}
}

// wrap sets where the row that token with mark begins, at column, goes on.
func (w *writer) wrap(mark mark, column int) {
	switch {
	case mark&section != 0:
		w.wrapped = column + sectionWidth
	case mark&(row|equation) != 0:
		w.wrapped = column + step
	}
}

// contents is the indentation of what stands where token i does, closing
// brackets aside.
func (w *writer) contents(i int) int {
	if i == len(w.tokens) {
		return 0
	}
	mark := w.what[i]
	switch {
	case mark&(row|closes) != 0 && len(w.open) == 0:
		return 0
	case mark&equation != 0:
		return step + sectionWidth
	case mark&(row|closes) != 0:
		return step
	case len(w.open) > 0 && w.open[len(w.open)-1].inner > 0:
		return w.open[len(w.open)-1].inner
	}
	return w.wrapped
}

// nest keeps track of brackets.
func (w *writer) nest(text string, mark mark) {
	switch {
	case mark&opens != 0:
		w.open = append(w.open, bracket{}) // rows know their indentation
		w.fresh = true
	case text == "(" || text == "[" || text == "{":
		outer := w.last().indent
		if l := w.last(); l.section {
			outer += sectionWidth
		}
		w.open = append(w.open, bracket{outer, min(outer+step, maxIndent)})
		w.fresh = true
	case isCloser(text):
		w.open = w.open[:len(w.open)-1]
		if l := w.last(); len(w.open) < l.level {
			l.row = false // more than the row stands on its line
		}
	}
}

// end closes the last line, before token i.
func (w *writer) end(i int) {
	if len(w.lines) == 0 {
		return
	}
	l := w.last()
	if l.end > 0 || l.start == len(w.out) {
		return
	}
	l.end = len(w.out)
	l.width = l.indent + columns(w.out[l.start:l.end])
	l.whole = l.row && l.level == len(w.open) && (i == len(w.tokens) || isCloser(w.text(i)) ||
		w.what[i]&(row|field|equation) != 0)
}

func isCloser(text string) bool { return text == ")" || text == "]" || text == "}" }
