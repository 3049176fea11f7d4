package syntax

// carrier is an object's declaration behind its name.
type carrier struct {
	params params
	typ    Type
	set    *Set
}

// objectTail parses [Params] ["=" Ty] ["in" Set].
func (c cursor) objectTail() (objectNode, error) {
	t := &carrier{}
	var err error
	if c.is("[") {
		if t.params, err = c.params(); err != nil {
			return nil, err
		}
	}
	if c.accept("=") {
		if t.typ, err = c.typ(); err != nil {
			return nil, err
		}
	}
	if c.accept("in") {
		if t.set, err = c.set(); err != nil {
			return nil, err
		}
	}
	return t, nil
}
