package golang_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// lift declares a standard arrow at extents drawn at random, between objects
// that are there where some fit. It returns false where its scheme cannot be
// met.
func (s *randomModel) lift(d *category.PrimDecl) bool {
	p, count := s.instance(d)
	if p == nil {
		return false
	}
	dom := make([]string, len(d.Ins))
	for i, q := range d.Ins {
		dom[i] = s.fitting(p, q, false)
	}
	cod := s.fitting(p, d.Outs[0], true)
	given := ""
	if len(d.Given) > 0 {
		given = fmt.Sprintf("%sOwn%d", s.prefix, len(s.arrows))
		own := make([]randomField, len(d.Given))
		fields := make([]string, len(d.Given))
		for i, q := range d.Given {
			own[i] = randomField{q.Name, carrierText(p, q)}
			fields[i] = q.Name + ": " + own[i].carrier
		}
		s.line("object %s = { %s }", given, strings.Join(fields, ", "))
		s.owns[given] = own
	}
	s.arrow(given, " = std."+d.Name+settingsText(d, count, s.chance(50)), cod, dom...)
	s.arrows[len(s.arrows)-1].batch = d.ReadsBatch()
	return true
}

// instance solves the scheme of d, with settings that are dimensions as count
// says; nil where it cannot. Most extents are such that its first input is an
// object that is there.
func (s *randomModel) instance(d *category.PrimDecl) (found *category.Prim, count int) {
	for range 40 {
		p := &category.Prim{Decl: d, Dims: map[string]int{}, Segs: map[string][]int{}}
		for _, v := range d.Dims {
			if d.Segments[v] {
				p.Segs[v] = pick(s.randomSpec, [][]int{nil, nil, {2}, {3}, {4}, {2, 3}})
			} else {
				p.Dims[v] = 1 + s.Intn(4)
			}
		}
		counts := 1 + s.Intn(2)
		for _, set := range d.Settings {
			if set.Dim {
				p.Dims[set.Name] = set.Least() + counts - 1
			}
		}
		p.Complete()
		if !sound(p, counts) {
			continue
		}
		found, count = p, counts
		if len(s.fits(p, d.Ins[0], false)) > 0 {
			break
		}
	}
	return found, count
}

// sound reports whether the checker takes a scheme at these extents: a part
// that is cut out must be there.
func sound(p *category.Prim, count int) bool {
	for _, n := range p.Dims {
		if n < 0 {
			return false
		}
	}
	text := stdSpec{}
	text.lifted(p, "", count, false)
	_, diags := check.Check(diag.NewSource("sound.cat", text.String()), check.Options{})
	return !diags.HasErrors()
}

// fits lists the objects that may stand at a port.
func (s *randomModel) fits(p *category.Prim, q category.Port, out bool) (names []string) {
	want := carrierText(p, q)
	for _, o := range s.objects {
		carrier := s.carriers[o.name]
		switch {
		case carrier == want:
		case q.Kind != category.Real || o.n > 0 || o.fields != nil || !slices.Equal(o.shape, p.PortShape(q)):
			continue
		case out && o.set == "": // less is known of it
		case !out && q.Set == nil && !strings.HasPrefix(o.set, "{"):
		default:
			continue
		}
		names = append(names, o.name)
	}
	return names
}

// fitting returns an object for a port, most often one that is there.
func (s *randomModel) fitting(p *category.Prim, q category.Port, out bool) string {
	if names := s.fits(p, q, out); len(names) > 0 && s.chance(85) {
		return pick(s.randomSpec, names)
	}
	if q.Kind != category.Real {
		return s.object(carrierText(p, q), randomObject{n: max(q.FinSize.Const, p.Dims[q.FinSize.Var])})
	}
	o := randomObject{shape: p.PortShape(q)}
	if q.Set != nil {
		o.set = q.Set.String()
	}
	return s.object(carrierText(p, q), o)
}

// object declares an object over a carrier.
func (s *randomModel) object(carrier string, o randomObject) string {
	o.name = fmt.Sprintf("%sObj%d", s.prefix, len(s.objects))
	s.line("object %s = %s", o.name, carrier)
	s.objects = append(s.objects, o)
	s.carriers[o.name] = carrier
	return o.name
}
