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
	line  int
	alone bool // nothing but space before it on its line
	text  string
}

func newDocs(src *diag.Source, comments []Comment) *docs {
	d := &docs{comments: make([]docComment, len(comments))}
	for i, c := range comments {
		before := src.Text[:c.Span.Start]
		line := before[strings.LastIndexByte(before, '\n')+1:]
		d.comments[i] = docComment{
			line:  src.Line(c.Span.Start),
			alone: strings.Trim(strings.TrimPrefix(line, bom), " \t\r") == "",
			text:  strings.TrimRight(strings.TrimPrefix(c.Text, " "), " \t"),
		}
	}
	return d
}

// of returns the doc comment of the declaration at span: the comment lines
// directly above, else the comment behind its last line, else the one behind
// the line of its name.
func (d *docs) of(span, name diag.Span) []string {
	line := span.Src.Line(span.Start)
	end := d.at(line)
	start := end
	for start > 0 && d.comments[start-1].alone && d.comments[start-1].line == line-(end-start)-1 {
		start--
	}
	if start < end {
		var doc []string
		for _, c := range d.comments[start:end] {
			doc = append(doc, c.text)
		}
		return doc
	}
	for _, at := range []int{span.End, name.End} {
		line := span.Src.Line(at)
		if i := d.at(line); i < len(d.comments) && d.comments[i].line == line && !d.comments[i].alone {
			return []string{d.comments[i].text}
		}
	}
	return nil
}

// at returns the index of the first comment on line or below.
func (d *docs) at(line int) int {
	return sort.Search(len(d.comments), func(i int) bool { return d.comments[i].line >= line })
}
