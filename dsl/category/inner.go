package category

// Inner is the diagram that n evaluates: what the arrow of a call is, or the
// body of a grad, map or repeat; nil of other nodes, and of a call of an arrow
// that has no diagram.
func (n *Node) Inner() *Diagram {
	switch op := n.Op.(type) {
	case *Call:
		return op.Arrow.Diagram
	case *Grad:
		return op.Body
	case *Map:
		return op.Body
	case *Repeat:
		return op.Body
	}
	return nil
}
