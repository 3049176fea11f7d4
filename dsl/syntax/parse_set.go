package syntax

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

// constant parses ["-"] ( Number ["/" Number] | Qualified ).
func (c cursor) constant() (Const, error) {
	start := c.start()
	k := Const{Negative: c.accept("-")}
	if c.isKind(kindName) {
		name, err := c.qualified()
		if err != nil {
			return Const{}, err
		}
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
