package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// solveObject instantiates a scheme over objects: its type parameter is what
// a known neighbour says it is, and all neighbours must agree.
func solveObject(prim *category.Prim, ins []*category.Type, given *category.Type, outs []*category.Type) (*category.Prim, *misfit) {
	decl := prim.Decl
	s := &solver{decl: decl}
	ins, outs = s.together(decl.Ins, ins), s.together(decl.Outs, outs)
	var gradients []*category.Type
	learn := func(p *category.Type, t *category.Type, side origin) *misfit {
		if prim.Object == nil {
			prim.Object = p
		} else if !prim.Object.Equal(p) {
			return s.blame(side, "it is about %s, and here stands %s", prim.Object, t)
		}
		return nil
	}
	place := func(port *category.Port, t *category.Type, side origin) *misfit {
		if port.TangentOf {
			gradients = append(gradients, t)
			return nil
		}
		of, ok := elementOf(port, t)
		if !ok {
			return s.blame(side, "%s is %s, and %s is not", port.Name, portText(port, false), described(t))
		}
		return learn(of, t, side)
	}
	state := func(t *category.Type, side origin) *misfit {
		if t.Kind != category.Named || t.Object.State != decl.State {
			return s.blame(side, "it works on a state %s[P], and %s is none", decl.State, described(t))
		}
		return learn(t.Object.Of, t, side)
	}
	if given != nil {
		side := origin{Given: true}
		if decl.State != "" {
			if bad := state(given, side); bad != nil {
				return nil, bad
			}
		} else if len(decl.Given) == 1 {
			if bad := place(&decl.Given[0], given, side); bad != nil {
				return nil, bad
			}
		}
	}
	for i := range decl.Ins {
		if i < len(ins) && ins[i] != nil {
			if bad := place(&decl.Ins[i], ins[i], origin{In: true, Index: i, Port: decl.Ins[i].Name}); bad != nil {
				return nil, bad
			}
		}
	}
	if decl.State != "" {
		if len(outs) == 1 && outs[0] != nil {
			if bad := state(outs[0], origin{Out: true}); bad != nil {
				return nil, bad
			}
		}
	} else {
		for i := range decl.Outs {
			if i < len(outs) && outs[i] != nil {
				if bad := place(&decl.Outs[i], outs[i], origin{Out: true, Index: i, Port: decl.Outs[i].Name}); bad != nil {
					return nil, bad
				}
			}
		}
	}
	for _, g := range gradients {
		if prim.Object == nil && g.Kind == category.Tangent {
			prim.Object = g.Elem
		}
	}
	for _, g := range gradients {
		if prim.Object != nil && !category.NewTangent(prim.Object).Equal(g) {
			return nil, s.blame(origin{In: true}, "it takes tangent %s, and %s is not", prim.Object, described(g))
		}
	}
	if prim.Object == nil {
		return nil, s.blame(origin{}, "nothing around it decides which object it is about")
	}
	if bad := s.leavesFit(prim); bad != nil {
		return nil, bad
	}
	return prim, nil
}

// leavesFit requires that every leaf of the object can take the lines: it is
// a tensor, and a real one unless the lines read gradients, where index-like
// leaves stay as they are.
func (s *solver) leavesFit(prim *category.Prim) *misfit {
	decl := prim.Decl
	gradient := false
	for _, p := range decl.Ins {
		gradient = gradient || p.TangentOf
	}
	if decl.Moves() {
		prim.Dims = map[string]int{}
		for _, v := range decl.Dims {
			prim.Dims[v] = category.Dynamic
		}
		return nil
	}
	if variable(prim.Object) {
		return s.blame(origin{}, "%s holds a list or an option, whose length is not fixed", described(prim.Object))
	}
	for _, l := range prim.Object.Leaves() {
		if l.Kind != category.Real || l.Running {
			if gradient {
				continue
			}
			return s.blame(origin{}, "its lines are about real numbers, and %s holds none", described(prim.Object))
		}
		env := newRanges(prim)
		env.leaf = l.Set
		for _, p := range decl.Outs {
			if !p.Whole || p.TangentOf || l.Set == nil {
				continue
			}
			if r := env.port(p.Name); !r.Within(l.Set) {
				at := prim.Object.String()
				if len(l.Path) > 0 {
					at = fmt.Sprintf("%s of %s", l.Path[len(l.Path)-1], at)
				}
				bad := s.blame(origin{Out: true, Port: p.Name}, "it may leave %s, where %s lies", l.Set, at)
				bad.Code = diag.CT0502
				return bad
			}
		}
	}
	return nil
}

// variable reports whether t holds parts of no fixed length.
func variable(t *category.Type) bool {
	c := t.Carrier()
	switch c.Kind {
	case category.List, category.Option:
		return true
	case category.Power:
		return variable(c.Elem)
	case category.Record:
		for _, f := range c.Fields {
			if variable(f.Type) {
				return true
			}
		}
	case category.Product:
		for _, it := range c.Items {
			if variable(it) {
				return true
			}
		}
	}
	return false
}

// outTypes returns what a solved scheme gives where no neighbour names it:
// anonymous carriers, with the sets that the scheme declares.
func outTypes(prim *category.Prim) []*category.Type {
	var types []*category.Type
	for _, p := range prim.Decl.Outs {
		shape := prim.PortShape(p)
		switch {
		case p.Whole:
			types = append(types, p.Holds(prim.Object).Factors()...)
		case p.Over != category.Real:
			t := category.NewReal(shape[1:]...)
			t.Set = p.Set
			types = append(types, &category.Type{Kind: p.Over, Elem: t})
		case p.Kind == category.Real:
			t := category.NewReal(shape...)
			t.Set = p.Set
			types = append(types, t)
		default:
			t := &category.Type{Kind: p.Kind}
			if p.FinSize != nil {
				t.N = p.FinSize.Const
				if p.FinSize.Var != "" {
					t.N = prim.Dims[p.FinSize.Var]
				}
			}
			for i := len(shape) - 1; i >= 0; i-- {
				t = &category.Type{Kind: category.Power, N: shape[i], Elem: t}
			}
			types = append(types, t)
		}
	}
	return types
}
