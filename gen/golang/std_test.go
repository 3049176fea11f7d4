package golang_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
)

// shapes are what the variables of a scheme are tried at: extents by dimension
// and axes by segment.
type shapes struct {
	dim   func(name string) int
	axes  func(name string) []int
	count int // of settings that are dimensions and may be 1: heads
}

func stdShapes() []shapes {
	list := []shapes{
		{func(string) int { return 1 }, func(string) []int { return nil }, 1},
		{func(n string) int { return 2 + int(n[0])%3 }, func(n string) []int { return []int{2 + int(n[0])%2} }, 2},
		{func(string) int { return 5 }, func(n string) []int {
			if n == "t" {
				return nil
			}
			return []int{2, 3}
		}, 1},
	}
	if os.Getenv("CTGEN_FULL") != "" {
		list = append(list,
			shapes{func(n string) int { return 3 + int(n[0])%4 }, func(n string) []int { return []int{2, 3 - int(n[0])%2} }, 3},
			shapes{func(string) int { return 33 }, func(string) []int { return []int{1} }, 3},
			shapes{func(n string) int { return 16 + int(n[0])%3 }, func(n string) []int {
				if n == "t" {
					return []int{9}
				}
				return []int{4, 1, 8}
			}, 4},
		)
	}
	return list
}

// wholes lists the standard arrows over whole objects, each with arrows that
// use it on NAME_LAYER, { weight: R[2, 3], bias: R[2] }, whose measure is
// NAME_measure: R[3] * R[2] -> R.
var wholes = map[string]string{
	"add": `
arrow add_own = (add_front, add_front as other) >> std.add
arrow add_sum = (add_front as one) + (add_front as two)
arrow add_total: add_X * add_T -> add_L given add_Both = add_sum * id >> add_loss
arrow add_slope = grad add_total`,
	"clip": `
arrow clip_slope = grad clip_measure >> clip(at: 0.1)
endo clip_step on clip_Layer = clip_slope >> sgd(rate: 0.3)
endo clip_open on clip_Layer given clip_Rate = grad clip_measure >> clip >> sgd(rate: 0.3)`,
	"clip_norm": `
object clip_norm_Far = R[4]
object clip_norm_Near = R
object clip_norm_Weights = { weight: R[4, 2], bias: R[4] }
object clip_norm_Last = { weight: R[4], bias: R }
arrow clip_norm_back: clip_norm_Y -> clip_norm_Far given clip_norm_Weights = std.affine
arrow clip_norm_end: clip_norm_Far -> clip_norm_Near given clip_norm_Last = std.affine
arrow clip_norm_error: clip_norm_Near * clip_norm_Near -> clip_norm_L = std.squared_error
arrow clip_norm_deep: clip_norm_X * clip_norm_Near -> clip_norm_L given clip_norm_Net = (clip_norm_front >> clip_norm_back >> clip_norm_end) * id >> clip_norm_error
arrow clip_norm_slope = grad clip_norm_deep >> clip_norm(at: 0.1)
endo clip_norm_step on Adam[clip_norm_Net] = grad clip_norm_deep >> clip_norm(at: 0.1) >> adam(rate: 0.03, epsilon: 1e-3)
endo clip_norm_open on clip_norm_Net given clip_norm_Rate = grad clip_norm_deep >> clip_norm >> sgd(rate: 0.3)`,
	"sgd": `
endo sgd_step on sgd_Layer = grad sgd_measure >> sgd(rate: 0.3, l2: 0.2)
endo sgd_open on sgd_Layer given sgd_Rate = grad sgd_measure >> sgd`,
	"momentum": `
endo momentum_step on Momentum[momentum_Layer] = grad momentum_measure >> momentum(rate: 0.3, momentum: 0.8, l2: 0.2)
endo momentum_open on Momentum[momentum_Layer] given momentum_Rate = grad momentum_measure >> momentum`,
	"nesterov": `
endo nesterov_step on Momentum[nesterov_Layer] = grad nesterov_measure >> nesterov(rate: 0.3, momentum: 0.8, l2: 0.2)
endo nesterov_open on Momentum[nesterov_Layer] given nesterov_Rate = grad nesterov_measure >> nesterov`,
	"rmsprop": `
endo rmsprop_step on RMSProp[rmsprop_Layer] = grad rmsprop_measure >> rmsprop(rate: 0.03, alpha: 0.8, epsilon: 1e-3, l2: 0.2)
endo rmsprop_open on RMSProp[rmsprop_Layer] given rmsprop_Rate = grad rmsprop_measure >> rmsprop(epsilon: 1e-3)`,
	"adagrad": `
endo adagrad_step on Adagrad[adagrad_Layer] = grad adagrad_measure >> adagrad(rate: 0.03, epsilon: 1e-3, l2: 0.2)
endo adagrad_open on Adagrad[adagrad_Layer] given adagrad_Rate = grad adagrad_measure >> adagrad(epsilon: 1e-3)`,
	"adam": `
endo adam_step on Adam[adam_Layer] = grad adam_measure >> adam(rate: 0.03, beta1: 0.8, beta2: 0.99, epsilon: 1e-3)
endo adam_open on Adam[adam_Layer] given adam_Rate = grad adam_measure >> adam`,
	"adamw": `
endo adamw_step on AdamW[adamw_Layer] = grad adamw_measure >> adamw(rate: 0.03, beta1: 0.8, beta2: 0.99, epsilon: 1e-3, decay: 0.2)
endo adamw_open on AdamW[adamw_Layer] given adamw_Rate = grad adamw_measure >> adamw`,
}

// wholePrelude is what the texts of wholes build on.
const wholePrelude = `
object NAME_X = R[3]
object NAME_Y = R[2]
object NAME_T = R[2]
object NAME_L = R in [0, inf)
object NAME_Rate = R in (0, inf)
object NAME_Layer = { weight: R[2, 3], bias: R[2] }
arrow NAME_front: NAME_X -> NAME_Y given NAME_Layer = std.affine
arrow NAME_loss: NAME_Y * NAME_T -> NAME_L = std.squared_distance
arrow NAME_measure = NAME_front * id >> NAME_loss
`

// TestStandardArrowsCompiled compiles every standard arrow at several shapes,
// by itself and below a gradient, and holds it against the interpreter. The
// shapes are packages of their own, which compile beside each other. Checked
// arrows are most of the code and do not depend on extents: two of the shapes have
// them, one in the short form, which leaves inputs that are parameters to it as well.
func TestStandardArrowsCompiled(t *testing.T) {
	t.Parallel()
	prims, _ := check.Std()
	require.NotEmpty(t, prims)
	full := os.Getenv("CTGEN_FULL") != ""
	sources := map[string]source{}
	for i, s := range stdShapes() {
		over, pkg := stdSpec{}, fmt.Sprintf("over_carriers%d", i)
		over.line("category %s", pkg)
		for _, name := range slices.Sorted(maps.Keys(prims)) {
			if d := prims[name]; d.Type == "" && !d.OverLists() { // lists.cat has those
				over.instance(t, d, fmt.Sprintf("%s%d", strings.ReplaceAll(name, "_", ""), i), s, i == 1 || full)
			}
		}
		sources[pkg] = source{text: over.String(), quick: i != 1 && i != 5}
	}
	whole := stdSpec{}
	whole.WriteString("category over_objects\n")
	for _, name := range slices.Sorted(maps.Keys(prims)) {
		if prims[name].Type == "" || prims[name].Moves() {
			continue
		}
		text, ok := wholes[name]
		require.True(t, ok, "std.%s is an arrow over objects that no test compiles: add it to wholes", name)
		p := strings.ReplaceAll(name, "_", "")
		whole.WriteString(strings.ReplaceAll(strings.ReplaceAll(wholePrelude, "NAME", name)+text+"\n", name+"_", p))
	}
	sources["over_objects"] = source{text: whole.String()}
	draws := 3
	if full {
		draws = 5
	}
	p := compile(t, full, sources)
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		p.requireAgreement(t, name, draws)
	}
}

// stdSpec is a spec under construction.
type stdSpec struct{ strings.Builder }

func (s *stdSpec) line(format string, args ...any) { fmt.Fprintf(s, format+"\n", args...) }

// manyDims is from how many dimensions on all of them stay small.
const manyDims = 7

// instance declares d at the given shapes: the arrow itself, and gradients of
// composites in which each of its inputs comes from an affine map, once
// directly and once through a primitive that no rewrite knows, and where held,
// in which they are parameters, so that nothing else reads what the arrow reads.
func (s *stdSpec) instance(t *testing.T, d *category.PrimDecl, id string, at shapes, held bool) {
	p := &category.Prim{Decl: d, Dims: map[string]int{}, Segs: map[string][]int{}}
	most := 1 << 20
	if len(d.Dims) >= manyDims { // the interpreter's work is their product
		most = 4
	}
	for _, v := range d.Dims {
		if d.Segments[v] {
			p.Segs[v] = at.axes(v)[:min(len(at.axes(v)), most/2)]
		} else {
			p.Dims[v] = min(at.dim(v), most+int(v[0])%3)
		}
	}
	for _, set := range d.Settings {
		if set.Dim {
			p.Dims[set.Name] = set.Least() + at.count - 1
		}
	}
	p.Complete()
	require.Len(t, d.Outs, 1, "std.%s has several outputs", d.Name)
	out := p.PortShape(d.Outs[0])
	s.lifted(p, id, at.count, len(d.Given) > 0 || len(out) > 1)
	if len(d.Reverse) == 0 {
		counts := !slices.ContainsFunc(d.Ins, func(q category.Port) bool { return q.Kind == category.Real }) // nothing to differentiate by
		require.True(t, counts || d.Outs[0].Kind != category.Real, "std.%s has no reverse lines", d.Name)
		return
	}
	cod, target := "Out"+id, ""
	if len(out) > 0 {
		cod, target = "Loss"+id, "Target"+id
		s.line("object %s = R\nobject %s = %s", cod, target, realText(out, nil))
		s.line("arrow end%s: Out%s * %s -> %s = std.squared_distance", id, id, target, cod)
	}
	for _, mode := range []string{"a", "b"} {
		s.gradient(p, id, mode, cod, target)
	}
	if held {
		s.held(p, id, cod, target)
	}
}

// lifted declares d between objects of its own.
func (s *stdSpec) lifted(p *category.Prim, id string, count int, own bool) {
	d := p.Decl
	var dom []string
	for i, q := range d.Ins {
		dom = append(dom, fmt.Sprintf("In%d%s", i, id))
		s.line("object %s = %s", dom[i], carrierText(p, q))
	}
	s.line("object Out%s = %s", id, carrierText(p, d.Outs[0]))
	given := ""
	if len(d.Given) > 0 {
		var fields []string
		for _, q := range d.Given {
			fields = append(fields, q.Name+": "+carrierText(p, q))
		}
		s.line("object Own%s = { %s }", id, strings.Join(fields, ", "))
		given = " given Own" + id
	}
	s.line("arrow f%s: %s -> Out%s%s = std.%s%s", id, strings.Join(dom, " * "), id, given, d.Name, settingsText(d, count, own))
}

// held declares the composite whose parameters are all that moves, the inputs
// of the arrow included, and its derivative.
func (s *stdSpec) held(p *category.Prim, id, cod, target string) {
	var ins, given, args []string
	for i, q := range p.Decl.Ins {
		arg, port := fmt.Sprintf("x%d", i), fmt.Sprintf("x%d: In%[1]d%s", i, id)
		if args = append(args, arg); q.Kind == category.Real && (q.Set == nil || !q.Set.Finite) {
			given = append(given, port)
		} else {
			ins = append(ins, port)
		}
	}
	with := ""
	if len(p.Decl.Given) > 0 {
		given, with = append(given, "own: Own"+id), " given own"
	}
	term := fmt.Sprintf("f%s(%s%s)", id, strings.Join(args, ", "), with)
	if target != "" {
		ins, term = append(ins, "want: "+target), fmt.Sprintf("end%s(%s, want)", id, term)
	}
	if ins == nil {
		s.line("object Spare%s", id) // a named form has an input
		ins = []string{"spare: Spare" + id}
	}
	s.line("arrow mc%s(%s) -> %s given (%s) {\n    %s\n}", id, strings.Join(ins, ", "), cod, strings.Join(given, ", "), term)
	s.line("arrow gc%s = grad mc%[1]s", id)
}

// gradient declares the composite of mode a (affine maps directly) or b
// (something between) and its derivative.
func (s *stdSpec) gradient(p *category.Prim, id, mode, cod, target string) {
	var dom, terms []string
	slots := 0
	if len(p.Decl.Given) > 0 {
		slots++
	}
	for i, q := range p.Decl.Ins {
		k := fmt.Sprintf("%d%s%s", i, mode, id)
		in := fmt.Sprintf("In%d%s", i, id)
		if q.Kind != category.Real || q.Set != nil && q.Set.Finite {
			dom, terms = append(dom, in), append(terms, "id["+in+"]")
			continue
		}
		shape := p.PortShape(q)
		slots++
		dom, terms = append(dom, "X"+k), append(terms, "(front"+k+" >> bend"+k+")")
		s.line("object X%s = R[2]\nobject Z%s = %s", k, k, realText(shape, nil))
		s.line("object Front%s = { weight: %s, bias: %s }", k, realText(append(shape[:len(shape):len(shape)], 2), nil), realText(shape, nil))
		s.line("arrow front%s: X%s -> Z%s given Front%s = std.affine", k, k, k, k)
		s.line("arrow bend%s: Z%s -> %s%s", k, k, in, bendText(mode, q.Set, len(shape)))
	}
	term := strings.Join(terms, " * ") + " >> f" + id
	if target != "" {
		dom = append(dom, target)
		term = "(" + term + ") * id[" + target + "] >> end" + id
	}
	given := ""
	if slots > 1 {
		given = " given Net" + mode + id
	}
	s.line("arrow m%s%s: %s -> %s%s = %s", mode, id, strings.Join(dom, " * "), cod, given, term)
	s.line("arrow g%s%s = grad m%s%s", mode, id, mode, id)
}

// bendText maps all numbers into set: by a standard arrow in mode a, by
// equations of the spec's own in mode b.
func bendText(mode string, set *category.Set, rank int) string {
	if mode == "a" {
		switch {
		case set == nil:
			return " = std.relabel"
		case set.Simplex:
			return " = std.softmax"
		case set.High == 1:
			return " = std.sigmoid"
		}
		return " = std.exp"
	}
	vars := []string{"a", "b", "c", "d", "e", "f", "g"}[:rank]
	all := ""
	if rank > 0 {
		all = "[" + strings.Join(vars, ", ") + "]"
	}
	lines := func(format string) string { return strings.NewReplacer("@", all).Replace(format) }
	switch {
	case set == nil:
		return lines(" {\n means y@ = x@ + 0.2 * x@ * x@\n keeps x\n reverse dx@ = dy@ * (1 + 0.4 * x@)\n}")
	case set.Simplex:
		k := vars[rank-1]
		rest := ""
		if rank > 1 {
			rest = "[" + strings.Join(vars[:rank-1], ", ") + "]"
		}
		return strings.NewReplacer("@", all, "#", rest, "%", k).Replace(
			" {\n means w@ = exp(0.5 * x@)\n z# = sum %: w@\n y@ = w@ / z#\n keeps y\n reverse s# = sum %: dy@ * y@\n dx@ = 0.5 * y@ * (dy@ - s#)\n}")
	case set.High == 1:
		return lines(" {\n means y@ = 1 / (1 + exp(-0.5 * x@))\n keeps y\n reverse dx@ = 0.5 * dy@ * y@ * (1 - y@)\n}")
	}
	return lines(" {\n means y@ = 0.1 + x@ * x@\n keeps x\n reverse dx@ = 2 * dy@ * x@\n}")
}

// settingsText sets what has no default and, where own, what has one too;
// dimensions to count.
func settingsText(d *category.PrimDecl, count int, own bool) string {
	var list []string
	for _, s := range d.Settings {
		switch {
		case s.Dim:
			list = append(list, fmt.Sprintf("%s: %d", s.Name, s.Least()+count-1))
		case s.Default == nil:
			list = append(list, s.Name+": 0.7")
		case own && s.Set.Contains(*s.Default*2):
			list = append(list, fmt.Sprintf("%s: %g", s.Name, *s.Default*2))
		}
	}
	if list == nil {
		return ""
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// carrierText is the carrier of a port as a spec writes it.
func carrierText(p *category.Prim, q category.Port) string {
	if q.Kind == category.Int {
		return "Int"
	}
	shape := p.PortShape(q)
	if q.Kind == category.Real {
		if q.Running {
			return realText(shape, q.Set) + " running"
		}
		return realText(shape, q.Set)
	}
	text := fmt.Sprintf("Fin[%d]", p.Dims[q.FinSize.Var])
	for i := len(shape) - 1; i >= 0; i-- {
		text = fmt.Sprintf("(%s) ^ %d", text, shape[i])
	}
	return text
}

func realText(shape []int, set *category.Set) string {
	text := "R"
	for i, n := range shape {
		text += [2]string{"[", ", "}[min(i, 1)] + fmt.Sprint(n)
	}
	if len(shape) > 0 {
		text += "]"
	}
	if set != nil {
		text += " in " + set.String()
	}
	return text
}
