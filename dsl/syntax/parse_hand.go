package syntax

// means is what stands behind the = of an arrow.
type means struct {
	term Term
	hand *Hand // nil: a term and nothing else
}

// meaning is what stands behind the = of an arrow, or nil.
func (g *declGrammar) meaning() *means {
	if g.Arrow == nil {
		return nil
	}
	m, _ := g.Arrow.Means.(*means)
	return m
}

// means parses Term | "hand" "implements" Term ["within" Const | "exactly"].
// None of these words is a keyword: `hand` alone is an arrow of that name.
func (c cursor) means() (meansNode, error) {
	start, m := c.start(), &means{}
	if c.is("hand") && c.second().Value == "implements" {
		m.hand = &Hand{}
		c.next()
		c.next()
	}
	var err error
	if m.term, err = c.term(); err != nil || m.hand == nil {
		return m, err
	}
	switch {
	case c.accept("exactly"):
		m.hand.Exactly = true
	case c.accept("within"):
		within, err := c.constant()
		if err != nil {
			return nil, err
		}
		m.hand.Within = &within
	}
	m.hand.Span = c.since(start)
	return m, nil
}

// continuation says what may follow.
func (h *Hand) continuation() string {
	if h.Exactly || h.Within != nil {
		return continuations["data"]
	}
	return continuations["law"]
}
