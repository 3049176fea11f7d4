package syntax

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

// field parses Word ":" Ty ["in" Set] ["init" Init] ["running"] ["nodecay" | "decay" ["(" Const ")"]].
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
	f.Running = c.accept("running")
	switch {
	case c.accept("nodecay"):
		f.NoDecay = true
	case c.accept("decay"):
		f.Decay = true
		if c.accept("(") {
			k, err := c.constant()
			if err != nil {
				return f, err
			}
			f.Factor = &k
			if err := c.expect(")"); err != nil {
				return f, err
			}
		}
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

// params parses "[" ["dim"] Name {"," ["dim"] Name} "]".
func (c cursor) params() (params, error) {
	c.next()
	var all params
	for {
		p := Param{Dim: c.accept("dim")}
		var err error
		if p.Name, err = c.name("the name of a type parameter"); err != nil {
			return nil, err
		}
		all = append(all, p)
		if !c.accept(",") {
			return all, c.expectOr("]", "`,`")
		}
	}
}

// arrowsFollow reports whether the parenthesis here lists arrows: there is an
// `->` within it, outside of brackets of its own.
func (c cursor) arrowsFollow() bool {
	depth, found := 0, false
	for i, t := range c.lex.list[c.lex.at:] {
		if declarations[t.Value] && c.lex.list[c.lex.at+i-1].Pos.Line < t.Pos.Line {
			return false // the parenthesis is not closed, and the next declaration begins
		}
		switch t.Value {
		case "(", "[", "{":
			depth++
		case ")", "]", "}":
			if depth--; depth == 0 {
				return found
			}
		case "->":
			found = found || depth == 1
		}
	}
	return false
}

// takes parses "(" Name ":" Ty "->" Ty {"," Name ":" Ty "->" Ty} ")".
func (c cursor) takes() ([]Takes, error) {
	c.next()
	var all []Takes
	for {
		var t Takes
		var err error
		if t.Name, err = c.name("the name of an arrow"); err != nil {
			return nil, err
		}
		if err = c.expect(":"); err != nil {
			return nil, err
		}
		if t.Dom, err = c.typ(); err != nil {
			return nil, err
		}
		if err = c.expect("->"); err != nil {
			return nil, err
		}
		if t.Cod, err = c.typ(); err != nil {
			return nil, err
		}
		all = append(all, t)
		if !c.accept(",") {
			return all, c.expectOr(")", "`,`")
		}
		if c.accept(")") {
			return all, nil
		}
	}
}

// inputs parses "(" [Field {"," Field}] ")".
func (c cursor) inputs() (inputs, error) {
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
	at := c.lex.at
	defer func() { c.lex.at = at }()
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
