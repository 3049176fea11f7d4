package category

import "slices"

// Batch is the index that runs over the examples of a batch: in `sum batch, s:
// x[c, s]` the body is about one example after another, and size(batch) is how
// many there are.
const Batch = "batch"

// ReadsBatch reports whether some line reads all examples of the batch.
func (d *PrimDecl) ReadsBatch() bool {
	for _, eqs := range [][]Equation{d.Means, d.Reverse} {
		for i := range eqs {
			if OverBatch(eqs[i].Expr) {
				return true
			}
		}
	}
	return false
}

// ReadsBatch is the first node of d, or of what it evaluates, that reads all
// examples of the batch; nil where none does.
func (d *Diagram) ReadsBatch() *Node { return BatchReaders{}.First(d) }

// BatchReaders remembers of diagrams what ReadsBatch says of them, for those who
// ask of many that evaluate one another.
type BatchReaders map[*Diagram]*Node

// First is d.ReadsBatch().
func (r BatchReaders) First(d *Diagram) *Node {
	if n, known := r[d]; known {
		return n
	}
	r[d] = nil
	for _, n := range d.Nodes {
		if op, ok := n.Op.(*Apply); ok && op.Prim.Decl.ReadsBatch() {
			r[d] = n
			break
		}
		if body := n.Inner(); body != nil {
			if found := r.First(body); found != nil {
				r[d] = found
				break
			}
		}
	}
	return r[d]
}

// OverBatch reports whether e gathers over the examples of the batch.
func OverBatch(e Expr) (over bool) {
	Walk(e, func(e Expr) {
		switch e := e.(type) {
		case *Reduce:
			for _, v := range e.Vars {
				over = over || v == Batch
			}
		case *Dimension:
			over = over || e.Var == Batch
		}
	})
	return over
}

// Pooled reports whether the target of a line is one for the whole batch: an
// intermediate, or the cotangent of a parameter, whose line reads examples
// under `sum batch` only, and reads some there or what is pooled itself.
func (d *PrimDecl) Pooled(target string) bool {
	line := d.lineOf(target)
	if line == nil || d.Local(target) == nil && !d.cotangentOfGiven(target) {
		return false
	}
	pooled, apart := OverBatch(line.Expr), false
	walkOutside(line.Expr, func(e *Element) {
		switch {
		case d.given(e.Name) || e.Name == target:
		case d.Pooled(e.Name):
			pooled = true
		case !d.Shared(e.Name):
			apart = true
		}
	})
	return pooled && !apart
}

// PooledMeans lists the intermediates of means that are one for the whole
// batch, in the order of their lines.
func (d *PrimDecl) PooledMeans() []string {
	var out []string
	for i := range d.Means {
		if d.Pooled(d.Means[i].Target) {
			out = append(out, d.Means[i].Target)
		}
	}
	return out
}

func (d *PrimDecl) lineOf(target string) *Equation {
	for _, eqs := range [][]Equation{d.Means, d.Reverse} {
		for i := range eqs {
			if eqs[i].Target == target {
				return &eqs[i]
			}
		}
	}
	return nil
}

func (d *PrimDecl) cotangentOfGiven(target string) bool {
	return len(target) > 1 && target[0] == 'd' && d.given(target[1:])
}

// walkOutside calls f for the elements of e that no reduction over the batch
// holds.
func walkOutside(e Expr, f func(*Element)) {
	walkWhile(e, func(e Expr) bool {
		switch e := e.(type) {
		case *Element:
			f(e)
		case *Reduce:
			return !slices.Contains(e.Vars, Batch)
		}
		return true
	})
}
