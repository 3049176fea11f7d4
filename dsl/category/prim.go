package category

import (
	"math"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// PrimDecl is a primitive declared by equations, in std or by the user: a
// scheme over shapes and the lines that say what it means.
type PrimDecl struct {
	Name     string
	Doc      []string
	Span     diag.Span
	Std      bool
	Type     string // the type parameter of a scheme over objects ("P"), else ""
	Each     bool   // the lines map over the leaves of Type
	Ins      []Port // the domain's factors
	Given    []Port // the parameters, by field name
	Outs     []Port // the codomain's factors; with Each over a state, its fields
	State    string // generic state name where Given is a state ("Adam"), else ""
	Settings []SettingDecl
	Dims     []string // dimension and segment variables in order of first appearance: domain, given, codomain, where
	Segments map[string]bool
	// Lengths are the variables among Dims that count the elements of a list,
	// with the least number that the arrow takes.
	Lengths map[string]int
	Where   []DimRule
	Means   []Equation
	Locals  []Local // intermediates of means, then of reverse, in line order
	Keeps   []string
	Reverse []Equation // Target "dx", "dweight" …: "d" + port name
	Kinks   []Kink
	Kernel  string // "" for plain loops
	// Stores is the primitive that does the same with the axes of its
	// parameters in another order: the one in which a trainer or predictor,
	// whose memory is its own, stores them. Nil where there is none.
	Stores *PrimDecl
	// Adds lists the reverse lines ("dweight") whose kernels also come in a
	// form that assigns keep·target + by·line to some rows of the target.
	Adds []string
	// Splits lists the results ("y") and reverse lines whose kernels also come
	// in a form that computes some columns of the target: of its last axis.
	Splits  []string
	Partial bool
	// Next gives parameters that training advances their next values: whole
	// numbers ("count'") from parameters alone, running statistics ("mean'")
	// also from what is one for the whole batch.
	Next []Equation
	// Predicts is the primitive that stands for this one outside of training,
	// of the same scheme; nil where there is none.
	Predicts *PrimDecl
	// Row is the primitive that computes one row of this one's result where the
	// lines of this one say which row it is, so that no row of an input makes
	// it (IsRowOf); nil where there is none.
	Row *PrimDecl
	// Draws says that means draws random numbers. Such a primitive is part of
	// training; elsewhere it is the identity on its input.
	Draws bool
}

// Local is an intermediate: a tensor that a line of means or reverse defines
// for later lines. Its shape follows from the line's index variables.
type Local struct {
	Port
	Reverse bool
}

// Local returns the intermediate called name, or nil.
func (d *PrimDecl) Local(name string) *Local {
	for i := range d.Locals {
		if d.Locals[i].Name == name {
			return &d.Locals[i]
		}
	}
	return nil
}

// Shared reports whether an intermediate of reverse depends on parameters
// alone, so that there is one of it for all examples.
func (d *PrimDecl) Shared(name string) bool {
	l := d.Local(name)
	if l == nil || !l.Reverse {
		return false
	}
	shared := true
	for i := range d.Reverse {
		if d.Reverse[i].Target != name {
			continue
		}
		Walk(d.Reverse[i].Expr, func(e Expr) {
			if el, ok := e.(*Element); ok {
				shared = shared && (d.given(el.Name) || el.Name != name && d.Shared(el.Name))
			}
		})
	}
	return shared
}

// Totals lists the lines of a primitive with `each` that add up over every
// element of every leaf: a target without index, which is no part of a state,
// and a sum.
func (d *PrimDecl) Totals() []Equation {
	var out []Equation
	for i := range d.Means {
		if d.Total(d.Means[i].Target) {
			out = append(out, d.Means[i])
		}
	}
	return out
}

// Total reports whether a line of Totals defines name.
func (d *PrimDecl) Total(name string) bool {
	l := d.Local(name)
	return d.Each && l != nil && !l.Reverse && len(l.Shape) == 0
}

func (d *PrimDecl) given(name string) bool {
	return slices.ContainsFunc(d.Given, func(p Port) bool { return p.Name == name })
}

// Port is one tensor a primitive reads or writes. An output that is the next
// value of a parameter or state component carries its primed name ("p'").
type Port struct {
	Name    string
	Kind    Kind // Real, Fin, Int or Bool
	Shape   []DimTerm
	FinSize *DimTerm // of Fin ports: the bound
	Set     *Set
	Init    *Init
	NoDecay bool
	Running bool // statistics, without tangent
	// Whole marks a port of a scheme over objects: it holds a leaf of the
	// type parameter (TangentOf false) or of its tangent. Count-like fields
	// of a state (Int) are not Whole: one scalar for all leaves.
	Whole     bool
	TangentOf bool
	// Over is List or Option where the port holds one: its first axis runs
	// over the elements, of an option over the first at most. Real: neither.
	// Copies is the number of objects in each element of a list of whole
	// objects; where they are several, the second axis runs over them.
	Over   Kind
	Copies int
}

// DimTerm is a variable, a segment variable, or a constant in a shape.
type DimTerm struct {
	Var     string
	Segment bool
	Const   int
}

// DimRule is `where p = floor(h / stride)`, evaluated once the rest is solved:
// dimensions and numbers under + - * / and floor.
type DimRule struct {
	Name  string
	Value Expr
	Span  diag.Span
}

// SettingDecl is a declared setting with its range and default.
type SettingDecl struct {
	Name    string
	Set     *Set
	Default *float64
	Like    string // the earlier setting whose value is the default, or ""
	Dim     bool   // a whole number, fixed in the spec; may be used as a dimension
}

// Optional reports whether a use may leave the setting out.
func (s *SettingDecl) Optional() bool { return s.Default != nil || s.Like != "" }

// Least is the least value of a setting that is a whole number.
func (s *SettingDecl) Least() int {
	switch set := s.Set; {
	case set == nil:
		return 1
	case set.Finite:
		return int(set.Elems[0])
	case set.OpenLow:
		return int(math.Floor(set.Low)) + 1
	default:
		return int(math.Ceil(set.Low))
	}
}

// Kink is a place where the primitive has no derivative: Input = At, for any
// element of an input or of an intermediate of means.
type Kink struct {
	Input string
	At    float64
}

// Init names an initialiser with its arguments: zeros, ones, glorot, he,
// normal(std), uniform(low, high), constant(v).
type Init struct {
	Name string
	Args []float64
}

// Prim is a primitive with its scheme solved.
type Prim struct {
	Decl     *PrimDecl
	Dims     map[string]int   // dimension variables
	Segs     map[string][]int // segment variables
	Settings []SettingValue   // parallel to Decl.Settings
	Object   *Type            // the type that instantiates Decl.Type, or nil
}

// SettingValue is a constant, or, where Wire >= 0, the index into
// Node.Settings of the wire that carries the value.
type SettingValue struct {
	Const float64
	Wire  int
}

// PortShape returns the solved shape of p.
func (p *Prim) PortShape(port Port) []int {
	var shape []int
	for _, d := range port.Shape {
		switch {
		case d.Segment:
			shape = append(shape, p.Segs[d.Var]...)
		case d.Var != "":
			shape = append(shape, p.Dims[d.Var])
		default:
			shape = append(shape, d.Const)
		}
	}
	return shape
}
