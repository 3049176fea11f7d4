package check

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// files reports whether the format has a file for each factor of a row. Idx
// has: each file holds one tensor, whose first axis counts the records.
func (b *binding) files() bool { return b.data.Format == "idx" }

// fileFits takes the files of row r into col.
func (b *binding) fileFits(r *syntax.DataRow, col *category.Column) bool {
	switch leaves := col.Object.Leaves(); {
	case r.Columns:
		b.report(diag.CT0913, r.ColumnSpan, fmt.Sprintf("%s binds files, not columns", b.data.Format)).
			Hint(fmt.Sprintf("write `%s`", b.exampleRow(col.Object)))
		return false
	case r.File == nil:
		b.report(diag.CT0913, r.Span, fmt.Sprintf("%s needs its file", r.Key.Text)).
			Hint(fmt.Sprintf("write `%s`", b.exampleRow(col.Object)))
		return false
	case len(leaves) != 1 || leaves[0].Kind == category.Text:
		what := "several"
		if len(leaves) == 1 {
			what = "text"
		}
		b.report(diag.CT0911, r.Key.Span, fmt.Sprintf("a file of %s data holds one tensor of numbers, and %s is %s", b.data.Format, col.Object, what)).
			Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object))
		return false
	}
	ok := b.pathFits(r.File)
	col.File = r.File.Text
	if r.Test == nil {
		if !b.untested.Known() {
			b.untested = r.Span
		}
		return ok
	}
	ok = b.pathFits(r.Test) && ok
	col.Test = r.Test.Text
	if !b.tested.Known() {
		b.tested = r.Test.Span
	}
	return ok
}

// pathFits requires a path that leads into the folder of the data, wherever
// that lies.
func (b *binding) pathFits(q *syntax.Quoted) bool {
	message := ""
	switch {
	case q.Text == "":
		message = "the path of the file is empty"
	case !fs.ValidPath(q.Text), q.Text == ".", strings.ContainsAny(q.Text, `:\`):
		message = fmt.Sprintf("files are looked for inside the folder \"%s\": their paths are names with / between them", b.data.Path)
	default:
		return true
	}
	b.report(diag.CT0915, q.Span, message)
	return false
}

// testsAgree requires that the held-out part comes from one place: from a test
// file for every factor, or from a split.
func (b *binding) testsAgree() bool {
	switch {
	case !b.tested.Known():
		return true
	case b.untested.Known():
		b.report(diag.CT0916, b.untested, "this row has no test file, and another one has").
			Label(b.tested, "the test file").
			Hint("give all rows a test file, or none")
	case b.split.Known():
		b.report(diag.CT0916, b.split, "the test files are what is held out, so there is nothing to split").
			Label(b.tested, "the first test file")
	default:
		return true
	}
	return false
}
