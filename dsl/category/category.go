package category

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Category is one checked specification.
type Category struct {
	Name     string
	Doc      []string
	Source   *diag.Source
	Imported bool // by another category: messages call its objects by its name
	Imports  []*Import
	Dims     []*Dim
	Objects  []*Object // declared, and named by `given`, in source order
	Arrows   []*Arrow  // arrows and endos, in source order
	Laws     []*Law
	Data     []*Data
	Trains   []*Train
	Rewrites []*Rewrite // std's laws that the planner may apply left to right
	Row      *PrimDecl  // std's arrow from rows and a place to the row there
	States   []*Object  // instances of std's states, such as Adam[Network], that came up here

	// StandIns are the arrows that hand-written Go computes in place of their
	// compositions. A checked specification has none: who knows that their
	// laws passed plans with a copy that does.
	StandIns map[*Arrow]StandIn
}

// Dim is a named dimension.
type Dim struct {
	Name  string
	Doc   []string
	Span  diag.Span
	Value int
}

// Import is another category whose objects, arrows and dims this one names.
type Import struct {
	Name     string // stands before the dot: the category's own, or what `as` says
	Category *Category
	Span     diag.Span // of the import's line
}

// Object is a declared object, a parameter object gathered by `given Name`,
// or an instance of a state object such as Adam[Network].
type Object struct {
	Name         string    // "Network", "Adam[Network]"
	Category     *Category // that declares it
	Doc          []string
	Span         diag.Span // of the name at its declaration
	Type         *Type     // what stands right of `=`; Real where nothing does
	Set          *Set      // declared here; nil: none
	Abbreviation bool
	Gathered     bool    // named by `given` on a composite
	State        string  // generic name ("Adam") of a state instance, else ""
	Of           *Type   // P of a state instance Adam[P]
	Labels       []*Slot // of a gathered record: the slot behind each field
}

// EffectiveSet is the object's own set, or the one it inherits from the
// object it lies over.
func (o *Object) EffectiveSet() *Set {
	if o.Set != nil {
		return o.Set
	}
	return o.Type.RefinedSet()
}

// Slot is one labelled use of a parametric arrow inside a composite.
type Slot struct {
	Label string
	Type  *Type
	Arrow *Arrow
	Span  diag.Span
}

// ArrowKind is one of the four ways to define an arrow.
type ArrowKind uint8

const (
	Lifted  ArrowKind = iota // = std.affine
	Term                     // a term or a named body
	Written                  // equations of the user's own
	Hand                     // written in Go
)

// Arrow is an arrow or an endo. Its diagram is present for every kind but
// Hand; Lifted and Written arrows have a diagram of one Apply node.
type Arrow struct {
	Name     string
	Category *Category // that declares it
	Doc      []string
	Span     diag.Span // of the name
	Decl     diag.Span // of the whole declaration
	Kind     ArrowKind
	Endo     bool
	State    *Type     // S of `endo step on S`, nil for arrows
	Dom      *Type     // of an endo: what it takes besides the state
	Cod      *Type     // of an endo: S
	Given    *Type     // parameters; Unit if none. Of an endo: Unit
	Inputs   []string  // names of the domain's factors where the spec gives them
	Open     []Setting // settings that stay open: bound from outside, in order
	Diagram  *Diagram
	// Differentiated: the arrow lies under some grad, so where it is Hand its
	// reverse is part of the contract.
	Differentiated bool
	Partial        bool
	Implements     *Implementation // where Go may stand in for Diagram, else nil
	Fits           string          // Hand only: a std arrow that would fit, e.g. "sigmoid"
}

// Setting is a number that an arrow takes besides its parameters: no tangent,
// range-checked.
type Setting struct {
	Name string
	Type *Type // the object it is bound to (LearningRate), or a real with a set
	Span diag.Span
}

// Law is a commuting diagram. Both diagrams have equal domains and codomains;
// their parameters are equal, or one has none.
type Law struct {
	Name                string
	Doc                 []string
	Span                diag.Span
	Left, Right         *Diagram
	LeftText, RightText string
	Within              float64 // 0 where Exactly
	Exactly             bool
}

// Rewrite replaces the single-output pattern Left by Right, which has the
// same inputs and parameters. Both diagrams hold Apply nodes with unsolved
// schemes only: match on PrimDecl identity.
type Rewrite struct {
	Name  string
	Span  diag.Span
	Left  *Diagram
	Right *Diagram
}
