package golang

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// dataFile holds data and training declarations.
func (e *emitter) dataFile() *file {
	f := e.newFile("data_gen.go")
	specs := map[*category.Data]string{}
	for _, d := range e.c.Data {
		specs[d] = e.names.claim(unexported(d.Name)+"Spec", "Of")
		f.add(e.dataSpec(d, specs[d]))
	}
	f.add(e.classNames()...)
	for _, t := range e.c.Trains {
		f.add(e.training(t, specs[t.On])...)
	}
	return f
}

// dataSpec prints a data declaration as runtime/data reads it.
func (e *emitter) dataSpec(d *category.Data, id string) *jen.Statement {
	columns := make([]jen.Code, len(d.Columns))
	for i, c := range d.Columns {
		columns[i] = e.dataColumn(d, c)
	}
	entries := []jen.Code{
		entry("Name", jen.Lit(d.Name)),
		entry("Format", jen.Lit(d.Format)),
		entry("Path", jen.Lit(d.Path)),
	}
	if d.Header != "" {
		entries = append(entries, entry("Header", data("Header"+exported(d.Header))))
	}
	if t := d.Text; t != nil {
		if t.Alphabet != "" {
			entries = append(entries, entry("Alphabet", jen.Lit(t.Alphabet)))
		}
		if t.Other != "" {
			entries = append(entries, entry("Other", jen.Lit(t.Other)))
		}
		if t.Rows != "" {
			entries = append(entries, entry("Rows", data("Rows"+exported(t.Rows))))
		} else {
			entries = append(entries, entry("Stride", jen.Lit(t.Stride)))
		}
	}
	entries = append(entries, entry("Split", jen.Index(jen.Lit(2)).Int().Values(jen.Lit(d.Split[0]), jen.Lit(d.Split[1]))))
	if d.TestPart > 0 {
		entries = append(entries, entry("TestPart", jen.Lit(d.TestPart)))
	}
	if d.Stratify != nil {
		entries = append(entries, entry("Stratify", jen.Lit(e.text(d.Stratify))))
	}
	entries = append(entries,
		entry("Columns", jen.Index().Add(data("Column")).Add(inLines(columns...))),
	)
	s := jen.Null()
	for _, l := range docLines(id+" is the data declaration "+d.Name+" ("+cite(d.Span)+").", d.Doc) {
		s = s.Add(l).Line()
	}
	return s.Var().Id(id).Op("=").Add(data("Spec")).Add(inLines(entries...))
}

func (e *emitter) dataColumn(d *category.Data, c category.Column) *jen.Statement {
	leaf := category.Leaf{}
	if leaves := columnOf(c.Object).Leaves(); len(leaves) > 0 {
		leaf = leaves[0]
	}
	if d.InLists() && d.Text.Length > 0 {
		leaf.Dims = []int{d.Text.Length}
	}
	if s := c.Object.RefinedSet(); s != nil {
		leaf.Set = s
	}
	fields := []jen.Code{entry("Object", jen.Lit(e.text(c.Object)))}
	if leaf.Kind != category.Real {
		fields = append(fields, entry("Kind", data(valuesField(leaf.Kind))))
	}
	fields = append(fields, place(c, leaf)...)
	if c.Scale != 0 {
		fields = append(fields, entry("Scale", number(c.Scale)))
	}
	if c.Fitted() {
		fields = append(fields, entry("Standardize", jen.True()))
	}
	if c.Range != [2]float64{} {
		fields = append(fields, entry("Range", jen.Index(jen.Lit(2)).Float64().Values(number(c.Range[0]), number(c.Range[1]))))
	}
	if leaf.Kind == category.Fin {
		fields = append(fields, entry("N", jen.Lit(leaf.N)))
	}
	if leaf.Kind == category.Real && leaf.Set != nil {
		fields = append(fields, entry("Set", set(leaf.Set, leaf.Dims)))
	}
	if len(c.Classes) > 0 {
		fields = append(fields, entry("Classes", jen.Index().String().Values(lits(c.Classes)...)))
		if c.OneHot {
			fields = append(fields, entry("OneHot", jen.True()))
		}
	}
	return jen.Values(fields...)
}

// place says where in the data the factor of a row lies.
func place(c category.Column, leaf category.Leaf) []jen.Code {
	if c.First > 0 {
		return []jen.Code{entry("First", jen.Lit(c.First)), entry("Last", jen.Lit(c.Last))}
	}
	var fields []jen.Code
	if len(c.Names) > 0 {
		names := make([]jen.Code, len(c.Names))
		for i, n := range c.Names {
			names[i] = jen.Values(entry("From", jen.Lit(n.From)), entry("To", jen.Lit(n.To)))
		}
		fields = append(fields, entry("Names", jen.Index().Add(data("NameRange")).Values(names...)))
	}
	if c.File != "" {
		fields = append(fields, entry("File", jen.Lit(c.File)))
	}
	if c.Test != "" {
		fields = append(fields, entry("Test", jen.Lit(c.Test)))
	}
	dims := leaf.Dims
	if len(c.Names) > 0 {
		dims = nil // the columns of all parts of the object
		if n := columnsOf(c.Object); n > 1 {
			dims = []int{n}
		}
	}
	if len(dims) > 0 {
		fields = append(fields, entry("Shape", jen.Index().Int().Values(lits(dims)...)))
	}
	return fields
}

// training prints what the engine needs of a training declaration.
func (e *emitter) training(t *category.Train, spec string) []jen.Code {
	b := &trainBench{e: e, t: t, endo: t.Step}
	for _, x := range e.trainers {
		if x.endo == t.Step {
			b.trainer = x
		}
	}
	b.typ = e.names.claim(unexported(t.Name)+"Instance", "Of")
	b.plans()
	program := b.program(spec)
	e.benches = append(e.benches, b)
	out := append(b.model(spec), program, b.instance(), b.init(), b.tensors(), b.changed(), b.settings(), b.step(), b.refresh(), b.loss(), b.read())
	out = append(out, b.samplers(spec)...)
	return out
}

// trainBench prints one training declaration.
type trainBench struct {
	e    *emitter
	t    *category.Train
	endo *category.Arrow
	typ  string // of the instance
	// names of the generated function and type
	programName, modelType string
	trainer                *trainer
	measure                *boundPlan
	readings               []*reading
	metrics                []int // reading of each metric
	locals                 []*boundPlan
}

// reading is one pair of prediction and target that metrics read.
type reading struct {
	plan   *boundPlan
	pred   *category.Type
	target factorOrOut
	name   string // of the field that holds the predictions
	data   []int  // data factors in the order of the plan's inputs
}

// factorOrOut says where the targets come from: a factor of the row, or a
// second output of the plan.
type factorOrOut struct {
	factor int // or one of the following
	typ    *category.Type
}

const (
	anOutput = -1
	none     = -2 // an arrow's own results are read against nothing
)

// ownMetric is the diagram of an arrow whose results are averaged: its own
// where it takes a row, else behind what enters the loss's last arrow.
func (b *trainBench) ownMetric(m *category.Metric) *category.Diagram {
	if m.OfRow {
		return b.e.drawn(m.Own)
	}
	d := *b.t.Predict
	d.Wires = slices.Clone(d.Wires)
	out := d.AddWire(m.Own.Cod, "", m.Span)
	d.Nodes = append(slices.Clone(d.Nodes), &category.Node{
		Op: &category.Call{Arrow: m.Own}, In: d.Outs, Given: category.NoWire, Out: []category.WireID{out}, Span: m.Span,
	})
	d.Outs = []category.WireID{out}
	return &d
}

func (b *trainBench) planOf(name, does string, d *category.Diagram) *boundPlan {
	p, err := plan.NewForward(b.e.c, name, d, plan.Stored)
	if err != nil {
		b.e.fail(fmt.Errorf("train %s: %w", b.t.Name, err))
		p = &plan.Plan{Result: plan.NoValue}
	}
	out := b.e.boundFor(name+"Plan", does, p)
	b.locals = append(b.locals, out)
	return out
}

// plans makes the plan of the loss and of what each metric reads.
func (b *trainBench) plans() {
	name := unexported(b.t.Name)
	b.measure = b.planOf(name+"Measure", "computes the loss of n examples.", b.t.Measure)
	type read struct{ of, own *category.Arrow }
	index := map[read]int{}
	for i := range b.t.Metrics {
		m := &b.t.Metrics[i]
		k, ok := index[read{m.Of, m.Own}]
		if !ok {
			k = len(b.readings)
			index[read{m.Of, m.Own}] = k
			b.readings = append(b.readings, b.reading(m, k))
		}
		b.metrics = append(b.metrics, k)
	}
}

func (b *trainBench) reading(m *category.Metric, k int) *reading {
	of := m.Of
	name := unexported(b.t.Name) + "Predict"
	if k > 0 {
		name = fmt.Sprint(name, k+1)
	}
	d := b.t.Predict
	r := &reading{name: "prediction"}
	if k > 0 {
		r.name = fmt.Sprint("prediction", k+1)
	}
	if of != nil {
		d = b.e.drawn(of)
		r.data, r.target = b.match(of)
	} else {
		for i := range d.Ins {
			r.data = append(r.data, i)
		}
		r.target = b.lastWire(d)
	}
	if m.Own != nil {
		d = b.ownMetric(m)
		r.data = r.data[:0]
		for i := range d.Ins {
			r.data = append(r.data, i)
		}
		r.target = factorOrOut{factor: none}
	}
	single := *d
	single.Outs = d.Outs[:1]
	if r.target.factor == anOutput {
		single.Outs = d.Outs[:min(2, len(d.Outs))]
	}
	r.pred = d.TypeOf(d.Outs[0])
	r.plan = b.planOf(name, "computes what metrics read of n examples.", &single)
	return r
}

// lastWire finds the target among the wires that enter the measured diagram's
// last arrow: usually a factor of the row itself.
func (b *trainBench) lastWire(d *category.Diagram) factorOrOut {
	if len(d.Outs) < 2 {
		return factorOrOut{factor: len(d.Ins) - 1, typ: d.TypeOf(d.Ins[len(d.Ins)-1])}
	}
	for i, w := range d.Ins {
		if w == d.Outs[1] {
			return factorOrOut{factor: i, typ: d.TypeOf(w)}
		}
	}
	return factorOrOut{factor: anOutput, typ: d.TypeOf(d.Outs[1])}
}

// match gives an arrow its inputs from the row. The checker requires that it
// takes the row without its last factor, which is the target.
func (b *trainBench) match(of *category.Arrow) ([]int, factorOrOut) {
	row := b.t.On.Type.Factors()
	ins := make([]int, len(of.Dom.Factors()))
	for i := range ins {
		ins[i] = i
	}
	return ins, factorOrOut{factor: len(ins), typ: row[len(ins)]}
}

// digest changes when a saved model no longer fits: the step, the slots of
// its state, or the data.
func (b *trainBench) digest() string {
	h := sha256.New()
	fmt.Fprintln(h, strings.Join(strings.Fields(b.endo.Decl.Text()), " "))
	for _, l := range b.endo.State.Leaves() {
		fmt.Fprintln(h, dotted(l.Path), l.Kind, l.Dims)
	}
	fmt.Fprintln(h, b.e.text(b.t.On.Type), b.t.On.Split)
	if on := b.t.On; on.TestPart > 0 || on.Stratify != nil {
		by := ""
		if on.Stratify != nil {
			by = b.e.text(on.Stratify)
		}
		fmt.Fprintln(h, "parts", on.TestPart, by)
	}
	if t := b.t.On.Text; t != nil {
		fmt.Fprintf(h, "%q %q %d\n", t.Alphabet, t.Other, t.Stride)
		if t.Rows != "" || t.Length > 0 {
			fmt.Fprintln(h, t.Rows, t.Length)
		}
	}
	for _, c := range b.t.On.Columns {
		fmt.Fprintln(h, b.e.text(c.Object), c.First, c.Last, c.Scale, c.Standardized)
		if c.File != "" {
			fmt.Fprintln(h, c.File, c.Test)
		}
		if c.Range != [2]float64{} {
			fmt.Fprintln(h, c.Range)
		}
		if len(c.Names) > 0 || len(c.Classes) > 0 {
			fmt.Fprintf(h, "%q %q\n", c.Names, c.Classes)
			if c.OneHot {
				fmt.Fprintln(h, "one_hot")
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
