package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

const expectedTerm = "an arrow"

// term parses Sum {">>" Sum}, associating to the left.
func (c cursor) term() (Term, error) {
	left, err := c.sum()
	if err != nil {
		return nil, err
	}
	for c.is(">>") {
		op := c.span(c.next())
		if err := c.operator(); err != nil {
			return nil, err
		}
		right, err := c.sum()
		if err != nil {
			return nil, err
		}
		left = &TermCompose{F: left, G: right, OpSpan: op, Span: left.TermSpan().To(right.TermSpan())}
	}
	return left, nil
}

// sum parses Prod {"+" Prod}.
func (c cursor) sum() (Term, error) {
	items, span, err := c.operands("+", cursor.product)
	if err != nil || len(items) == 1 {
		return only(items), err
	}
	return &TermSum{Items: items, Span: span}, nil
}

// product parses Pre {"*" Pre}.
func (c cursor) product() (Term, error) {
	items, span, err := c.operands("*", cursor.prefix)
	if err != nil || len(items) == 1 {
		return only(items), err
	}
	return &TermProduct{Items: items, Span: span}, nil
}

func only(items []Term) Term {
	if len(items) == 0 {
		return nil
	}
	return items[0]
}

func (c cursor) operands(op string, operand func(cursor) (Term, error)) ([]Term, diag.Span, error) {
	start := c.start()
	var items []Term
	for {
		t, err := operand(c)
		if err != nil {
			return nil, diag.Span{}, err
		}
		items = append(items, t)
		if !c.accept(op) {
			return items, c.since(start), nil
		}
	}
}

// prefix parses ("grad" | "share" | "map" ["[" Ty "]"] | "repeat" "[" Ty "]") Pre | Post.
func (c cursor) prefix() (Term, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	defer c.leave()
	t := c.peek()
	switch t.Value {
	case "grad", "share", "map", "repeat":
	default:
		return c.postfix()
	}
	start := c.start()
	p := &TermPrefix{Op: c.next().Value}
	var err error
	switch {
	case p.Op == "repeat" && !c.is("["):
		return nil, c.unexpected("`[` and the number of repetitions")
	case (p.Op == "repeat" || p.Op == "map") && c.is("["):
		if p.Arg, err = c.oneBracketed(); err != nil {
			return nil, err
		}
	}
	if p.Of, err = c.prefix(); err != nil {
		return nil, err
	}
	p.Span = c.since(start)
	return p, nil
}

// oneBracketed parses "[" Ty "]".
func (c cursor) oneBracketed() (Type, error) {
	c.next()
	arg, err := c.typ()
	if err != nil {
		return nil, err
	}
	return arg, c.expect("]")
}

// postfix parses Atom {"as" Name | "." Word ["[" Ty {"," Ty} "]"] | Settings | Args}.
func (c cursor) postfix() (Term, error) {
	start := c.start()
	t, err := c.atom()
	if err != nil {
		return nil, err
	}
	for {
		switch {
		case c.accept("as"):
			label, err := c.name("the name of a label")
			if err != nil {
				return nil, err
			}
			t = &TermAs{Of: t, Label: label, Span: c.since(start)}
		case c.accept("."):
			field, err := c.word("the name of a field")
			if err != nil {
				return nil, err
			}
			var args []Type
			if c.is("[") {
				if args, err = c.bracketed(); err != nil {
					return nil, err
				}
			}
			t = &TermProject{Of: t, Field: field, Args: args, Span: c.since(start)}
		case c.isKind(kindOpen) && c.fieldsFollow():
			if t, err = c.settings(start, t); err != nil {
				return nil, err
			}
		case c.isKind(kindOpen):
			if t, err = c.call(start, t); err != nil {
				return nil, err
			}
		default:
			return t, nil
		}
		if err := c.operator(); err != nil {
			return nil, err
		}
	}
}

// settings parses "(" Name ":" Const {"," Name ":" Const} ")".
func (c cursor) settings(start int, of Term) (Term, error) {
	c.next()
	s := &TermSettings{Of: of}
	for {
		name, err := c.word("the name of a setting")
		if err != nil {
			return nil, err
		}
		if err := c.expect(":"); err != nil {
			return nil, err
		}
		value, err := c.constant()
		if err != nil {
			return nil, err
		}
		s.Names, s.Values = append(s.Names, name), append(s.Values, value)
		if c.accept(",") {
			continue
		}
		if err := c.expectOr(")", "`,`"); err != nil {
			return nil, err
		}
		s.Span = c.since(start)
		return s, nil
	}
}

// call parses "(" [Term {"," Term}] ["given" Term] ")".
func (c cursor) call(start int, of Term) (Term, error) {
	c.next()
	call := &TermCall{Of: of}
	for !c.is(")") && !c.is("given") {
		arg, err := c.term()
		if err != nil {
			return nil, err
		}
		call.Args = append(call.Args, arg)
		if !c.accept(",") {
			break
		}
		if c.is(")") {
			return nil, c.unexpected(expectedTerm)
		}
	}
	if c.accept("given") {
		given, err := c.term()
		if err != nil {
			return nil, err
		}
		call.Given = given
	}
	if err := c.expectOr(")", "`,`, `given`"); err != nil {
		return nil, err
	}
	call.Span = c.since(start)
	return call, nil
}

// atom parses Name ["[" Ty {"," Ty} "]"] | "std" "." Name … | "." Word | a number |
// "?" | a tuple | a record.
func (c cursor) atom() (Term, error) {
	start, t := c.start(), c.peek()
	switch {
	case t.Type == kindName:
		return c.termName()
	case t.Type == kindNumber || t.Value == "-":
		k, err := c.constant()
		if err != nil {
			return nil, err
		}
		return &TermNumber{Value: k, Span: k.Span}, nil
	case t.Value == ".":
		c.next()
		field, err := c.word("the name of a field")
		if err != nil {
			return nil, err
		}
		return &TermProject{Field: field, Span: c.since(start)}, nil
	case t.Value == "?":
		return &TermHole{Span: c.span(c.next())}, nil
	case t.Value == "(":
		return c.tuple()
	case t.Value == "{":
		return c.record()
	}
	return nil, c.unexpected(expectedTerm)
}

func (c cursor) termName() (Term, error) {
	start := c.start()
	n := &TermName{Name: c.nameOf(c.next())}
	if n.Name.Text == "std" && c.accept(".") {
		name, err := c.name("the name of a standard arrow")
		if err != nil {
			return nil, err
		}
		n.Std, n.Name = true, name
	}
	if c.is("[") {
		args, err := c.bracketed()
		if err != nil {
			return nil, err
		}
		n.Args = args
	}
	n.Span = c.since(start)
	return n, nil
}

// tuple parses "(" Term {"," Term} ")".
func (c cursor) tuple() (Term, error) {
	start := c.start()
	c.next()
	t := &TermTuple{}
	for {
		item, err := c.term()
		if err != nil {
			return nil, err
		}
		t.Items = append(t.Items, item)
		if !c.accept(",") {
			break
		}
	}
	if err := c.expectOr(")", "`,`"); err != nil {
		return nil, err
	}
	t.Span = c.since(start)
	return t, nil
}

// record parses "{" Word ":" Term {"," Word ":" Term} [","] "}".
func (c cursor) record() (Term, error) {
	start := c.start()
	c.next()
	r := &TermRecord{}
	for {
		name, err := c.word("the name of a field")
		if err != nil {
			return nil, err
		}
		if err := c.expect(":"); err != nil {
			return nil, err
		}
		item, err := c.term()
		if err != nil {
			return nil, err
		}
		r.Names, r.Items = append(r.Names, name), append(r.Items, item)
		if c.accept(",") && !c.is("}") {
			continue
		}
		if err := c.expectOr("}", "`,`"); err != nil {
			return nil, err
		}
		r.Span = c.since(start)
		return r, nil
	}
}
