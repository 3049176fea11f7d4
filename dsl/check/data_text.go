package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// byteTokens is the number of tokens where they are bytes.
const byteTokens = 256

// maxAlphabet caps the characters of an alphabet.
const maxAlphabet = 1 << 16

// textRows are the keys of data from text.
var textRows = []string{"alphabet", "other", "rows", "split", "stride"}

// text checks a declaration of data from text: each factor of a row is a fixed
// number of tokens, all of one alphabet, or the row is a list of tokens.
func (b *binding) text() bool {
	b.data.Text = &category.TextForm{}
	rows := map[string]*syntax.DataRow{}
	ok := true
	for i := range b.decl.Rows {
		ok = b.textRow(&b.decl.Rows[i], rows) && ok
	}
	leaves, fit := b.tokens()
	if !fit {
		return false
	}
	ok = b.alphabet(rows["alphabet"], leaves) && ok
	ok = b.other(rows["other"], rows["alphabet"]) && ok
	last := leaves[len(leaves)-1].Size()
	if b.data.InLists() {
		ok = b.lists(rows) && ok
		last = b.data.Text.Length
	} else if r := rows["rows"]; r != nil {
		ok = false
		b.report(diag.CT0909, r.Span, fmt.Sprintf("`rows` says how a text falls into lists, and a row of `%s` is %s", b.data.Name, b.data.Type)).
			Hint("rows of so many tokens lie `stride` tokens apart")
	}
	ok = b.stride(rows["stride"], last) && ok
	if r := rows["split"]; r != nil {
		ok = b.splitRow(r) && ok
	}
	return ok
}

// textRow files r under its key.
func (b *binding) textRow(r *syntax.DataRow, rows map[string]*syntax.DataRow) bool {
	key := r.Key.Text
	for _, known := range textRows {
		if key != known {
			continue
		}
		if first := rows[key]; first != nil {
			return b.once(r, &first.Key.Span)
		}
		rows[key] = r
		return true
	}
	if b.factor(key) != nil {
		b.report(diag.CT0913, r.Span, fmt.Sprintf("text binds its tokens by the order of the objects: first %s, and what follows it", b.data.Type)).
			Hint("leave this row out")
		return false
	}
	b.unknownRow(r, textRows)
	return false
}

// tokens lays out the columns and returns the leaf of each: one tensor of
// tokens, with as many values as the first one's.
func (b *binding) tokens() ([]category.Leaf, bool) {
	factors := b.data.Type.Factors()
	spans := factorSpans(b.decl.Type, len(factors))
	if len(factors) == 0 {
		b.report(diag.CT0911, b.decl.Type.TypeSpan(), "a row of data holds something, not 1")
		return nil, false
	}
	var all []category.Leaf
	ok := true
	for i, f := range factors {
		if f.Carrier().Kind == category.List {
			leaf, fit := b.listOfTokens(f, spans[i], len(factors) > 1)
			all, ok = append(all, leaf), ok && fit
			continue
		}
		leaves := f.Leaves()
		if width(f) == 0 || len(leaves) != 1 || leaves[0].Kind != category.Fin {
			b.report(diag.CT0911, spans[i], fmt.Sprintf("a row of text is tokens, and %s is not a fixed number of them", f)).
				Hint(fmt.Sprintf("tokens are `Fin[%d]` where they are bytes; 64 of them in a row are `Token ^ 64`, any number `List[Token]`", byteTokens))
			ok = false
			continue
		}
		if len(all) > 0 && leaves[0].N != all[0].N {
			b.report(diag.CT0917, spans[i], fmt.Sprintf("%s holds tokens of Fin[%d], and %s of Fin[%d]: a text has one alphabet", factors[0], all[0].N, f, leaves[0].N))
			ok = false
			continue
		}
		all = append(all, leaves[0])
		b.data.Columns = append(b.data.Columns, category.Column{Object: f, Span: spans[i]})
	}
	return all, ok
}

// alphabet requires as many characters as tokens have values.
func (b *binding) alphabet(r *syntax.DataRow, leaves []category.Leaf) bool {
	n, token := leaves[0].N, b.data.Type.Factors()[0].String()
	object := leaves[0].Object
	if object != nil {
		token = object.In(b.cat)
	}
	fail := func(span diag.Span, format string, args ...any) *diag.Diagnostic {
		e := b.report(diag.CT0917, span, fmt.Sprintf(format, args...))
		if object != nil {
			e.Label(object.Span, fmt.Sprintf("%s is declared here", token))
		}
		return e
	}
	if r == nil {
		if n != byteTokens {
			fail(b.decl.Type.TypeSpan(), "%s has %s, and without an alphabet tokens are bytes, of which there are %d", token, count(n, "value"), byteTokens).
				Hint(fmt.Sprintf("name the %d characters, `alphabet: \"…\"`, or let %s be `Fin[%d]`", n, token, byteTokens))
			return false
		}
		return true
	}
	if r.Text == nil {
		b.report(diag.CT0909, r.Span, "an alphabet is a text that holds each character once").Hint("such as `alphabet: \"abc \\n\"`")
		return false
	}
	seen := map[rune]bool{}
	for _, c := range r.Text.Text {
		if c == utf8.RuneError {
			fail(r.Text.Span, "this alphabet is no UTF-8 text")
			return false
		}
		if seen[c] {
			fail(r.Text.Span, "%q stands in this alphabet twice", c)
			return false
		}
		seen[c] = true
	}
	switch {
	case len(seen) != n:
		fail(r.Text.Span, "this alphabet has %s, and %s %s", count(len(seen), "character"), token, count(n, "value")).
			Hint(fmt.Sprintf("`Fin[%d]` would fit", max(1, len(seen))))
		return false
	case len(seen) > maxAlphabet:
		fail(r.Text.Span, "this alphabet has %d characters, and %d are the most", len(seen), maxAlphabet)
		return false
	}
	b.data.Text.Alphabet = r.Text.Text
	return true
}

// other requires one character of the alphabet.
func (b *binding) other(r, alphabet *syntax.DataRow) bool {
	if r == nil {
		return true
	}
	chars := ""
	if alphabet != nil && alphabet.Text != nil {
		chars = alphabet.Text.Text
	}
	if r.Text != nil && utf8.RuneCountInString(r.Text.Text) == 1 && strings.Contains(chars, r.Text.Text) {
		b.data.Text.Other = r.Text.Text
		return true
	}
	b.report(diag.CT0909, r.Span, "`other` is the one character of the alphabet that all others are read as").Hint("such as `other: \"?\"`")
	return false
}

// stride reads how far rows lie apart: where nothing is said, by as many tokens
// as the last factor holds, so that an epoch predicts each token once.
func (b *binding) stride(r *syntax.DataRow, last int) bool {
	b.data.Text.Stride = last
	if r == nil {
		return true
	}
	if last == 0 {
		b.report(diag.CT0909, r.Span, "rows lie a stride apart where they are of one length").Hint("such as `rows: 64`, a list of 64 tokens, with `stride: 32`")
		return false
	}
	switch {
	case len(r.Split) == 1:
		b.data.Text.Stride = r.Split[0]
	case r.Word != nil:
		v, ok := b.constant(syntax.Const{Name: r.Word, Span: r.Word.Span})
		if !ok {
			return false
		}
		b.data.Text.Stride = int(v)
	default:
		b.data.Text.Stride = 0
	}
	if b.data.Text.Stride < 1 {
		b.report(diag.CT0909, r.Span, "a stride is a whole number above 0: the tokens from one row to the next").Hint("such as `stride: 1`")
		return false
	}
	return true
}
