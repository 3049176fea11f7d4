package eval

import (
	"fmt"
	"sync"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Interp interprets the diagrams of one category. It is safe for concurrent
// use.
type Interp struct {
	cat      *category.Category
	programs sync.Map // programKey -> *program
	narrow   bool     // rounds to float32
	measured sync.Map // measuredKey -> *category.Prim
	// Training says that diagrams are part of training: what draws random
	// numbers does. Gradients and endos are in any case.
	Training bool
	// Example is the number of the example at hand in its batch, by which
	// random numbers differ.
	Example int
}

type programKey struct {
	prim *category.Prim
	leaf int
}

// New returns an interpreter for the diagrams of c.
func New(c *category.Category) *Interp { return &Interp{cat: c} }

// HandWritten is the error of a diagram that needs an arrow written in Go.
type HandWritten struct{ Arrow *category.Arrow }

func (e *HandWritten) Error() string {
	return fmt.Sprintf("`%s` is written by hand in Go, which the interpreter does not run", e.Arrow.Name)
}

// fault is an error of evaluation at a place of the spec.
type fault struct {
	span diag.Span
	text string
}

func (f *fault) Error() string {
	if f.span.Known() {
		return f.span.Line() + ": " + f.text
	}
	return f.text
}

// Run computes d on one value per factor of its domain. Given is the
// parameter object, or the current state where d belongs to an endo; it is
// not read where d has neither. Settings are the values of d's open settings.
// The result has one value per factor of the codomain.
func (it *Interp) Run(d *category.Diagram, in []Value, given Value, settings []float64) (out []Value, err error) {
	outs, err := it.RunBatch(d, [][]Value{in}, given, settings)
	return outs[0], err
}

// Reverse computes d and its reverse derivative at the same place: for the
// cotangents cot of its outputs (one per factor, of the outputs' own shape)
// the cotangents of the inputs and of the parameters. Those of index-like
// inputs are zero; index-like parts of the parameters are left out, as in
// `tangent P`.
func (it *Interp) Reverse(d *category.Diagram, in []Value, given Value, settings []float64, cot []Value) (out, din []Value, dgiven Value, err error) {
	return it.member(newBatch(1), 0).reverse(d, in, given, settings, cot)
}

func (it *evaluation) reverse(d *category.Diagram, in []Value, given Value, settings []float64, cot []Value) (out, din []Value, dgiven Value, err error) {
	active := make([]bool, len(d.Ins))
	for i := range active {
		active[i] = true
	}
	f, err := it.forward(d, in, given, settings, active, true)
	if err != nil {
		return nil, nil, Value{}, err
	}
	b := f.seed(cot)
	if err := b.run(); err != nil {
		return nil, nil, Value{}, err
	}
	for _, w := range d.Ins {
		din = append(din, b.full(w))
	}
	if w := f.param(); w != category.NoWire {
		dgiven = tangentOf(b.full(w), d.TypeOf(w))
	}
	return f.outs(), din, dgiven, nil
}

// frame is one run of a diagram: the value of every wire, the frames of
// nested diagrams, and which wires depend on what is differentiated.
type frame struct {
	it     *Interp
	d      *category.Diagram
	env    []Value
	active []bool
	track  bool // a reverse pass may follow
	nested map[*category.Node][]*frame
	runs   map[*category.Node]*applied
	decays map[string]float64 // of a parameter leaf by its path

	training bool
	example  int // the number of the example, what map goes over included
	batch    *batch
	member   int                    // of the batch
	moved    map[*float64][]float64 // what a step moves on, by the first number of what it was
}

func (f *frame) outs() []Value {
	out := make([]Value, len(f.d.Outs))
	for i, w := range f.d.Outs {
		out[i] = f.env[w]
	}
	return out
}

// param is the wire of the parameters, or of the state of an endo.
func (f *frame) param() category.WireID {
	if f.d.State != category.NoWire {
		return f.d.State
	}
	return f.d.Given
}

// forward runs d from the outermost level.
func (it *evaluation) forward(d *category.Diagram, in []Value, given Value, settings []float64, active []bool, givenActive bool) (*frame, error) {
	f := &frame{it: it.Interp, decays: decaysOf(d), training: it.Training || d.State != category.NoWire, example: it.Example + it.k,
		batch: it.batch, member: it.k, moved: map[*float64][]float64{}}
	return f.enter(d, in, given, settings, active, givenActive, active != nil || givenActive)
}

// enter runs d one level below f.
func (f *frame) enter(d *category.Diagram, in []Value, given Value, settings []float64, active []bool, givenActive, track bool) (*frame, error) {
	g := &frame{it: f.it, d: d, env: make([]Value, len(d.Wires)), active: make([]bool, len(d.Wires)), track: track, decays: f.decays, training: f.training, example: f.example,
		batch: f.batch, member: f.member, moved: f.moved}
	if track {
		g.nested, g.runs = map[*category.Node][]*frame{}, map[*category.Node]*applied{}
	}
	if len(in) != len(d.Ins) {
		return nil, &fault{text: fmt.Sprintf("%d values for %d inputs", len(in), len(d.Ins))}
	}
	for i, w := range d.Ins {
		g.env[w] = in[i]
		g.active[w] = active != nil && active[i] && !d.TypeOf(w).IndexLike()
	}
	for _, w := range []category.WireID{d.Given, d.State} {
		if w != category.NoWire {
			g.env[w] = given
			g.active[w] = givenActive
		}
	}
	if len(settings) != len(d.Settings) {
		return nil, &fault{text: fmt.Sprintf("%d values for %d settings", len(settings), len(d.Settings))}
	}
	for i, w := range d.Settings {
		g.env[w] = Scalar(settings[i])
	}
	for _, n := range d.Nodes {
		if err := g.step(n); err != nil {
			return nil, err
		}
	}
	return g, nil
}

func (f *frame) values(ws []category.WireID) []Value {
	out := make([]Value, len(ws))
	for i, w := range ws {
		out[i] = f.env[w]
	}
	return out
}

func (f *frame) given(n *category.Node) Value {
	if n.Given == category.NoWire {
		return Value{}
	}
	return f.env[n.Given]
}

func (f *frame) settings(n *category.Node) []float64 {
	out := make([]float64, len(n.Settings))
	for i, w := range n.Settings {
		out[i] = f.env[w].Number()
	}
	return out
}

// actives says which inputs of n depend on what is differentiated, and
// whether its parameters do.
func (f *frame) actives(n *category.Node) (ins []bool, given, any bool) {
	ins = make([]bool, len(n.In))
	for i, w := range n.In {
		ins[i] = f.active[w]
		any = any || ins[i]
	}
	given = n.Given != category.NoWire && f.active[n.Given]
	return ins, given, any || given
}

// step runs one node.
func (f *frame) step(n *category.Node) error {
	ins, given, any := f.actives(n)
	if n.Mode == category.Training && !f.training && n.Predicts != nil {
		return f.step(n.Predicts)
	}
	if n.Mode == category.Training && !f.training {
		for i, w := range n.Out {
			f.env[w], f.active[w] = f.env[n.In[i]], f.active[n.In[i]]
		}
		return nil
	}
	track := f.track && any
	var out []Value
	var err error
	switch op := n.Op.(type) {
	case *category.Call:
		if op.Arrow.Diagram == nil {
			return &HandWritten{op.Arrow}
		}
		var g *frame
		if g, err = f.enter(op.Arrow.Diagram, f.values(n.In), f.given(n), f.settings(n), ins, given, track); err == nil {
			f.nest(n, track, g)
			out = g.outs()
		}
	case *category.Apply:
		out, err = f.apply(n, op.Prim, track)
	case *category.Project:
		v := f.env[n.In[0]]
		if op.Index >= len(v.Parts) {
			return &fault{n.Span, "a projection out of range"}
		}
		out = []Value{v.Parts[op.Index]}
		if len(n.Out) != 1 {
			out = v.Parts[op.Index].Parts
		}
	case *category.Pack:
		out = []Value{pack(op.Type, f.values(n.In))}
	case *category.Constant:
		v := Zero(f.d.TypeOf(n.Out[0]))
		for i := range v.Data {
			v.Data[i] = op.Value
		}
		out = []Value{v}
	case *category.Map:
		out, err = f.mapped(n, op, ins, given, track)
	case *category.Repeat:
		out, err = f.repeated(n, op, ins, given, track)
	case *category.Grad:
		out, err = f.grad(n, op)
	default:
		return &fault{n.Span, "an operation that the interpreter does not know"}
	}
	if err != nil {
		return err
	}
	for i, w := range n.Out {
		f.env[w] = out[i]
		f.active[w] = any && !f.d.TypeOf(w).IndexLike()
	}
	return nil
}

func (f *frame) nest(n *category.Node, track bool, g *frame) {
	if track {
		f.nested[n] = append(f.nested[n], g)
	}
}

// pack builds a record or power from the factors of its components.
func pack(t *category.Type, in []Value) Value {
	v := Value{Form: Parts}
	for _, p := range components(t) {
		k := len(p.Factors())
		v.Parts = append(v.Parts, join(in[:k], p))
		in = in[k:]
	}
	return v
}

// components lists the types that a record, product or power is made of.
func components(t *category.Type) []*category.Type {
	c := t.Carrier()
	var out []*category.Type
	switch c.Kind {
	case category.Record:
		for _, f := range c.Fields {
			out = append(out, f.Type)
		}
	case category.Product:
		out = c.Items
	case category.Power:
		for range c.N {
			out = append(out, c.Elem)
		}
	}
	return out
}

// mapped runs Body on each element of the powers, lists or options that come
// in.
func (f *frame) mapped(n *category.Node, op *category.Map, ins []bool, given, track bool) ([]Value, error) {
	in := f.values(n.In)
	count := op.N
	if len(in) > 0 {
		count = len(in[0].Parts)
	}
	out := make([]Value, len(n.Out))
	for i := range out {
		out[i].Form = Parts
		if len(in) > 0 && in[0].Form == Nothing {
			out[i].Form = Nothing
		}
	}
	act := spread(ins, len(n.In), len(op.Body.Ins))
	for i := range count {
		each := *f
		each.example = f.example*count + i
		g, err := each.enter(op.Body, elements(in, i, len(op.Body.Ins)), f.given(n), f.settings(n), act, given, track)
		if err != nil {
			return nil, err
		}
		f.nest(n, track, g)
		res := g.outs()
		if len(out) == 1 && len(res) != 1 {
			res = []Value{Tuple(res...)}
		}
		for j := range out {
			out[j].Parts = append(out[j].Parts, res[j])
		}
	}
	return out, nil
}

// elements takes the i-th element of each power; the elements of one power of
// a product are split into the body's inputs.
func elements(in []Value, i, want int) []Value {
	if len(in) == 1 && want != 1 {
		return in[0].Parts[i].Parts
	}
	out := make([]Value, len(in))
	for j := range in {
		out[j] = in[j].Parts[i]
	}
	return out
}

func spread(ins []bool, have, want int) []bool {
	if have == 1 && want != 1 {
		out := make([]bool, want)
		for i := range out {
			out[i] = ins[0]
		}
		return out
	}
	return ins
}

// repeated runs Body in sequence, the i-th time with the i-th parameters or
// with those of all, and on the i-th element of what it folds.
func (f *frame) repeated(n *category.Node, op *category.Repeat, ins []bool, given, track bool) ([]Value, error) {
	cur, p := f.values(n.In), f.given(n)
	act := append([]bool(nil), ins...)
	count, folded := op.N, (*Value)(nil)
	if op.Over != category.Real {
		last := len(cur) - 1
		folded, cur = &cur[last], cur[:last:last]
		count = len(folded.Parts)
	}
	for i := range count {
		own := p
		if n.Given != category.NoWire && !op.Shared {
			own = p.Parts[i]
		}
		in, reads := cur, act
		if folded != nil {
			carried := len(cur)
			in = append(in, elements([]Value{*folded}, i, len(op.Body.Ins)-carried)...)
			reads = append(act[:carried:carried], spread(ins[carried:], 1, len(op.Body.Ins)-carried)...)
		}
		g, err := f.enter(op.Body, in, own, f.settings(n), reads, given, track)
		if err != nil {
			return nil, err
		}
		f.nest(n, track, g)
		cur = g.outs()
		for j, w := range op.Body.Outs {
			act[j] = act[j] || g.active[w]
		}
	}
	return cur, nil
}

// grad runs Body forward and in reverse.
func (f *frame) grad(n *category.Node, op *category.Grad) ([]Value, error) {
	learning := *f
	learning.training = true
	g, err := learning.enter(op.Body, f.values(n.In), f.given(n), f.settings(n), nil, true, true)
	if err != nil {
		return nil, err
	}
	b := g.seed([]Value{{Data: []float64{1}}})
	if err := b.run(); err != nil {
		return nil, err
	}
	w := op.Body.Given
	mean, err := f.averaged(tangentOf(b.full(w), op.Body.TypeOf(w)))
	if err != nil {
		return nil, err
	}
	out := []Value{mean}
	if len(n.Out) > 1 {
		out = append(out, g.outs()[0])
	}
	return out, nil
}
