package golang_test

import (
	"fmt"
	"slices"
	"strings"
)

// term builds a random arrow from dom.
func (s *randomSpec) term(dom []string, depth int) randomTerm {
	if depth > 0 {
		for range 6 {
			if t, ok := s.step(dom, depth); ok {
				return t
			}
		}
	}
	if a := s.from(dom); a != nil && s.chance(80) {
		return s.use(a)
	}
	if len(dom) > 1 {
		return join(s.term(dom[:1], 0), s.term(dom[1:], 0), " * ")
	}
	return randomTerm{text: "id[" + product(dom) + "]", cod: dom}
}

// from picks an arrow whose domain is dom.
func (s *randomSpec) from(dom []string) *randomArrow {
	var fit []*randomArrow
	for i := range s.arrows {
		if slices.Equal(s.arrows[i].dom, dom) {
			fit = append(fit, &s.arrows[i])
		}
	}
	if len(fit) == 0 {
		return nil
	}
	return pick(s, fit)
}

func (s *randomSpec) use(a *randomArrow) randomTerm {
	if a.given == "" {
		return randomTerm{text: a.name, cod: a.cod}
	}
	s.labels++
	return randomTerm{text: fmt.Sprintf("(%s as label%d)", a.name, s.labels), cod: a.cod, slots: 1}
}

// step applies one construct of the term language, if it fits.
func (s *randomSpec) step(dom []string, depth int) (randomTerm, bool) {
	switch s.Intn(12) {
	case 0, 1, 2, 3: // f >> g
		f := s.term(dom, depth-1)
		if len(f.cod) > 6 {
			return randomTerm{}, false
		}
		g := s.term(f.cod, depth-1)
		return randomTerm{"(" + f.text + " >> " + g.text + ")", g.cod, f.slots + g.slots}, true
	case 4, 5: // f * g
		if len(dom) < 2 {
			return randomTerm{}, false
		}
		k := 1 + s.Intn(len(dom)-1)
		f, g := s.term(dom[:k], depth-1), s.term(dom[k:], depth-1)
		return join(f, g, " * "), true
	case 6: // (f, g)
		f, g := s.term(dom, depth-1), s.term(dom, depth-1)
		if len(f.cod)+len(g.cod) > 5 {
			return randomTerm{}, false
		}
		return join(f, g, ", "), true
	case 7: // f + g
		f := s.term(dom, depth-1)
		g := s.term(dom, depth-1)
		if !s.addable(f.cod) || !slices.Equal(f.cod, g.cod) {
			return randomTerm{}, false
		}
		return randomTerm{"(" + f.text + " + " + g.text + ")", f.cod, f.slots + g.slots}, true
	case 8: // wiring
		return s.wiring(dom)
	case 9: // repeat
		if len(dom) != 1 {
			return randomTerm{}, false
		}
		for _, i := range s.Perm(len(s.arrows)) {
			a := &s.arrows[i]
			if a.given != "" && slices.Equal(a.dom, dom) && slices.Equal(a.cod, dom) {
				f := s.use(a)
				return randomTerm{fmt.Sprintf("repeat[%d] %s", 1+s.Intn(3), f.text), dom, 1}, true
			}
		}
		return randomTerm{}, false
	case 10: // share
		if a := s.from(dom); a != nil && a.given != "" && len(a.cod) == 1 && s.find(a.cod[0]).set == "" && s.find(a.cod[0]).n == 0 && s.find(a.cod[0]).fields == nil && !strings.HasPrefix(a.cod[0], "Point") {
			s.labels++
			return randomTerm{fmt.Sprintf("((share (%s + %s)) as label%d)", a.name, a.name, s.labels), a.cod, 1}, true
		}
		return randomTerm{}, false
	}
	return s.functor(dom)
}

// addable reports whether cod is one tensor without a set.
func (s *randomSpec) addable(cod []string) bool {
	if len(cod) != 1 {
		return false
	}
	o := s.find(cod[0])
	return o.n == 0 && o.fields == nil && o.set == ""
}

func join(f, g randomTerm, by string) randomTerm {
	return randomTerm{"(" + f.text + by + g.text + ")", append(slices.Clone(f.cod), g.cod...), f.slots + g.slots}
}

func (s *randomSpec) wiring(dom []string) (randomTerm, bool) {
	o, all := s.find(dom0(dom)), "id["+product(dom)+"]"
	switch {
	case len(dom) == 1 && o.fields != nil:
		return pick(s, []randomTerm{
			{text: ".left", cod: o.fields[:1]}, {text: ".right", cod: o.fields[1:]},
			{text: "(.right, .left)", cod: []string{o.fields[1], o.fields[0]}},
		}), true
	case len(dom) == 1:
		return pick(s, []randomTerm{
			{text: "copy[" + product(dom) + "]", cod: []string{dom[0], dom[0]}}, {text: "(copy[" + product(dom) + "] >> first)", cod: dom},
		}), true
	case len(dom) == 2:
		return pick(s, []randomTerm{
			{text: "(" + all + " >> first)", cod: dom[:1]}, {text: "(" + all + " >> second)", cod: dom[1:]},
			{text: "(" + all + " >> swap)", cod: []string{dom[1], dom[0]}},
			{text: "(id[" + product(dom[:1]) + "] * drop[" + product(dom[1:]) + "])", cod: dom[:1]},
		}), true
	case len(dom) > 2:
		return randomTerm{text: "(" + all + " >> third)", cod: dom[2:3]}, len(dom) == 3
	}
	return randomTerm{}, false
}

func dom0(dom []string) string {
	if len(dom) == 0 {
		return ""
	}
	return dom[0]
}

// functor maps an arrow over a power.
func (s *randomSpec) functor(dom []string) (randomTerm, bool) {
	if len(dom) != 1 {
		return randomTerm{}, false
	}
	of, n, ok := strings.Cut(dom[0], " ^ ")
	if !ok {
		return randomTerm{}, false
	}
	a := s.from([]string{of})
	if a == nil || a.batch || len(a.cod) != 1 || strings.Contains(a.cod[0], "^") {
		return randomTerm{}, false
	}
	f := s.use(a)
	return randomTerm{"map " + f.text, []string{a.cod[0] + " ^ " + n}, f.slots}, true
}

// domain draws the inputs of a composite.
func (s *randomSpec) domain() []string {
	var dom []string
	for len(dom) < 1+s.Intn(3) {
		f := pick(s, s.objects).name
		if a := pick(s, s.arrows); s.chance(70) && len(a.dom) > 0 {
			dom = append(dom, a.dom...)
			continue
		}
		if s.chance(25) {
			f = fmt.Sprintf("%s ^ %d", f, 1+s.Intn(3))
		}
		dom = append(dom, f)
	}
	return dom
}

// composite declares a term of some depth and a law that it keeps.
func (s *randomSpec) composite(name string) {
	dom := s.domain()
	t := s.term(dom, 4)
	given, typ := "", ""
	if t.slots == 1 {
		typ = "?"
	} else if t.slots > 1 {
		if typ = "?"; s.chance(70) {
			typ = "Net" + name
			given = " given " + typ
		}
	}
	s.doc()
	s.line("arrow %s: %s -> %s%s = %s", name, product(dom), product(t.cod), given, t.text)
	law := fmt.Sprintf("law keeps%s: %s = ", name, name)
	switch {
	case len(t.cod) == 0:
	case len(dom) == 0 || s.chance(30):
		s.line("%s%s >> id[%s] exactly", law, name, product(t.cod))
	case s.chance(50):
		s.line("%sid[%s] >> %s", law, product(dom), name)
	case len(t.cod) == 1 && typ == "":
		s.line("%s(%s, %s) >> second within 1e-6", law, name, name)
	}
	if len(t.cod) <= 2 {
		s.arrows = append(s.arrows, randomArrow{name: name, dom: dom, cod: t.cod, given: typ})
	}
}

// optimizerStates are the objects of std that optimizers keep their state in.
var optimizerStates = map[string]string{
	"momentum": "Momentum", "nesterov": "Momentum", "rmsprop": "RMSProp", "adagrad": "Adagrad", "adam": "Adam", "adamw": "AdamW",
}

// divides are the optimizers that divide by the root of a square.
var divides = map[string]bool{"rmsprop": true, "adagrad": true, "adam": true, "adamw": true}

// learn declares a model that ends in a loss, its gradient, and a step.
func (s *randomSpec) learn(i int) {
	var front *randomArrow
	for _, k := range s.Perm(len(s.arrows)) {
		a := &s.arrows[k]
		if a.given != "" && a.given != "?" && len(a.cod) == 1 {
			if o := s.find(a.cod[0]); o.n == 0 && o.fields == nil {
				front = a
				break
			}
		}
	}
	if front == nil {
		return
	}
	out := s.find(front.cod[0])
	s.line("object Target%d = %s", i, realText(out.shape, nil))
	s.line("arrow loss%d: %s * Target%d -> Loss = std.%s", i, out.name, i, pick(s, []string{"mean_squared_error", "squared_distance"}))
	s.line("arrow measure%d = %s * id[Target%d] >> loss%d", i, front.name, i, i)
	s.doc()
	s.line("arrow slope%d = grad measure%d", i, i)
	optimizer := pick(s, []string{"sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adam", "adamw"})
	state := front.given
	if keeps := optimizerStates[optimizer]; keeps != "" {
		state = keeps + "[" + state + "]"
	}
	gradient := pick(s, []string{fmt.Sprintf("slope%d", i), fmt.Sprintf("grad measure%d", i)})
	gradient += pick(s, []string{"", "", " >> clip(at: 0.25)", " >> clip_norm(at: 0.5)"})
	// By the root of a square next to 0, the rounding of a gradient is a move of
	// its own; no two ways to add need agree there.
	epsilon := ""
	if divides[optimizer] {
		epsilon = "epsilon: 0.1"
	}
	s.doc()
	if s.chance(30) {
		if epsilon != "" {
			epsilon = "(" + epsilon + ")"
		}
		s.line("endo step%d on %s given Rate = %s >> %s%s", i, state, gradient, optimizer, epsilon)
	} else {
		if epsilon != "" {
			epsilon = ", " + epsilon
		}
		s.line("endo step%d on %s = %s >> %s(rate: 0.05%s)", i, state, gradient, optimizer, epsilon)
	}
}

// named declares bodies with named wires: arrows of one input, one after the
// other; records taken apart and made; parameters handed on by name.
func (s *randomSpec) named() {
	for _, o := range s.objects {
		if o.fields != nil {
			s.line("arrow turn(pair: %s) -> { right: %s, left: %s } {\n    { right: pair.right, left: pair.left }\n}", o.name, o.fields[1], o.fields[0])
		}
	}
	s.line("arrow none: %s -> 1 = drop\narrow two: 1 -> Rate = 2\narrow paid: %[1]s -> Rate = none >> two", s.objects[0].name)
	n, m := 1+s.Intn(4), 1+s.Intn(4)
	s.line("object Plain = R[%d]\nobject Code = R[%d]", n, m)
	s.line("object Tied = R[%d, %d]\nobject Into = { weight: Tied, bias: R[%[1]d] }\nobject Back = { weight: Tied, bias: R[%[2]d] }", m, n)
	s.line("arrow encode: Plain -> Code given Into = std.affine\narrow decode: Code -> Plain given Back = std.affine_transposed")
	s.line("arrow rebuild(x: Plain) -> Plain given (tied: Tied, up: R[%d], down: R[%d]) {", n, m)
	s.line("    decode(encode(x given { weight: tied, bias: down }) given { weight: tied, bias: up })\n}")
	s.line("arrow apart: Plain * Plain -> Loss = std.squared_distance")
	s.line("arrow lost = (rebuild, id) >> apart\narrow steep = grad lost")
	from := pick(s, s.objects).name
	s.line("arrow wires(start: %s, spare: %s) -> %s {", from, from, "WIRES")
	at, name := []string{from}, "start"
	for i := range 3 {
		a := s.from(at)
		if a == nil || len(a.cod) != 1 {
			break
		}
		s.line("    wire%d = %s(%s)", i, strings.Trim(s.use(a).text, ""), name)
		at, name = a.cod, fmt.Sprintf("wire%d", i)
	}
	s.line("    (%s, spare, %s)\n}", name, name)
	text := strings.Replace(s.text.String(), "WIRES", product([]string{at[0], from, at[0]}), 1)
	s.text.Reset()
	s.text.WriteString(text)
}
