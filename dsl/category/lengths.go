package category

// Dynamic is the extent of a list's axis in a solved scheme: it is known when
// the arrow runs.
const Dynamic = -1

// OverLists reports whether some port holds a list or an option.
func (d *PrimDecl) OverLists() bool { return len(d.Lengths) > 0 }

// Moves reports whether d only moves whole objects: out of lists and into
// lists. Its lines read one element each, and its reverse derivative is the
// way back: what went to several places comes back added up.
func (d *PrimDecl) Moves() bool { return d.Type != "" && !d.Each }

// TooShort is a list that an arrow cannot take: it needs at least Least
// elements.
type TooShort struct {
	Var         string
	Size, Least int
}

// Measured is p for lists of these lengths: every extent is known. It fails
// where an arrow does not take a list so short.
func (p *Prim) Measured(lengths map[string]int) (*Prim, *TooShort) {
	q := *p
	q.Dims = map[string]int{}
	for v, n := range p.Dims {
		q.Dims[v] = n
	}
	for v, n := range lengths {
		if least := p.Decl.Lengths[v]; n < least {
			return nil, &TooShort{v, n, least}
		}
		q.Dims[v] = n
	}
	for _, w := range p.Decl.Where {
		if _, list := p.Decl.Lengths[w.Name]; !list {
			continue
		}
		if v, ok := ComputeDim(w.Value, q.Dims, q.Segs); ok {
			q.Dims[w.Name] = int(v)
		}
	}
	return &q, nil
}

// Holds is the type of a port of whole objects where A is the object: A, its
// tangent, or a list or option of copies of A.
func (p *Port) Holds(a *Type) *Type {
	if p.TangentOf {
		a = NewTangent(a)
	}
	if p.Over == Real {
		return a
	}
	copies := make([]*Type, p.Copies)
	for i := range copies {
		copies[i] = a
	}
	return &Type{Kind: p.Over, Elem: NewProduct(copies...)}
}
