package syntax

import "github.com/alecthomas/participle/v2/lexer"

// typ parses Ty = TyMul {("+"|"-") TyMul}, with TyMul over * and /, and TyPow
// over ^, all associating to the left.
func (c cursor) typ() (Type, error) { return c.typeAbove(0) }

const expectedType = "an object or a dimension"

func typePrecedence(t *lexer.Token) int {
	if t.Type != kindPunct {
		return 0
	}
	switch t.Value {
	case "+", "-":
		return 1
	case "*", "/":
		return 2
	case "^":
		return 3
	}
	return 0
}

// typeAbove parses operands joined by operators that bind tighter than min.
func (c cursor) typeAbove(min int) (Type, error) {
	left, err := c.typeUnary()
	if err != nil {
		return nil, err
	}
	for {
		prec := typePrecedence(c.peek())
		if prec <= min {
			return left, nil
		}
		op := c.next().Value[0]
		if err := c.operator(); err != nil {
			return nil, err
		}
		right, err := c.typeAbove(prec)
		if err != nil {
			return nil, err
		}
		left = &TypeBinary{Op: op, L: left, R: right, Span: left.TypeSpan().To(right.TypeSpan())}
	}
}

func (c cursor) typeUnary() (Type, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	defer c.leave()
	start, t := c.start(), c.peek()
	switch {
	case t.Type == kindName:
		return c.typeName()
	case t.Type == kindNumber:
		text, err := c.whole("a whole number")
		if err != nil {
			return nil, err
		}
		return &TypeInt{Text: text, Span: c.since(start)}, nil
	case t.Value == "tangent":
		c.next()
		of, err := c.typeUnary()
		if err != nil {
			return nil, err
		}
		return &TypeTangent{Of: of, Span: c.since(start)}, nil
	case t.Value == "..":
		c.next()
		name, err := c.name("the name of a shape segment")
		if err != nil {
			return nil, err
		}
		return &TypeSegment{Name: name, Span: c.since(start)}, nil
	case t.Value == "(":
		c.next()
		in, err := c.typ()
		if err != nil {
			return nil, err
		}
		if err := c.expect(")"); err != nil {
			return nil, err
		}
		return &TypeParen{In: in, Span: c.since(start)}, nil
	case t.Value == "{":
		return c.typeRecord()
	}
	return nil, c.unexpected(expectedType)
}

// typeName parses Qualified ["[" Ty {"," Ty} "]"].
func (c cursor) typeName() (Type, error) {
	name, err := c.qualified()
	if err != nil {
		return nil, err
	}
	n := &TypeName{Name: name, Span: name.Span}
	if !c.is("[") {
		return n, nil
	}
	args, err := c.bracketed()
	if err != nil {
		return nil, err
	}
	n.Args, n.Span = args, c.since(n.Name.Span.Start)
	return n, nil
}

// bracketed parses "[" Ty {"," Ty} "]".
func (c cursor) bracketed() ([]Type, error) {
	c.next()
	var args []Type
	for {
		arg, err := c.typ()
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
		if !c.accept(",") {
			return args, c.expectOr("]", "`,`")
		}
	}
}

// typeRecord parses "{" Field {"," Field} [","] "}".
func (c cursor) typeRecord() (Type, error) {
	start := c.start()
	c.next()
	fields, err := c.fields("}")
	if err != nil {
		return nil, err
	}
	return &TypeRecord{Fields: fields, Span: c.since(start)}, nil
}
