package syntax

// means parses Term | "hand" "implements" Term ["within" Const | "exactly"].
// None of these words is a keyword: `hand` alone is an arrow of that name.
func (c cursor) means(t *tail) error {
	start := c.start()
	if c.is("hand") && c.second().Value == "implements" {
		t.hand = &Hand{}
		c.next()
		c.next()
	}
	var err error
	if t.term, err = c.term(); err != nil || t.hand == nil {
		return err
	}
	switch {
	case c.accept("exactly"):
		t.hand.Exactly = true
	case c.accept("within"):
		within, err := c.constant()
		if err != nil {
			return err
		}
		t.hand.Within = &within
	}
	t.hand.Span = c.since(start)
	return nil
}

// continuation says what may follow.
func (h *Hand) continuation() string {
	if h.Exactly || h.Within != nil {
		return continuations["data"]
	}
	return continuations["law"]
}
