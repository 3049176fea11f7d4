package export

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// object is a declared object, a gathered record of parameters, or the state
// of an optimizer.
type object struct {
	Name     string   `json:"name"`     // behind the name of its import and a dot, where another specification declares it
	Category string   `json:"category"` // that declares it, or, of a state, uses it first
	Kind     string   `json:"kind"`     // declared, gathered, state
	Doc      []string `json:"doc"`
	At       *place   `json:"at"`
	Type     *typ     `json:"type"`
	// Abbreviation: another word for Type, and no object of its own.
	Abbreviation bool   `json:"abbreviation"`
	Set          *set   `json:"set,omitempty"`   // declared here
	Slots        []slot `json:"slots,omitempty"` // of a gathered record: what stands behind each field
	State        string `json:"state,omitempty"` // of a state: Adam
	Of           *typ   `json:"of,omitempty"`    // of a state: P in Adam[P]
}

// slot is one use of a parametric arrow inside a composite.
type slot struct {
	Label string `json:"label"`
	Arrow string `json:"arrow"`
	Type  *typ   `json:"type"`
	At    *place `json:"at"`
}

func (e *exporter) object(o *category.Object) object {
	out := object{Name: e.objects.name(o), Category: e.origin(o.Category), Kind: "declared", Abbreviation: o.Abbreviation, Doc: lines(o.Doc), At: at(o.Span), Type: e.typeOf(o.Type), Set: setOf(o.Set), State: o.State}
	switch {
	case o.State != "":
		out.Kind, out.Of = "state", e.typeOf(o.Of)
	case o.Gathered:
		out.Kind = "gathered"
	}
	for _, s := range o.Labels {
		x := slot{Label: s.Label, Type: e.typeOf(s.Type), At: at(s.Span)}
		if s.Arrow != nil {
			x.Arrow = e.arrows.name(s.Arrow)
		}
		out.Slots = append(out.Slots, x)
	}
	return out
}

// typ is an object expression. Text is how a specification writes it.
type typ struct {
	Kind    string  `json:"kind"`
	Text    string  `json:"text"`
	Name    string  `json:"name,omitempty"`    // of an object
	Shape   []int   `json:"shape,omitempty"`   // of real: R[2, 3] has [2, 3], R has none
	Size    *int    `json:"size,omitempty"`    // of fin and power
	Set     *set    `json:"set,omitempty"`     // of an anonymous real
	Running bool    `json:"running,omitempty"` // of an anonymous real: statistics, without tangent
	Elem    *typ    `json:"elem,omitempty"`    // of power, list, option, tangent
	Items   []*typ  `json:"items,omitempty"`   // of a product; the unit 1 has none
	Fields  []field `json:"fields,omitempty"`  // of a record
}

type field struct {
	Name   string       `json:"name"`
	Doc    []string     `json:"doc"`
	Type   *typ         `json:"type"`
	Init   *initialiser `json:"init,omitempty"`
	Decay  *bool        `json:"decay,omitempty"`       // whether weight decay touches it; left out: as the slot says
	Factor *number      `json:"decayFactor,omitempty"` // what weight decay is multiplied by, unless 1
}

type initialiser struct {
	Name string   `json:"name"`
	Args []number `json:"args"`
}

func initOf(i *category.Init) *initialiser {
	if i == nil {
		return nil
	}
	return &initialiser{i.Name, numbers(i.Args)}
}

var typeKinds = map[category.Kind]string{
	category.Real: "real", category.Fin: "fin", category.Bool: "bool", category.Int: "int", category.Text: "text",
	category.Record: "record", category.Product: "product", category.Power: "power", category.List: "list",
	category.Option: "option", category.Tangent: "tangent", category.Named: "object",
}

func (e *exporter) typeOf(t *category.Type) *typ {
	if t == nil {
		return nil
	}
	out := &typ{Kind: typeKinds[t.Kind], Text: t.In(e.home), Shape: t.Dims, Set: setOf(t.Set), Running: t.Running, Elem: e.typeOf(t.Elem)}
	if t.Kind == category.Fin || t.Kind == category.Power {
		out.Size = &t.N
	}
	if t.Kind == category.Named {
		out.Name = e.objects.name(t.Object)
	}
	for _, it := range t.Items {
		out.Items = append(out.Items, e.typeOf(it))
	}
	for _, f := range t.Fields {
		x := field{Name: f.Name, Doc: lines(f.Doc), Type: e.typeOf(f.Type), Init: initOf(f.Init)}
		if f.NoDecay != category.Inherit {
			decay := f.NoDecay == category.No
			x.Decay = &decay
			if decay && f.Factor != 1 {
				by := number(f.Factor)
				x.Factor = &by
			}
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

// parameter is one tensor of what an arrow is given, at the path by which
// seeds and saved models name it.
type parameter struct {
	Path   string `json:"path"`
	Kind   string `json:"kind"`
	Shape  []int  `json:"shape"`
	Object string `json:"object,omitempty"` // the innermost one around it
	Set    *set   `json:"set,omitempty"`
}

func (e *exporter) parametersOf(t *category.Type) []parameter {
	all := []parameter{}
	for _, l := range t.Leaves() {
		p := parameter{Path: strings.Join(l.Path, "."), Kind: typeKinds[l.Kind], Shape: append([]int{}, l.Dims...), Set: setOf(l.Set)}
		if l.Object != nil {
			p.Object = e.objects.name(l.Object)
		}
		all = append(all, p)
	}
	return all
}
