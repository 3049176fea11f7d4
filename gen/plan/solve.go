package plan

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// solver finds the dimensions of a scheme from the shapes of its ports. All
// shapes that a rewrite's right side meets are known, so matching suffices.
type solver struct {
	dims map[string]int
	segs map[string][]int
}

// solveScheme solves decl for the given port shapes. Outputs may be fewer
// than the declared ones: the rest is computed.
func solveScheme(decl *category.PrimDecl, in, given, out [][]int, settings []category.SettingValue) (*category.Prim, error) {
	s := &solver{map[string]int{}, map[string][]int{}}
	for i, d := range decl.Settings {
		if d.Dim && i < len(settings) {
			s.dims[d.Name] = int(settings[i].Const)
		}
	}
	for range 2 { // a second round for brackets that the first left open
		for _, side := range []struct {
			ports  []category.Port
			shapes [][]int
		}{{decl.Ins, in}, {decl.Given, given}, {decl.Outs, out}} {
			for i, p := range side.ports {
				if i < len(side.shapes) && !s.match(p.Shape, side.shapes[i]) {
					return nil, fmt.Errorf("`%s` does not take `%s` of shape %v", decl.Name, p.Name, side.shapes[i])
				}
			}
		}
	}
	for _, r := range decl.Where {
		v, ok := category.ComputeDim(r.Value, s.dims, s.segs)
		if seg, known := s.segs[r.Name]; ok && known {
			if v != float64(product(seg)) {
				return nil, fmt.Errorf("`%s` does not fit", decl.Name)
			}
			continue
		}
		if old, known := s.dims[r.Name]; !ok || v != float64(int(v)) || known && old != int(v) {
			return nil, fmt.Errorf("`%s` does not fit", decl.Name)
		}
		s.dims[r.Name] = int(v)
	}
	for _, d := range decl.Dims {
		_, dim := s.dims[d]
		_, seg := s.segs[d]
		if !dim && !seg {
			return nil, fmt.Errorf("`%s` leaves %s open", decl.Name, d)
		}
	}
	return &category.Prim{Decl: decl, Dims: s.dims, Segs: s.segs, Settings: settings}, nil
}

// match binds the variables of one bracket. It leaves a bracket with two
// unknown segments alone.
func (s *solver) match(terms []category.DimTerm, shape []int) bool {
	open, fixed := -1, 0
	for i, t := range terms {
		seg, known := s.segs[t.Var]
		switch {
		case !t.Segment:
			fixed++
		case known:
			fixed += len(seg)
		case open >= 0:
			return true
		default:
			open = i
		}
	}
	room := len(shape) - fixed
	if room < 0 || open < 0 && room > 0 {
		return false
	}
	for i, t := range terms {
		k := 1
		switch {
		case i == open:
			k = room
			s.segs[t.Var] = slices.Clone(shape[:k])
		case t.Segment:
			k = len(s.segs[t.Var])
			if !slices.Equal(s.segs[t.Var], shape[:k]) {
				return false
			}
		case t.Var == "":
			if shape[0] != t.Const {
				return false
			}
		default:
			if old, known := s.dims[t.Var]; known && old != shape[0] {
				return false
			}
			s.dims[t.Var] = shape[0]
		}
		shape = shape[k:]
	}
	return true
}
