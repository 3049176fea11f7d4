package syntax

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// rows parses "{" {Row [","]} "}".
func (c cursor) rows() (rowsNode, error) {
	if err := c.expect("{"); err != nil {
		return nil, err
	}
	all := rows{}
	for !c.accept("}") {
		row, err := c.row()
		if err != nil {
			return nil, err
		}
		all = append(all, row)
		c.accept(",")
	}
	return all, nil
}

// row parses Qualified ":" ( columns | files | parts | String | Word ).
func (c cursor) row() (DataRow, error) {
	start := c.start()
	var r DataRow
	var err error
	if r.Key, err = c.word("a row such as `Name: column 1`, or `}`"); err != nil {
		return r, err
	}
	if r.Key, err = c.member(r.Key); err != nil {
		return r, err
	}
	if err := c.expect(":"); err != nil {
		return r, err
	}
	switch t := c.peek(); {
	case t.Type == kindNumber:
		err = c.parts(&r)
	case (t.Value == "column" || t.Value == "columns") && c.second().Type != kindPunct:
		err = c.columns(&r)
	case t.Value == "file" && c.second().Type != kindPunct:
		err = c.files(&r)
	case t.Type == kindString:
		q := &Quoted{Span: c.span(c.next())}
		q.Text, err = c.quotedText(q.Span)
		r.Text = q
	case t.Type == kindName:
		word := c.nameOf(c.next())
		r.Word = &word
	default:
		err = c.unexpected("`column`, `columns`, `file`, a split such as 80 / 20, a text in quotation marks, or a word")
	}
	if err != nil {
		return r, err
	}
	r.Span = c.since(start)
	return r, nil
}

// parts parses Int ["/" Int {"/" Int} ["stratified" "by" Qualified]].
func (c cursor) parts(r *DataRow) error {
	for {
		n, err := c.count("a whole number")
		if err != nil {
			return err
		}
		r.Split = append(r.Split, n)
		if !c.accept("/") {
			break
		}
	}
	// A row may have the key `stratified`.
	if len(r.Split) == 1 || !c.is("stratified") || c.second().Value == ":" {
		return nil
	}
	c.next()
	if err := c.expect("by"); err != nil {
		return err
	}
	by, err := c.word("the object whose classes are split")
	if err == nil {
		by, err = c.member(by)
	}
	r.Stratify = &by
	return err
}

// columns parses ("column" (Int | String) | "columns" (Int ".." Int | names))
// [classes] [preprocessing].
func (c cursor) columns(r *DataRow) error {
	start := c.start()
	several := c.next().Value == "columns"
	var err error
	if c.isKind(kindString) {
		if err := c.columnNames(r, several); err != nil {
			return err
		}
		r.ColumnSpan = c.since(start)
		return c.classes(r)
	}
	if !c.isKind(kindNumber) {
		return c.unexpected("the number of a column, or its name in quotation marks,")
	}
	if r.First, err = c.count("the number of a column"); err != nil {
		return err
	}
	r.Columns, r.Last = true, r.First
	if several {
		if err := c.expect(".."); err != nil {
			return err
		}
		if r.Last, err = c.count("the number of a column"); err != nil {
			return err
		}
	}
	r.ColumnSpan = c.since(start)
	return c.classes(r)
}

// columnNames parses String [".." String] {"," String [".." String]}, or one
// String where there is one column.
func (c cursor) columnNames(r *DataRow, several bool) error {
	r.Columns = true
	for {
		from, err := c.quotedName("the name of a column in quotation marks")
		if err != nil {
			return err
		}
		n := ColumnNames{From: from}
		if several && c.accept("..") {
			if n.To, err = c.quotedName("the name of a column in quotation marks"); err != nil {
				return err
			}
		}
		r.Names = append(r.Names, n)
		if !several || !c.isListed() {
			return nil
		}
		c.next()
	}
}

// classes parses [("classes" | "one_hot") String {"," String}] [preprocessing].
func (c cursor) classes(r *DataRow) error {
	// A row may have the key `classes`.
	if !c.is("classes") && !c.is("one_hot") || c.second().Value == ":" {
		return c.preprocessing(r)
	}
	r.OneHot = c.next().Value == "one_hot"
	for {
		name, err := c.quotedName("the name of a class in quotation marks")
		if err != nil {
			return err
		}
		r.Classes = append(r.Classes, name)
		if !c.isListed() {
			return c.preprocessing(r)
		}
		c.next()
	}
}

// isListed reports whether a comma follows that another text follows; any
// other comma ends the row.
func (c cursor) isListed() bool { return c.is(",") && c.second().Type == kindString }

// quotedName consumes a text in quotation marks.
func (c cursor) quotedName(what string) (*Quoted, error) {
	if !c.isKind(kindString) {
		return nil, c.unexpected(what)
	}
	q := &Quoted{Span: c.span(c.next())}
	var err error
	q.Text, err = c.quotedText(q.Span)
	return q, err
}

// files parses "file" String ["test" String] [preprocessing].
func (c cursor) files(r *DataRow) error {
	c.next()
	var err error
	if r.File, err = c.quoted(); err != nil {
		return err
	}
	// A row may have the key `test`.
	if c.is("test") && c.second().Value != ":" {
		c.next()
		if r.Test, err = c.quoted(); err != nil {
			return err
		}
	}
	return c.preprocessing(r)
}

// quoted consumes the path of a file.
func (c cursor) quoted() (*Quoted, error) {
	if !c.isKind(kindString) {
		return nil, c.unexpected("the path of a file in quotation marks")
	}
	q := &Quoted{Span: c.span(c.next())}
	var err error
	q.Text, err = c.quotedPath(q.Span)
	return q, err
}

// preprocessing parses ["scaled" ("by" Const | "to" "[" Const "," Const "]") | "standardized"].
func (c cursor) preprocessing(r *DataRow) error {
	switch {
	case c.accept("standardized"):
		r.Standardized = true
	case c.is("scaled"):
		start := c.start()
		c.next()
		if c.accept("to") {
			return c.scaledTo(r, start)
		}
		if !c.accept("by") {
			return c.unexpected("`by` and a number, or `to` and a range such as [0, 1],")
		}
		k, err := c.constant()
		if err != nil {
			return err
		}
		r.Scale = &k
	}
	return nil
}

// scaledTo parses "[" Const "," Const "]" behind `scaled to`.
func (c cursor) scaledTo(r *DataRow, start int) error {
	if err := c.expect("["); err != nil {
		return err
	}
	low, err := c.constant()
	if err != nil {
		return err
	}
	if err := c.expect(","); err != nil {
		return err
	}
	high, err := c.constant()
	if err != nil {
		return err
	}
	if err := c.expect("]"); err != nil {
		return err
	}
	r.To = &ScaledTo{Low: low, High: high, Span: c.since(start)}
	return nil
}

// entries parses "{" {Entry [","]} "}".
func (c cursor) entries() (entriesNode, error) {
	if err := c.expect("{"); err != nil {
		return nil, err
	}
	all := entries{}
	for !c.accept("}") {
		e, err := c.entry()
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

// entry parses Word ":" Value {"," Value} [","]. After a comma the list goes
// on unless the next entry or the end follows.
func (c cursor) entry() (TrainEntry, error) {
	var e TrainEntry
	var err error
	if e.Key, err = c.word("an entry such as `epochs: 60`, or `}`"); err != nil {
		return e, err
	}
	if err := c.expect(":"); err != nil {
		return e, err
	}
	for {
		v, err := c.value()
		if err != nil {
			return e, err
		}
		e.Values = append(e.Values, v)
		if !c.accept(",") || c.is("}") || isWord(c.peek()) && c.second().Value == ":" {
			return e, nil
		}
	}
}

// value parses Const | Qualified ["(" Const {"," Const} ")"] ["of" Qualified].
func (c cursor) value() (TrainValue, error) {
	if !c.isKind(kindName) {
		if !c.isKind(kindNumber) && !c.is("-") {
			return TrainValue{}, c.unexpected("a number or a name")
		}
		k, err := c.constant()
		return TrainValue{Const: &k}, err
	}
	name, err := c.qualified()
	if err != nil {
		return TrainValue{}, err
	}
	v := TrainValue{Name: &name}
	if c.accept("(") {
		for {
			k, err := c.constant()
			if err != nil {
				return v, err
			}
			v.Args = append(v.Args, k)
			if c.is(")") {
				v.Close = c.span(c.next())
				break
			}
			if !c.accept(",") {
				return v, c.unexpected("`,` or `)`")
			}
		}
	}
	if c.accept("of") {
		if !c.isKind(kindName) {
			return v, c.unexpected("the name of an arrow")
		}
		of, err := c.qualified()
		if err != nil {
			return v, err
		}
		v.Of = &of
	}
	return v, nil
}

// quotedPath returns the text between the quotation marks of a string token,
// in which \" and \\ stand for themselves.
func (p *parser) quotedPath(span diag.Span) (string, error) {
	return p.unescaped(span, `"\`, `"\`, "write paths with /")
}

// quotedText is quotedPath for characters, where \n and \t stand for the end of
// a line and a tab.
func (p *parser) quotedText(span diag.Span) (string, error) {
	return p.unescaped(span, `"\nt`, "\"\\\n\t", "`\\n` is the end of a line, `\\t` a tab, `\\\\` the character itself")
}

// unescaped takes the quotation marks off a string token; of what may stand
// behind a \, each letter has its meaning at the same place.
func (p *parser) unescaped(span diag.Span, letters, meanings, help string) (string, error) {
	text := span.Text()
	text = text[1 : len(text)-1]
	var out []byte
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			out = append(out, text[i])
			continue
		}
		i++
		which := -1
		if i < len(text) {
			which = strings.IndexByte(letters, text[i])
		}
		if which < 0 {
			at := span.Start + i
			return "", p.fail(diag.CT0111, diag.Span{Src: p.src, Start: at, End: at + 1}, "a `\\` stands alone in this text").hint(help)
		}
		out = append(out, meanings[which])
	}
	return string(out), nil
}
