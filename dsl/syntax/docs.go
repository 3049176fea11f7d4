package syntax

import (
	"sort"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// docs finds the doc comments of declarations.
type docs struct {
	comments []docComment // in order of lines
}

type docComment struct {
	line, start int
	alone       bool // nothing but space before it on its line
	text        string
	// A directive is no documentation, but lines above it still are.
	directive bool
}

func newDocs(src *diag.Source, comments []Comment) *docs {
	d := &docs{comments: make([]docComment, len(comments))}
	for i, c := range comments {
		d.comments[i] = docComment{
			line:  src.Line(c.Span.Start),
			start: c.Span.Start,
			alone: opensLine(src.Text, c.Span.Start),
			text:  strings.TrimRight(strings.TrimPrefix(c.Text, " "), " \t\r"),

			directive: IsDirective(c),
		}
	}
	return d
}

// of returns the doc comment of the declaration at span: the comment lines
// directly above, else the comment behind its end, else the one behind the
// line of its name. None of this depends on how the declaration and its
// neighbours are spread over lines.
func (d *docs) of(span, name diag.Span) []string {
	line := span.Src.Line(span.Start)
	end := d.at(line)
	start := end
	if opensLine(span.Src.Text, span.Start) {
		for start > 0 && d.comments[start-1].alone && d.comments[start-1].line == line-(end-start)-1 {
			start--
		}
	}
	var doc []string
	for _, c := range d.comments[start:end] {
		if !c.directive {
			doc = append(doc, c.text)
		}
	}
	if doc != nil {
		return doc
	}
	if c := d.on(span, span.End); c != nil && blank(span.Src.Text[span.End:c.start]) {
		return []string{c.text}
	}
	if c := d.on(span, name.End); c != nil && c.start < span.End && !insideBraces(span.Src.Text[name.End:c.start]) {
		return []string{c.text}
	}
	return nil
}

// on returns the comment that ends the line of offset, or nil.
func (d *docs) on(span diag.Span, offset int) *docComment {
	line := span.Src.Line(offset)
	if i := d.at(line); i < len(d.comments) && d.comments[i].line == line && !d.comments[i].alone && !d.comments[i].directive {
		return &d.comments[i]
	}
	return nil
}

// opensLine reports whether nothing but space stands before at on its line.
func opensLine(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \t\r")
	return before == "" || before == bom || before[len(before)-1] == '\n'
}

func blank(text string) bool { return strings.Trim(text, " \t\r") == "" }

// insideBraces reports whether part of what text opens a brace for stands in
// text: a comment behind it is about that part.
func insideBraces(text string) bool {
	depth, open, quoted := 0, 0, false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' && (i == 0 || text[i-1] != '\\'):
			quoted = !quoted
		case c == '{' && !quoted:
			if depth == 0 {
				open = i
			}
			depth++
		case c == '}' && !quoted:
			depth--
		}
	}
	return depth > 0 && !blank(text[open+1:])
}

// at returns the index of the first comment on line or below.
func (d *docs) at(line int) int {
	return sort.Search(len(d.comments), func(i int) bool { return d.comments[i].line >= line })
}
