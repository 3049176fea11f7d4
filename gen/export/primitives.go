package export

import "github.com/ctgen-lang/ctgen/dsl/category"

// primitive is an arrow declared by equations, in std or in the
// specification: a scheme over shapes, and the lines that say what it means.
type primitive struct {
	Name     string         `json:"name"` // std.affine; without std. one of the specification's
	Doc      []string       `json:"doc"`
	At       *place         `json:"at"`
	Domain   []tensor       `json:"domain"`
	Given    []tensor       `json:"given"`
	Codomain []tensor       `json:"codomain"`
	Dims     []string       `json:"dims"`     // variables in the shapes
	Segments []string       `json:"segments"` // those of them that stand for several dimensions
	Settings []settingRange `json:"settings"`
	Over     string         `json:"over,omitempty"` // type variable of a scheme over objects
	Each     bool           `json:"each"`           // the lines map over the leaves of Over
	State    string         `json:"state,omitempty"`
	Where    []string       `json:"where"`
	Means    []string       `json:"means"`
	Keeps    []string       `json:"keeps"`
	Reverse  []string       `json:"reverse"`
	Next     []string       `json:"next,omitempty"`     // parameters that training moves on
	Draws    bool           `json:"draws,omitempty"`    // random numbers, in training only
	Predicts string         `json:"predicts,omitempty"` // what stands for it outside of training
	Kinks    []kink         `json:"kinks"`
	Kernel   string         `json:"kernel,omitempty"`
	Partial  bool           `json:"partial"`
	Lengths  map[string]int `json:"lengths,omitempty"` // of lists, with the least that it takes
}

// tensor is one that a primitive reads or writes. A shape's dimensions are
// numbers, variables, or segments written ..t.
type tensor struct {
	Name    string       `json:"name"`
	Kind    string       `json:"kind"`
	Shape   []any        `json:"shape"`
	Size    any          `json:"size,omitempty"` // of fin: a number or a variable
	Set     *set         `json:"set,omitempty"`
	Init    *initialiser `json:"init,omitempty"`
	Decay   bool         `json:"decay"`
	Whole   bool         `json:"whole,omitempty"` // a leaf of Over
	Tangent bool         `json:"tangent,omitempty"`
	Running bool         `json:"running,omitempty"` // statistics, without tangent
	Functor string       `json:"functor,omitempty"` // list or option
}

type settingRange struct {
	Name    string  `json:"name"`
	Set     *set    `json:"set,omitempty"`
	Default *number `json:"default,omitempty"`
	Dim     bool    `json:"dim"` // fixed in the specification
}

type kink struct {
	Input string `json:"input"`
	At    number `json:"at"`
}

// primitives are all that were used, by name.
func (e *exporter) primitives() []primitive {
	all := []primitive{}
	for _, d := range e.prims.sorted() {
		p := primitive{
			Name: e.prims.name(d), Doc: lines(d.Doc), At: at(d.Span),
			Domain: tensors(d.Ins), Given: tensors(d.Given), Codomain: tensors(d.Outs),
			Dims: lines(d.Dims), Segments: []string{}, Settings: []settingRange{},
			Over: d.Type, Each: d.Each, State: d.State,
			Where: []string{}, Means: equations(d.Means), Keeps: lines(d.Keeps), Reverse: equations(d.Reverse), Next: equations(d.Next), Draws: d.Draws,
			Kinks: []kink{}, Kernel: d.Kernel, Partial: d.Partial, Lengths: d.Lengths,
		}
		if d.Predicts != nil {
			p.Predicts = d.Predicts.Name
		}
		for _, v := range d.Dims {
			if d.Segments[v] {
				p.Segments = append(p.Segments, v)
			}
		}
		for _, s := range d.Settings {
			x := settingRange{Name: s.Name, Set: setOf(s.Set), Dim: s.Dim}
			if s.Default != nil {
				v := number(*s.Default)
				x.Default = &v
			}
			p.Settings = append(p.Settings, x)
		}
		for _, w := range d.Where {
			p.Where = append(p.Where, w.Span.Text())
		}
		for _, k := range d.Kinks {
			p.Kinks = append(p.Kinks, kink{k.Input, number(k.At)})
		}
		all = append(all, p)
	}
	return all
}

func tensors(ports []category.Port) []tensor {
	all := []tensor{}
	for _, p := range ports {
		t := tensor{
			Name: p.Name, Kind: typeKinds[p.Kind], Shape: []any{}, Set: setOf(p.Set), Init: initOf(p.Init),
			Decay: !p.NoDecay, Whole: p.Whole, Tangent: p.TangentOf, Running: p.Running,
		}
		if p.Over != category.Real {
			t.Functor = typeKinds[p.Over]
		}
		for _, d := range p.Shape {
			t.Shape = append(t.Shape, dimension(d))
		}
		if p.FinSize != nil {
			t.Size = dimension(*p.FinSize)
		}
		all = append(all, t)
	}
	return all
}

func dimension(d category.DimTerm) any {
	switch {
	case d.Segment:
		return ".." + d.Var
	case d.Var != "":
		return d.Var
	}
	return d.Const
}

// equations are lines as their declaration writes them.
func equations(all []category.Equation) []string {
	text := []string{}
	for _, q := range all {
		text = append(text, q.Span.Text())
	}
	return text
}
