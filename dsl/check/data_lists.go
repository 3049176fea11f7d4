package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// listOfTokens lays out the one column of a row that is a list, and returns the
// leaf of its elements.
func (b *binding) listOfTokens(t *category.Type, span diag.Span, beside bool) (category.Leaf, bool) {
	if beside {
		b.report(diag.CT0911, span, fmt.Sprintf("a list stands alone in a row of text, and a row of `%s` is %s", b.data.Name, b.data.Type)).
			Hint("let an arrow of the specification make of the list what the step takes")
		return category.Leaf{}, false
	}
	element := t.Carrier().Elem
	leaves := element.Leaves()
	if hasList(element) || len(leaves) != 1 || leaves[0].Kind != category.Fin || len(leaves[0].Dims) > 0 {
		b.report(diag.CT0911, span, fmt.Sprintf("a row of text is a list of tokens, and %s is no token", element)).
			Hint(fmt.Sprintf("tokens are `Fin[%d]` where they are bytes", byteTokens))
		return category.Leaf{}, false
	}
	b.data.Columns = append(b.data.Columns, category.Column{Object: t, Span: span})
	return leaves[0], true
}

// lists reads what a row is that is a list: the whole text where nothing is
// said, a line, or so many tokens.
func (b *binding) lists(rows map[string]*syntax.DataRow) bool {
	r, form := rows["rows"], b.data.Text
	switch {
	case r == nil:
		form.Rows = category.RowsWhole
		return true
	case r.Word != nil && r.Word.Text == category.RowsLines:
		form.Rows = category.RowsLines
		return b.endsOfLines(rows["alphabet"])
	case r.Word != nil && r.Word.Text == category.RowsWhole:
		form.Rows = category.RowsWhole
		return true
	case len(r.Split) == 1:
		form.Length = r.Split[0]
	case r.Word != nil:
		v, ok := b.constant(syntax.Const{Name: r.Word, Span: r.Word.Span})
		if !ok {
			return false
		}
		form.Length = int(v)
	}
	if form.Length < 1 || form.Length > maxDim {
		form.Length = 1
		b.report(diag.CT0909, r.Span, "`rows` says what a list holds: a line, the whole text, or a number of tokens above 0").
			Hint("such as `rows: lines`, `rows: whole` or `rows: 64`")
		return false
	}
	return true
}

// endsOfLines requires that what parts the rows is no token.
func (b *binding) endsOfLines(alphabet *syntax.DataRow) bool {
	if alphabet == nil || alphabet.Text == nil || !strings.Contains(alphabet.Text.Text, "\n") {
		return true
	}
	b.report(diag.CT0917, alphabet.Text.Span, "rows are lines, so `\\n` ends them and is no token of theirs").
		Label(b.data.Span, fmt.Sprintf("`%s` is declared here", b.data.Name)).
		Hint("leave it out of the alphabet")
	return false
}
