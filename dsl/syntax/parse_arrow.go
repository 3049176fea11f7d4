package syntax

// tail is an arrow's declaration behind its name. Arrows are most of a
// specification, which is why their parts are no productions of participle's.
type tail struct {
	params         params
	takes          []Takes
	inputs         inputs // not nil where the domain is named
	dom, cod       Type
	domSet, codSet *Set
	given          givenNode
	with           with
	term           Term
	hand           *Hand // where term is what hand-written Go implements
	body           bodyNode
}

// arrowTail parses [Params] [Takes] [(Inputs | ":" Ty ["in" Set]) "->" Ty
// ["in" Set]] [Given] [With] ["=" Means | Body].
func (c cursor) arrowTail() (tailNode, error) {
	t := &tail{}
	if err := c.signature(t); err != nil {
		return nil, err
	}
	var err error
	if c.is("given") {
		if t.given, err = c.given(); err != nil {
			return nil, err
		}
	}
	if c.is("with") {
		w, err := c.with()
		if err != nil {
			return nil, err
		}
		t.with = w.(with)
	}
	switch {
	case c.accept("="):
		err = c.means(t)
	case c.is("{"):
		t.body, err = c.body()
	}
	if err != nil {
		return nil, err
	}
	return t, nil
}

// tail is what stands behind the name of an arrow, or nil.
func (g *declGrammar) tail() *tail {
	if g.Arrow == nil {
		return nil
	}
	return g.Arrow.Tail.(*tail)
}

func (c cursor) signature(t *tail) (err error) {
	if c.is("[") {
		if t.params, err = c.params(); err != nil {
			return err
		}
	}
	if c.is("(") && c.arrowsFollow() {
		if t.takes, err = c.takes(); err != nil {
			return err
		}
	}
	switch {
	case c.is("("):
		t.inputs, err = c.inputs()
	case c.accept(":"):
		t.dom, t.domSet, err = c.refined()
	default:
		return nil
	}
	if err != nil {
		return err
	}
	if err := c.expect("->"); err != nil {
		return err
	}
	t.cod, t.codSet, err = c.refined()
	return err
}

// refined parses Ty ["in" Set].
func (c cursor) refined() (t Type, s *Set, err error) {
	if t, err = c.typ(); err == nil && c.accept("in") {
		s, err = c.set()
	}
	return t, s, err
}
