package check

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// misfit says why objects do not fit a primitive's scheme, and blames one
// port: Index counts among the inputs, parameters or outputs.
type misfit struct {
	origin
	Code      diag.Code
	Message   string
	Detail    []string
	Labels    []diag.Label   // at the objects' declarations
	Has, Want *category.Set  // where one does not lie within the other
	foreign   *category.Type // the parameters that have a field Port too many
	lacks     []string       // the fields that they do not have
}

// origin is the port that is to blame, counted among its own.
type origin struct {
	In, Given, Out bool
	Index          int
	Port           string
}

// bracket is one port's shape with the extents it must have.
type bracket struct {
	port   *category.Port
	dims   []int
	fin    int // elements of a Fin port
	set    *category.Set
	typ    *category.Type
	owner  *category.Type // the parameter object around it
	side   origin         // where to put the blame
	solved bool
}

// solver unifies the shapes of a scheme with the carriers around it.
type solver struct {
	decl     *category.PrimDecl
	dims     map[string]int
	segs     map[string][]int
	from     []decided
	brackets []*bracket
}

func (s *solver) setDim(name string, n int) {
	if s.dims == nil {
		s.dims = map[string]int{}
	}
	s.dims[name] = n
}

func (s *solver) setSeg(name string, dims []int) {
	if s.segs == nil {
		s.segs = map[string][]int{}
	}
	s.segs[name] = dims
}

// decided is the bracket that decided a variable. A scheme has few.
type decided struct {
	name string
	by   *bracket
}

// decider returns the bracket that decided a variable, nil where a setting
// did.
func (s *solver) decider(name string) *bracket {
	for _, d := range s.from {
		if d.name == name {
			return d.by
		}
	}
	return nil
}

// solvePrim instantiates decl between the given objects; entries of ins and
// outs may be nil where they are not known, given is nil where it is unknown
// or there is none. Settings without a value take their default. Schemes over
// carriers look at carriers only. The misfit is nil exactly where the prim is
// not.
func solvePrim(decl *category.PrimDecl, ins []*category.Type, given *category.Type, outs []*category.Type, settings map[string]category.SettingValue) (*category.Prim, *misfit) {
	prim := &category.Prim{Decl: decl, Settings: settingValues(decl, settings)}
	if decl.Type != "" {
		return solveObject(prim, ins, given, outs)
	}
	s := &solver{decl: decl}
	for i, set := range decl.Settings {
		v := prim.Settings[i].Const
		_, given := settings[set.Name]
		if !set.Dim || !given && !set.Optional() {
			continue
		}
		if prim.Settings[i].Wire >= 0 {
			bad := s.blame(origin{}, "%s is a dimension, and nothing gives it a value", set.Name)
			bad.Code = diag.CT0707
			return nil, bad
		}
		if bad := s.wholeSetting(&set, v); bad != nil {
			return nil, bad
		}
		s.setDim(set.Name, int(v))
	}
	if bad := s.gather(ins, given, outs); bad != nil {
		return nil, bad
	}
	if bad := s.run(); bad != nil {
		return nil, bad
	}
	prim.Dims, prim.Segs = s.dims, s.segs
	if bad := s.fitIndices(prim); bad != nil {
		return nil, bad
	}
	if bad := fitSets(prim, s.brackets); bad != nil {
		return nil, bad
	}
	return prim, nil
}

// wholeSetting requires that v is a whole number that the setting may be.
func (s *solver) wholeSetting(set *category.SettingDecl, v float64) *misfit {
	switch {
	case v != math.Trunc(v) || math.Abs(v) > maxDim, set.Set == nil && v < 1:
		bad := s.blame(origin{}, "%s is a dimension, a whole number of at least %d, and not %g", set.Name, set.Least(), v)
		bad.Code = diag.CT0402
		return bad
	case !set.Set.Contains(v): // a default that another setting decides
		bad := s.blame(origin{}, "%s lies in %s, and %g does not", set.Name, set.Set, v)
		bad.Code = diag.CT0503
		return bad
	}
	return nil
}

func settingValues(decl *category.PrimDecl, given map[string]category.SettingValue) []category.SettingValue {
	out := make([]category.SettingValue, len(decl.Settings))
	for i, s := range decl.Settings {
		out[i] = category.SettingValue{Wire: -1}
		if s.Default != nil {
			out[i].Const = *s.Default
		}
		for j := range i {
			if decl.Settings[j].Name == s.Like {
				out[i] = out[j]
			}
		}
		if v, ok := given[s.Name]; ok {
			out[i] = v
		}
	}
	return out
}

// gather lists one bracket for each port whose object is known.
func (s *solver) gather(ins []*category.Type, given *category.Type, outs []*category.Type) *misfit {
	for i := range s.decl.Ins {
		if i < len(ins) && ins[i] != nil {
			if bad := s.add(&s.decl.Ins[i], ins[i], origin{In: true, Index: i}); bad != nil {
				return bad
			}
		}
	}
	if given != nil && len(s.decl.Given) > 0 {
		if bad := s.addGiven(given); bad != nil {
			return bad
		}
	}
	for i := range s.decl.Outs {
		if i < len(outs) && outs[i] != nil {
			if bad := s.add(&s.decl.Outs[i], outs[i], origin{Out: true, Index: i}); bad != nil {
				return bad
			}
		}
	}
	return nil
}

func (s *solver) addGiven(given *category.Type) *misfit {
	ports := s.decl.Given
	rec := given.Carrier()
	if rec.Kind != category.Record {
		if len(ports) == 1 {
			return s.add(&ports[0], given, origin{Given: true})
		}
		return s.blame(origin{Given: true}, "its parameters are the record %s, and %s is none", portsText(ports, true), described(given)).declared(given)
	}
	for _, f := range rec.Fields {
		if findPort(ports, f.Name) == nil {
			bad := s.blame(origin{Given: true, Port: f.Name}, "its parameters are %s, and %s has a field %s", portsText(ports, true), described(given), f.Name)
			bad.foreign = given
			for _, p := range ports {
				if !slices.ContainsFunc(rec.Fields, func(f category.Field) bool { return f.Name == p.Name }) {
					bad.lacks = append(bad.lacks, p.Name)
				}
			}
			return bad
		}
	}
	for i := range ports {
		at := slices.IndexFunc(rec.Fields, func(f category.Field) bool { return f.Name == ports[i].Name })
		if at < 0 {
			return s.blame(origin{Given: true, Port: ports[i].Name, Index: i}, "its parameters are %s, and %s has no field %s", portsText(ports, true), described(given), ports[i].Name).declared(given)
		}
		if bad := s.add(&ports[i], rec.Fields[at].Type, origin{Given: true, Index: i}); bad != nil {
			return bad
		}
		s.brackets[len(s.brackets)-1].owner = given
	}
	return nil
}

// add lists the bracket of one port, after a look at the carrier's kind.
func (s *solver) add(port *category.Port, t *category.Type, side origin) *misfit {
	leaf, ok := s.leafOf(port, t)
	if !ok || leaf.Kind != port.Kind || leaf.Running != port.Running {
		return s.blame(side, "%s is %s, and %s is not", port.Name, portText(port, false), described(t))
	}
	side.Port = port.Name
	s.brackets = append(s.brackets, &bracket{port: port, dims: leaf.Dims, fin: leaf.N, set: leaf.Set, typ: t, side: side})
	return nil
}

// run solves brackets until none moves, then the computed dimensions.
func (s *solver) run() *misfit {
	for moved := true; moved; {
		moved = false
		for _, b := range s.brackets {
			if b.solved {
				continue
			}
			done, bad := s.match(b)
			if bad != nil {
				return bad
			}
			b.solved = done
			moved = moved || done
		}
		if bad := s.where(&moved); bad != nil {
			return bad
		}
	}
	for _, v := range s.decl.Dims {
		_, dim := s.dims[v]
		_, seg := s.segs[v]
		if !dim && !seg {
			what := "the dimension " + v
			if s.decl.Segments[v] {
				what = "the axes .." + v
			}
			bad := s.blame(origin{}, "nothing around it decides %s", what)
			bad.Code = diag.CT0809
			return bad
		}
	}
	return nil
}

// match unifies one bracket; it waits where two segments are unknown.
func (s *solver) match(b *bracket) (bool, *misfit) {
	unknown, fixed := 0, 0
	for _, d := range b.port.Shape {
		switch {
		case !d.Segment:
			fixed++
		case s.segs[d.Var] != nil:
			fixed += len(s.segs[d.Var])
		default:
			unknown++
		}
	}
	free := len(b.dims) - fixed
	if unknown > 1 && free >= 0 && b.port.FinSize == nil {
		return false, nil
	}
	if free < 0 || unknown == 0 && free > 0 {
		return false, s.rank(b, fixed, unknown > 0)
	}
	if unknown > 1 {
		return false, nil
	}
	at := 0
	for _, d := range b.port.Shape {
		switch seg, known := s.segs[d.Var]; {
		case !d.Segment:
			if bad := s.extent(d, b.dims[at], b); bad != nil {
				return false, bad
			}
			at++
		case !known:
			s.setSeg(d.Var, append([]int{}, b.dims[at:at+free]...))
			s.from = append(s.from, decided{d.Var, b})
			at += free
		default:
			if here := b.dims[at : at+len(seg)]; !slices.Equal(seg, here) {
				return false, s.clash(".."+d.Var, shapeText(seg), shapeText(here), s.decider(d.Var), b)
			}
			at += len(seg)
		}
	}
	if b.port.FinSize != nil {
		if bad := s.extent(*b.port.FinSize, b.fin, b); bad != nil {
			return false, bad
		}
	}
	return true, nil
}

// extent says that d is n.
func (s *solver) extent(d category.DimTerm, n int, b *bracket) *misfit {
	if d.Var == "" {
		if d.Const != n {
			return s.blame(b.side, "%s needs %d where %s has %d", b.port.Name, d.Const, described(b.typ), n)
		}
		return nil
	}
	was, ok := s.dims[d.Var]
	if ok && was != n {
		return s.clash(d.Var, fmt.Sprint(was), fmt.Sprint(n), s.decider(d.Var), b)
	}
	if !ok {
		s.setDim(d.Var, n)
		s.from = append(s.from, decided{d.Var, b})
	}
	return nil
}

func (s *solver) rank(b *bracket, fixed int, atLeast bool) *misfit {
	need := fmt.Sprintf("%d", fixed)
	if atLeast {
		need = "at least " + need
	}
	bad := s.blame(b.side, "%s has %s %s here, and %s has %d", b.port.Name, need, axes(fixed), described(b.typ), len(b.dims))
	return b.label(bad, fmt.Sprintf("%d %s", len(b.dims), axes(len(b.dims))))
}

func axes(n int) string {
	if n == 1 {
		return "axis"
	}
	return "axes"
}

func (s *solver) clash(v, was, is string, first, second *bracket) *misfit {
	if first == nil {
		return second.label(s.blame(second.side, "%s is set to %s, and %s makes it %s", v, was, described(second.typ), is), v+" is "+is)
	}
	bad := s.blame(second.side, "%s is %s in %s, and %s in %s", v, was, described(first.typ), is, described(second.typ))
	if lines := s.drawn(strings.TrimPrefix(v, ".."), first, second); lines != "" {
		bad.Detail = append([]string{lines}, bad.Detail...)
	}
	return second.label(first.label(bad, v+" is "+was), v+" is "+is)
}

// label points at the declaration of the object that the bracket belongs to.
func (b *bracket) label(bad *misfit, text string) *misfit {
	t := b.typ
	if t.Kind != category.Named && b.owner != nil {
		t, text = b.owner, text+" in "+b.port.Name
	}
	if t.Kind == category.Named && t.Object.Span.Known() {
		bad.Labels = append(bad.Labels, diag.Label{Span: t.Object.Span, Message: text})
	}
	return bad
}

// declared points at the declaration of t, if it has one.
func (m *misfit) declared(t *category.Type) *misfit {
	if t.Kind == category.Named && t.Object.Span.Known() {
		m.Labels = append(m.Labels, diag.Label{Span: t.Object.Span, Message: t.String() + " is declared here"})
	}
	return m
}

// blame builds a misfit that ends in the scheme itself.
func (s *solver) blame(side origin, format string, args ...any) *misfit {
	return &misfit{
		origin:  side,
		Code:    diag.CT0401,
		Message: fmt.Sprintf(format, args...),
		Detail:  []string{"its scheme: " + signatureText(s.decl)},
	}
}

// described renders t with the carrier below its name.
func described(t *category.Type) string {
	if t.Kind != category.Named {
		return t.String()
	}
	c := t.Carrier().String()
	if set := t.RefinedSet(); set != nil && !strings.Contains(c, " in ") {
		c += " in " + set.String()
	}
	if len(c) > 80 {
		return t.String()
	}
	return t.String() + " = " + c
}

func shapeText(dims []int) string {
	return "[" + strings.Trim(strings.ReplaceAll(fmt.Sprint(dims), " ", ", "), "[]") + "]"
}

// signatureText renders a scheme as std writes it.
func signatureText(d *category.PrimDecl) string {
	text := d.Name + ": " + portsText(d.Ins, false) + " -> " + portsText(d.Outs, false)
	if len(d.Given) > 0 {
		text += " given " + portsText(d.Given, len(d.Given) > 1)
	}
	return text
}

func portsText(ports []category.Port, record bool) string {
	if len(ports) == 0 {
		return "1"
	}
	var parts []string
	for i := range ports {
		t := portText(&ports[i], !record)
		if record {
			t = ports[i].Name + ": " + t
		}
		parts = append(parts, t)
	}
	if record {
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	return strings.Join(parts, " * ")
}

func portText(p *category.Port, set bool) string {
	var dims []string
	for _, d := range p.Shape {
		dims = append(dims, dimText(d))
	}
	if p.Over != category.Real {
		elem := *p
		elem.Over, elem.Shape = category.Real, p.Shape[1:]
		of := portText(&elem, set)
		if p.Whole {
			of = strings.Repeat(of+" * ", p.Copies-1) + of
		}
		return functorName(p.Over) + "[" + of + ", " + dims[0] + "]"
	}
	text := [...]string{"R", "Fin", "Bool", "Int"}[p.Kind]
	switch {
	case p.Whole && p.TangentOf:
		return "tangent P"
	case p.Whole:
		return "P"
	case p.Kind == category.Fin:
		text += "[" + dimText(*p.FinSize) + "]"
		for _, d := range dims {
			text += " ^ " + d
		}
	case len(dims) > 0:
		text += "[" + strings.Join(dims, ", ") + "]"
	}
	if set && p.Set != nil {
		text += " in " + p.Set.String()
	}
	if p.Running {
		text += " running"
	}
	return text
}
