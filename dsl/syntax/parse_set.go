package syntax

import "github.com/ctgen-lang/ctgen/dsl/diag"

func (c cursor) setNode() (setNode, error) {
	set, err := c.set()
	if err != nil {
		return nil, err
	}
	return set, nil
}

// set parses Name | "{" Const {"," Const} "}" | an interval.
func (c cursor) set() (*Set, error) {
	start, t := c.start(), c.peek()
	var s *Set
	var err error
	switch {
	case t.Type == kindName:
		name := c.nameOf(c.next())
		s = &Set{Name: &name}
	case t.Value == "{":
		c.next()
		s = &Set{Finite: true}
		s.Elems, err = c.constants("}")
	case t.Value == "[" || t.Value == "(":
		s, err = c.interval()
	default:
		return nil, c.unexpected("a set, such as [0, 1], (0, inf), {0, 1} or simplex")
	}
	if err != nil {
		return nil, err
	}
	s.Span = c.since(start)
	return s, nil
}

// interval parses ("["|"(") Const "," Const ("]"|")").
func (c cursor) interval() (*Set, error) {
	s := &Set{OpenLow: c.next().Value == "("}
	var err error
	if s.Low, err = c.constant(); err != nil {
		return nil, err
	}
	if err := c.expect(","); err != nil {
		return nil, err
	}
	if s.High, err = c.constant(); err != nil {
		return nil, err
	}
	if s.OpenHigh = c.accept(")"); s.OpenHigh {
		return s, nil
	}
	return s, c.expectOr("]", "`)`")
}

// constants parses Const {"," Const} and the closing bracket.
func (c cursor) constants(closer string) ([]Const, error) {
	var all []Const
	for {
		k, err := c.constant()
		if err != nil {
			return nil, err
		}
		all = append(all, k)
		if !c.accept(",") {
			return all, c.expectOr(closer, "`,`")
		}
	}
}

func (c cursor) constNode() (constNode, error) {
	k, err := c.constant()
	if err != nil {
		return nil, err
	}
	return &k, nil
}

// constant parses ["-"] ( Number ["/" Number] | Name ).
func (c cursor) constant() (Const, error) {
	start := c.start()
	k := Const{Negative: c.accept("-")}
	if c.isKind(kindName) {
		name := c.nameOf(c.next())
		k.Name = &name
		k.Span = c.since(start)
		return k, nil
	}
	var err error
	if k.Number, err = c.number("a number or the name of a dim"); err != nil {
		return Const{}, err
	}
	if c.accept("/") {
		if k.Over, err = c.number("a number"); err != nil {
			return Const{}, err
		}
	}
	k.Span = c.since(start)
	return k, nil
}

// fields parses Field {"," Field} [","] and the closing bracket.
func (c cursor) fields(closer string) ([]Field, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	defer c.leave()
	var all []Field
	for {
		f, err := c.field()
		if err != nil {
			return nil, err
		}
		all = append(all, f)
		if !c.accept(",") {
			return all, c.expectOr(closer, "`,`")
		}
		if c.accept(closer) {
			return all, nil
		}
	}
}

// field parses Word ":" Ty ["in" Set] ["init" Init] ["nodecay" | "decay"].
func (c cursor) field() (Field, error) {
	var f Field
	var err error
	if f.Name, err = c.word("the name of a field"); err != nil {
		return f, err
	}
	if err := c.expect(":"); err != nil {
		return f, err
	}
	if f.Type, err = c.typ(); err != nil {
		return f, err
	}
	if c.accept("in") {
		if f.Set, err = c.set(); err != nil {
			return f, err
		}
	}
	if c.is("init") {
		if f.Init, err = c.initialiser(); err != nil {
			return f, err
		}
	}
	switch {
	case c.accept("nodecay"):
		f.NoDecay = true
	case c.accept("decay"):
		f.Decay = true
	}
	return f, nil
}

// initialiser parses "init" Name ["(" Const {"," Const} ")"].
func (c cursor) initialiser() (*Init, error) {
	start := c.start()
	c.next()
	in := &Init{}
	var err error
	if in.Name, err = c.name("an initialiser, such as normal(0.1)"); err != nil {
		return nil, err
	}
	if c.isKind(kindOpen) {
		c.next()
		if in.Args, err = c.constants(")"); err != nil {
			return nil, err
		}
	}
	in.Span = c.since(start)
	return in, nil
}

// params parses the type parameters "[" Name {"," Name} "]".
func (c cursor) params() (paramsNode, error) {
	c.next()
	var all params
	for {
		name, err := c.name("the name of a type parameter")
		if err != nil {
			return nil, err
		}
		all = append(all, name)
		if !c.accept(",") {
			return all, c.expectOr("]", "`,`")
		}
	}
}

// inputs parses "(" [Field {"," Field}] ")".
func (c cursor) inputs() (inputsNode, error) {
	c.next()
	if c.accept(")") {
		return inputs{}, nil
	}
	all, err := c.fields(")")
	return inputs(all), err
}

// given parses "given" ( "(" Field {"," Field} ")" | Ty ). A parenthesis with
// a word and a colon in it lists fields; any other is part of the type.
func (c cursor) given() (givenNode, error) {
	start := c.start()
	c.next()
	g := &Given{}
	var err error
	if c.is("(") && c.fieldsFollow() {
		c.next()
		g.Fields, err = c.fields(")")
	} else {
		g.Type, err = c.typ()
	}
	if err != nil {
		return nil, err
	}
	g.Span = c.since(start)
	return g, nil
}

// fieldsFollow reports whether a word and a colon follow the next token.
func (c cursor) fieldsFollow() bool {
	at := c.lex.MakeCheckpoint()
	defer c.lex.LoadCheckpoint(at)
	c.next()
	return isWord(c.peek()) && c.second().Value == ":"
}

// with parses "with" "(" Name [":" Ty ["in" Set]] ["=" Const] {"," …} ")".
func (c cursor) with() (withNode, error) {
	c.next()
	if err := c.expect("("); err != nil {
		return nil, err
	}
	var all with
	for {
		s, err := c.setting()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		if !c.accept(",") {
			return all, c.expectOr(")", "`,`")
		}
		if c.accept(")") {
			return all, nil
		}
	}
}

func (c cursor) setting() (SettingDecl, error) {
	var s SettingDecl
	var err error
	if s.Name, err = c.name("the name of a setting"); err != nil {
		return s, err
	}
	if c.accept(":") {
		if s.Type, err = c.typ(); err != nil {
			return s, err
		}
		if c.accept("in") {
			if s.Set, err = c.set(); err != nil {
				return s, err
			}
		}
	}
	if c.accept("=") {
		k, err := c.constant()
		if err != nil {
			return s, err
		}
		s.Default = &k
	}
	return s, nil
}

// quotedPath returns the text between the quotation marks of a string token,
// in which \" and \\ stand for themselves.
func (p *parser) quotedPath(span diag.Span) (string, error) {
	text := span.Text()
	text = text[1 : len(text)-1]
	var out []byte
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
			if i == len(text) || text[i] != '"' && text[i] != '\\' {
				at := span.Start + i
				return "", p.fail(diag.CT0104, diag.Span{Src: p.src, Start: at, End: at + 1}, "a `\\` stands alone in this text").
					hint("write paths with /")
			}
		}
		out = append(out, text[i])
	}
	return string(out), nil
}
