package category

// Partial reports whether a list can be too short for something in d.
func (d *Diagram) Partial() bool {
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *Call:
			if op.Arrow.Partial {
				return true
			}
		case *Apply:
			if op.Prim.Decl.Partial {
				return true
			}
		case *Grad:
			if op.Body.Partial() {
				return true
			}
		case *Map:
			if op.Body.Partial() {
				return true
			}
		case *Repeat:
			if op.Body.Partial() {
				return true
			}
		}
	}
	return false
}
