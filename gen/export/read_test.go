package export

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func (n *number) UnmarshalJSON(text []byte) error {
	switch string(text) {
	case `"inf"`:
		*n = number(math.Inf(1))
	case `"-inf"`:
		*n = number(math.Inf(-1))
	default:
		return json.Unmarshal(text, (*float64)(n))
	}
	return nil
}

// reader makes a category of an export again. From elsewhere it takes the
// texts of the files, and the primitives, which are scheme and equations and
// not part of a graph.
type reader struct {
	sources    map[string]*diag.Source
	prims      map[string]*category.PrimDecl
	objects    map[string]*category.Object
	arrows     map[string]*category.Arrow
	categories map[string]*category.Category
}

func read(text []byte, sources map[string]*diag.Source, prims map[string]*category.PrimDecl) (*category.Category, error) {
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, err
	}
	r := &reader{sources: sources, prims: prims, objects: map[string]*category.Object{}, arrows: map[string]*category.Arrow{}}
	std, rewrites := check.Std()
	c := &category.Category{Name: d.Category, Doc: doc(d.Doc), Source: sources[d.File], Rewrites: rewrites, Row: std["row_at"]}
	r.categories = map[string]*category.Category{d.Category: c}
	for _, i := range d.Imports {
		from := &category.Category{Name: i.Category, Source: sources[i.File], Imported: true}
		r.categories[i.Category] = from
		c.Imports = append(c.Imports, &category.Import{Name: i.Name, Category: from, Span: r.span(i.At)})
	}
	for _, m := range d.Dims {
		c.Dims = append(c.Dims, &category.Dim{Name: m.Name, Doc: doc(m.Doc), Span: r.span(m.At), Value: m.Value})
	}
	for _, o := range d.Objects {
		r.objects[o.Name] = &category.Object{}
		switch {
		case o.Kind == "state":
			c.States = append(c.States, r.objects[o.Name])
		case o.Category == d.Category:
			c.Objects = append(c.Objects, r.objects[o.Name])
		}
	}
	for _, a := range d.Arrows {
		r.arrows[a.Name] = &category.Arrow{}
		if a.Category == d.Category {
			c.Arrows = append(c.Arrows, r.arrows[a.Name])
		}
	}
	for _, o := range d.Objects {
		out := r.objects[o.Name]
		*out = category.Object{
			Name: bare(o.Name), Category: r.categories[o.Category], Doc: doc(o.Doc), Span: r.span(o.At), Type: r.typ(o.Type), Set: readSet(o.Set),
			Abbreviation: o.Abbreviation, Gathered: o.Kind == "gathered",
			State: o.State, Of: r.typ(o.Of),
		}
		for _, s := range o.Slots {
			out.Labels = append(out.Labels, &category.Slot{Label: s.Label, Type: r.typ(s.Type), Arrow: r.arrows[s.Arrow], Span: r.span(s.At)})
		}
	}
	for _, a := range d.Arrows {
		r.arrow(r.arrows[a.Name], a)
	}
	for _, l := range d.Laws {
		x := &category.Law{Name: l.Name, Doc: doc(l.Doc), Span: r.span(l.At), Left: r.diagram(l.Left.Diagram), Right: r.diagram(l.Right.Diagram), LeftText: l.Left.Text, RightText: l.Right.Text}
		x.Within, x.Exactly = readWithin(l.Within)
		c.Laws = append(c.Laws, x)
	}
	byName := map[string]*category.Data{}
	for _, x := range d.Data {
		out := &category.Data{Name: x.Name, Doc: doc(x.Doc), Span: r.span(x.At), Type: r.typ(x.Type), Format: x.Format, Path: x.Path, Split: x.Split, TestPart: x.TestPart, Stratify: r.typ(x.Stratify), Header: x.Header}
		if x.Text != nil {
			out.Text = &category.TextForm{Alphabet: x.Text.Alphabet, Other: x.Text.Other, Stride: x.Text.Stride, Rows: x.Text.Rows, Length: x.Text.Length}
		}
		for _, col := range x.Columns {
			y := category.Column{Object: r.typ(col.Object), First: col.First, Last: col.Last, Classes: col.Classes, OneHot: col.OneHot, File: col.File, Test: col.Test, Standardized: col.Standardized, Span: r.span(col.At)}
			for _, n := range col.Names {
				y.Names = append(y.Names, category.ColumnNames{From: n.From, To: n.To})
			}
			if col.Range != nil {
				y.Range = [2]float64{float64(col.Range[0]), float64(col.Range[1])}
			}
			if col.Scale != nil {
				y.Scale = float64(*col.Scale)
			}
			out.Columns = append(out.Columns, y)
		}
		byName[x.Name] = out
		c.Data = append(c.Data, out)
	}
	for _, t := range d.Trains {
		out := &category.Train{
			Name: t.Name, Doc: doc(t.Doc), Span: r.span(t.At), Step: r.arrows[t.Step], On: byName[t.On], Batch: t.Batch, Epochs: t.Epochs,
			Measure: r.diagram(t.Measure), Predict: r.diagram(t.Predict),
		}
		out.MicroBatch = t.Micro
		out.Patience, out.Watch, out.Keep = t.Patience, t.Watch, t.Keep
		if t.MinDelta != nil {
			out.MinDelta = float64(*t.MinDelta)
		}
		for _, s := range t.Settings {
			x := category.TrainSetting{Schedule: r.arrows[s.Schedule]}
			if s.Value != nil {
				x.Value = float64(*s.Value)
			}
			out.Settings = append(out.Settings, x)
		}
		for _, m := range t.Metrics {
			out.Metrics = append(out.Metrics, category.Metric{Name: m.Name, K: m.K, Average: m.Avg, Of: r.arrows[m.Of], Own: r.arrows[m.Own], OfRow: m.Row, Span: r.span(m.At)})
		}
		c.Trains = append(c.Trains, out)
	}
	return c, nil
}

func (r *reader) arrow(out *category.Arrow, a arrow) {
	*out = category.Arrow{
		Name: bare(a.Name), Category: r.categories[a.Category], Doc: doc(a.Doc), Span: r.span(a.At), Decl: r.span(a.Declaration), Kind: back(arrowKinds, a.Kind),
		Endo: a.State != nil, State: r.typ(a.State), Dom: r.typ(a.Domain), Cod: r.typ(a.Codomain), Given: r.typ(a.Given),
		Inputs: doc(a.Inputs), Diagram: r.diagram(a.Diagram), Differentiated: a.Differentiated, Partial: a.Partial, Fits: a.Fits,
	}
	for _, s := range a.Settings {
		out.Open = append(out.Open, category.Setting{Name: s.Name, Type: r.typ(s.Type), Span: r.span(s.At)})
	}
	if i := a.Implements; i != nil {
		out.Implements = &category.Implementation{Text: i.Text, Spec: i.Meaning, Span: r.span(i.At)}
		out.Implements.Within, out.Implements.Exactly = readWithin(i.Within)
	}
}

func (r *reader) diagram(d *diagram) *category.Diagram {
	if d == nil {
		return nil
	}
	out := &category.Diagram{
		Ins: readIDs(d.Inputs), Given: readID(d.Given), State: readID(d.State), Settings: readIDs(d.Settings), Outs: readIDs(d.Outputs), Seed: readID(d.Seed),
	}
	for _, w := range d.Wires {
		out.Wires = append(out.Wires, category.Wire{Type: r.typ(w.Type), Name: w.Name, Span: r.span(w.At)})
	}
	for _, n := range d.Nodes {
		x := &category.Node{Op: r.op(n), In: readIDs(n.In), Given: readID(n.Given), Settings: readIDs(n.Settings), Out: readIDs(n.Out), Span: r.span(n.At)}
		if n.Training {
			x.Mode = category.Training
		}
		out.Nodes = append(out.Nodes, x)
	}
	for _, p := range d.Ports {
		out.Ports = append(out.Ports, category.StatePort{Name: p.Name, In: category.WireID(p.In), Out: category.WireID(p.Out)})
	}
	return out
}

func (r *reader) op(n node) category.Op {
	switch n.Op {
	case "call":
		if r.arrows[n.Arrow] == nil {
			panic("no arrow " + n.Arrow)
		}
		return &category.Call{Arrow: r.arrows[n.Arrow]}
	case "apply":
		p := &category.Prim{Decl: r.prims[n.Primitive], Dims: n.Solved.Dims, Segs: n.Solved.Segments, Object: r.typ(n.Solved.Object)}
		if p.Decl == nil {
			panic("no primitive " + n.Primitive)
		}
		for _, s := range n.Solved.Settings {
			if s.Wire != nil {
				p.Settings = append(p.Settings, category.SettingValue{Wire: *s.Wire})
			} else {
				p.Settings = append(p.Settings, category.SettingValue{Const: float64(*s.Value), Wire: -1})
			}
		}
		return &category.Apply{Prim: p}
	case "project":
		return &category.Project{Field: n.Field, Index: *n.Index}
	case "pack":
		return &category.Pack{Type: r.typ(n.Type)}
	case "constant":
		return &category.Constant{Value: float64(*n.Value)}
	case "grad":
		return &category.Grad{Body: r.diagram(n.Body)}
	case "map":
		return &category.Map{Body: r.diagram(n.Body), Over: back(typeKinds, n.Functor), N: *n.Times}
	case "repeat":
		over := map[string]category.Kind{"": category.Real, "power": category.Power, "list": category.List}[n.Folds]
		return &category.Repeat{Body: r.diagram(n.Body), N: *n.Times, Shared: n.Shared, Over: over}
	}
	panic("no operation " + n.Op)
}

func (r *reader) typ(t *typ) *category.Type {
	if t == nil {
		return nil
	}
	out := &category.Type{Kind: back(typeKinds, t.Kind), Dims: t.Shape, Set: readSet(t.Set), Running: t.Running, Elem: r.typ(t.Elem)}
	if t.Size != nil {
		out.N = *t.Size
	}
	if t.Name != "" {
		if out.Object = r.objects[t.Name]; out.Object == nil {
			panic("no object " + t.Name)
		}
	}
	for _, it := range t.Items {
		out.Items = append(out.Items, r.typ(it))
	}
	for _, f := range t.Fields {
		x := category.Field{Name: f.Name, Doc: doc(f.Doc), Type: r.typ(f.Type)}
		if f.Init != nil {
			x.Init = &category.Init{Name: f.Init.Name, Args: floats(f.Init.Args)}
		}
		if f.Decay != nil {
			x.NoDecay = category.Yes
			if *f.Decay {
				x.NoDecay, x.Factor = category.No, 1
			}
			if f.Factor != nil {
				x.Factor = float64(*f.Factor)
			}
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

func (r *reader) span(p *place) diag.Span {
	if p == nil {
		return diag.Span{}
	}
	src := r.sources[p.File]
	if src == nil {
		panic("no file " + p.File)
	}
	return diag.Span{Src: src, Start: offset(src, p.Line, p.Column), End: offset(src, p.EndLine, p.EndColumn)}
}

func offset(src *diag.Source, line, column int) int {
	at := len(src.Text) - len(strings.TrimPrefix(src.Text, "\uFEFF"))
	for ; line > 1; line-- {
		at += strings.IndexByte(src.Text[at:], '\n') + 1
	}
	for ; column > 1; column-- {
		_, n := utf8.DecodeRuneInString(src.Text[at:])
		at += n
	}
	return at
}

func readSet(s *set) *category.Set {
	if s == nil {
		return nil
	}
	switch s.Kind {
	case "simplex":
		return &category.Set{Simplex: true}
	case "finite":
		return &category.Set{Finite: true, Elems: floats(s.Values)}
	}
	return &category.Set{Low: float64(*s.Low), High: float64(*s.High), OpenLow: *s.OpenLow, OpenHigh: *s.OpenHigh}
}

func readWithin(n *number) (within float64, exactly bool) {
	if n == nil {
		return 0, true
	}
	return float64(*n), false
}

func readID(n *int) category.WireID {
	if n == nil {
		return category.NoWire
	}
	return category.WireID(*n)
}

func readIDs(ns []int) (all []category.WireID) {
	for _, n := range ns {
		all = append(all, category.WireID(n))
	}
	return all
}

func floats(ns []number) (all []float64) {
	for _, n := range ns {
		all = append(all, float64(n))
	}
	return all
}

// bare is a name without what stands before its dot; a state's name stays.
func bare(name string) string {
	if strings.Contains(name, "[") {
		return name
	}
	return name[strings.LastIndexByte(name, '.')+1:]
}

func doc(lines []string) []string {
	if len(lines) == 0 {
		return nil
	}
	return lines
}

func back[K comparable](names map[K]string, name string) K {
	for k, n := range names {
		if n == name {
			return k
		}
	}
	panic(fmt.Sprintf("no kind %q", name))
}
