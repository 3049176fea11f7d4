package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// maxColumn caps the number of a column.
const maxColumn = 1 << 24

// columnsFit requires that row r binds as many columns as factor takes.
func (b *binding) columnsFit(r *syntax.DataRow, factor *category.Type) bool {
	if r.File != nil {
		b.report(diag.CT0913, r.Span, "csv binds columns, not files").Hint(fmt.Sprintf("write `%s`", b.exampleRow(factor)))
		return false
	}
	if !r.Columns {
		b.report(diag.CT0903, r.Span, fmt.Sprintf("%s needs its columns", r.Key.Text)).
			Hint(fmt.Sprintf("write `%s: column 1`, or `columns 1..%d`", r.Key.Text, width(factor)))
		return false
	}
	want, have := width(factor), r.Last-r.First+1
	if r.OneHot {
		want = 1
	}
	if len(r.Names) > 0 {
		return b.namesFit(r, factor, want)
	}
	switch {
	case r.First < 1 || r.Last > maxColumn:
		b.report(diag.CT0903, r.ColumnSpan, fmt.Sprintf("columns are counted from 1 and at most %d", maxColumn))
	case r.Last < r.First:
		b.report(diag.CT0903, r.ColumnSpan, fmt.Sprintf("columns %d..%d run backwards", r.First, r.Last)).
			Hint(fmt.Sprintf("write `columns %d..%d`", r.Last, r.First)).
			Propose(fmt.Sprintf("write `columns %d..%d`", r.Last, r.First), r.ColumnSpan.Replace(fmt.Sprintf("columns %d..%d", r.Last, r.First)))
	case want != have:
		b.report(diag.CT0903, r.ColumnSpan, fmt.Sprintf("%s takes %s, and here are %d", factor, count(want, "column"), have)).
			Label(factor.Object.Span, fmt.Sprintf("%s is declared here", factor)).
			Hint(fmt.Sprintf("`columns %d..%d` would fit", r.First, r.First+want-1))
	default:
		return true
	}
	return false
}

func (b *binding) headerRow(r *syntax.DataRow) bool {
	words := []string{"names", "skip", "none"}
	if r.Word != nil && slices.Contains(words, r.Word.Text) {
		b.data.Header = r.Word.Text
		return true
	}
	span := r.Span
	if r.Word != nil {
		span = r.Word.Span
	}
	e := b.report(diag.CT0909, span, "a header is `names`, `skip` or `none`")
	if r.Word != nil {
		b.didYouMean(e, *r.Word, "", words)
	}
	return false
}
