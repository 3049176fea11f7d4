package golang_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// randomModel writes a sound spec from a seed whose arrows may be any of std:
// they are lifted as their schemes say. Its composites are one in the named
// form, in which any wire may be read again, and one of the term language.
// All names start with prefix, so that many can be one category.
type randomModel struct {
	*randomSpec
	carriers map[string]string        // of objects, as the spec writes them
	owns     map[string][]randomField // of parameter objects
	wires    []randomWire
	handed   []randomField // parameters that are handed on by name, in explicit bodies
}

type randomField struct{ name, carrier string }

// randomWire is a local of a body and the object that it carries.
type randomWire struct {
	name, of string
	read     bool
}

// newRandomModel writes a spec that has the standard arrow must.
func newRandomModel(seed int64, prefix string, std []*category.PrimDecl, must *category.PrimDecl) (text string, ok bool) {
	s := &randomModel{
		randomSpec: &randomSpec{Rand: rand.New(rand.NewSource(seed)), prefix: prefix},
		carriers:   map[string]string{}, owns: map[string][]randomField{},
	}
	for _, shape := range [][]int{nil, {3}, {2, 3}, pick(s.randomSpec, randomShapes)} {
		s.object(realText(shape, nil), randomObject{shape: shape})
	}
	s.object("Fin[3]", randomObject{n: 3})
	fields := []string{pick(s.randomSpec, s.objects[1:3]).name, pick(s.randomSpec, s.objects[1:4]).name}
	s.object(fmt.Sprintf("{ left: %s, right: %s }", fields[0], fields[1]), randomObject{fields: fields})
	if !s.lift(must) {
		return "", false
	}
	for range 3 {
		s.lift(pick(s.randomSpec, std))
	}
	s.endomorphism()
	s.named(prefix + "dag")
	s.composite(prefix + "comp")
	return s.randomSpec.text.String(), true
}

// endomorphism declares an affine map of an object into itself, which can be
// repeated, and a map of the parts of a power.
func (s *randomModel) endomorphism() {
	o := pick(s.randomSpec, s.objects[1:3])
	k := fmt.Sprint(o.shape[len(o.shape)-1])
	own := fmt.Sprintf("%sOwn%d", s.prefix, len(s.arrows))
	s.owns[own] = []randomField{{"weight", "R[" + k + ", " + k + "]"}, {"bias", "R[" + k + "]"}}
	s.line("object %s = { weight: %s, bias: %s }", own, s.owns[own][0].carrier, s.owns[own][1].carrier)
	s.arrow(own, " = std.affine", o.name, o.name)
	s.arrow("", " = std.tanh", o.name, o.name)
}

// named declares a composite in the named form: a body of calls whose inputs
// are any wires. Where it is explicit, its parameters have names, calls are
// handed them, and several may be handed the same.
func (s *randomModel) named(name string) {
	s.wires, s.handed = nil, nil
	explicit := s.chance(50)
	var inputs []string
	declare := func(of string) {
		w := fmt.Sprintf("in%d", len(s.wires))
		inputs = append(inputs, w+": "+of)
		s.wires = append(s.wires, randomWire{name: w, of: of})
	}
	affine := len(s.arrows) - 2
	for _, i := range []int{affine, s.Intn(affine)} {
		for _, of := range s.arrows[i].dom {
			declare(of)
		}
	}
	if o := s.objects[5]; s.chance(60) {
		declare(o.name)
	}
	if a := s.arrows[s.Intn(len(s.arrows))]; s.chance(40) && len(a.dom) == 1 {
		declare(a.dom[0] + " ^ 2")
	}
	var lines []string
	for i := 0; len(lines) < 6 && i < 30; i++ {
		w := fmt.Sprintf("w%d", i)
		if term, of, ok := s.call(explicit); ok {
			lines = append(lines, fmt.Sprintf("    %s = %s", w, term))
			s.wires = append(s.wires, randomWire{name: w, of: of})
		}
	}
	var results, cod []string
	for i := len(s.wires) - 1; i >= 0 && len(results) < 4; i-- {
		if w := s.wires[i]; !w.read {
			results, cod = append(results, w.name), append(cod, w.of)
		}
	}
	given := ""
	if len(s.handed) > 0 {
		var list []string
		for _, h := range s.handed {
			list = append(list, h.name+": "+h.carrier)
		}
		given = " given (" + strings.Join(list, ", ") + ")"
	}
	body := strings.Join(results, ", ")
	if len(results) > 1 {
		body = "(" + body + ")"
	}
	s.line("arrow %s(%s) -> %s%s {\n%s\n    %s\n}", name, strings.Join(inputs, ", "), product(cod), given, strings.Join(lines, "\n"), body)
}

// call makes one line of a body from wires that are there.
func (s *randomModel) call(explicit bool) (term, of string, ok bool) {
	switch s.Intn(9) {
	case 0: // a sum
		if a, b := s.wire(""), s.wire(""); a != nil && b != nil && a.of == b.of && s.addable([]string{a.of}) {
			a.read, b.read = true, true
			return a.name + " + " + b.name, a.of, true
		}
		return "", "", false
	case 1, 2: // a record, or a part of one
		pair := s.objects[5]
		if w := s.wire(pair.name); w != nil && s.chance(50) {
			w.read = true
			side := s.Intn(2)
			return w.name + []string{".left", ".right"}[side], pair.fields[side], true
		}
		left, right := s.wire(pair.fields[0]), s.wire(pair.fields[1])
		if left == nil || right == nil {
			return "", "", false
		}
		left.read, right.read = true, true
		return fmt.Sprintf("{ left: %s, right: %s }", left.name, right.name), pair.name, true
	case 3: // a map
		for _, i := range s.Perm(len(s.wires)) {
			w := &s.wires[i]
			of, isPower := strings.CutSuffix(w.of, " ^ 2")
			if !isPower {
				continue
			}
			a := s.from([]string{of})
			if a == nil || a.batch || explicit && a.given != "" {
				return "", "", false
			}
			w.read = true
			return fmt.Sprintf("(map %s)(%s)", s.use(a).text, w.name), a.cod[0] + " ^ 2", true
		}
		return "", "", false
	}
	a := pick(s.randomSpec, s.arrows)
	for try := 0; a.given == "" && try < 2; try++ { // parameters make models
		a = pick(s.randomSpec, s.arrows)
	}
	var args []string
	var read []*randomWire
	for _, of := range a.dom {
		w := s.wire(of)
		if w == nil {
			return "", "", false
		}
		read, args = append(read, w), append(args, w.name)
	}
	for _, w := range read {
		w.read = true
	}
	list := strings.Join(args, ", ")
	switch {
	case a.given == "":
		return fmt.Sprintf("%s(%s)", a.name, list), a.cod[0], true
	case explicit:
		return fmt.Sprintf("%s(%s given %s)", a.name, list, s.hand(a.given)), a.cod[0], true
	case slices.Equal(a.dom, a.cod) && s.chance(50):
		return fmt.Sprintf("(repeat[%d] %s)(%s)", 1+s.Intn(3), s.use(&a).text, list), a.cod[0], true
	case s.addable(a.cod) && s.chance(40):
		s.labels++
		return fmt.Sprintf("((share (%s + %[1]s)) as label%d)(%s)", a.name, s.labels, list), a.cod[0], true
	}
	return fmt.Sprintf("%s(%s)", s.use(&a).text, list), a.cod[0], true
}

// wire returns a wire that carries of, or any for "": rather one that nothing
// reads yet.
func (s *randomModel) wire(of string) *randomWire {
	var any *randomWire
	for _, i := range s.Perm(len(s.wires)) {
		w := &s.wires[i]
		if of != "" && w.of != of {
			continue
		}
		if any = w; !w.read && s.chance(70) {
			break
		}
	}
	return any
}

// hand hands a parameter object on: a whole one by name, or one made of parts,
// each of which other calls may be handed too.
func (s *randomModel) hand(own string) string {
	if s.chance(50) {
		return s.handOn(own)
	}
	var parts []string
	for _, f := range s.owns[own] {
		parts = append(parts, f.name+": "+s.handOn(f.carrier))
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func (s *randomModel) handOn(carrier string) string {
	for _, i := range s.Perm(len(s.handed)) {
		if s.handed[i].carrier == carrier && s.chance(60) {
			return s.handed[i].name
		}
	}
	s.handed = append(s.handed, randomField{fmt.Sprintf("own%d", len(s.handed)), carrier})
	return s.handed[len(s.handed)-1].name
}

// composite declares a composite of the term language.
func (s *randomModel) composite(name string) {
	var t randomTerm
	var dom []string
	for range 20 { // rather one with parameters
		dom = s.domain()
		if t = s.term(dom, 3); t.slots > 0 && len(t.cod) > 0 && len(t.cod) <= 4 {
			break
		}
	}
	if len(t.cod) == 0 {
		return
	}
	s.line("arrow %s: %s -> %s = %s", name, product(dom), product(t.cod), t.text)
}
