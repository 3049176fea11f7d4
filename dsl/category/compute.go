package category

import "math"

// ComputeDim evaluates a computed dimension, the right side of a `where`, from
// the dimensions and segments that are known. It returns false where one is
// not. The value need not be whole.
func ComputeDim(e Expr, dims map[string]int, segs map[string][]int) (float64, bool) {
	switch e := e.(type) {
	case *Number:
		return e.Value, true
	case *Dimension:
		if seg, ok := segs[e.Var]; ok {
			n := 1
			for _, d := range seg {
				n *= d
			}
			return float64(n), true
		}
		v, ok := dims[e.Var]
		return float64(v), ok
	case *Unary:
		v, ok := ComputeDim(e.X, dims, segs)
		return 0 - v, ok
	case *Func: // floor is the only one
		v, ok := ComputeDim(e.Args[0], dims, segs)
		return math.Floor(v), ok
	case *Binary:
		l, okL := ComputeDim(e.L, dims, segs)
		r, okR := ComputeDim(e.R, dims, segs)
		if !okL || !okR {
			return 0, false
		}
		switch e.Op {
		case "+":
			return l + r, true
		case "-":
			return l - r, true
		case "*":
			return l * r, true
		case "/":
			return l / r, true
		}
	}
	return 0, false
}

// Complete gives p its computed dimensions, for whoever chooses the others: a
// test of the scheme at some shape. Where one would be no dimension, a part of
// it grows until it is: a width until heads divide it.
func (p *Prim) Complete() {
	settled := map[string]bool{}
	for _, s := range p.Decl.Settings {
		settled[s.Name] = s.Dim
	}
	for _, w := range p.Decl.Where {
		settled[w.Name] = true
	}
	for _, w := range p.Decl.Where {
		grows := ""
		Walk(w.Value, func(e Expr) {
			if v, ok := e.(*Dimension); ok && grows == "" && !settled[v.Var] && !p.Decl.Segments[v.Var] {
				grows = v.Var
			}
		})
		for range 100 {
			v, _ := ComputeDim(w.Value, p.Dims, p.Segs)
			if p.Decl.Segments[w.Name] {
				p.Segs[w.Name] = []int{int(v)}
				break
			}
			if p.Dims[w.Name] = int(v); v >= 1 && v == math.Trunc(v) || grows == "" {
				break
			}
			p.Dims[grows]++
		}
	}
}
