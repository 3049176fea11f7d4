package category

import "github.com/ctgen-lang/ctgen/dsl/diag"

// WireID names a wire of a diagram by its index in Diagram.Wires.
type WireID int

// NoWire stands where a diagram has no such wire.
const NoWire WireID = -1

// Wire is one SSA value: written once, read any number of times. Copy is
// fan-out and drop a wire nobody reads, so neither is a node. A wire's type
// is never a product: products are several wires.
type Wire struct {
	Type *Type
	Name string // where the spec names it, else ""
	Span diag.Span
}

// Diagram is a typed open hypergraph in SSA form. Nodes stand in an order in
// which every wire is written before it is read. Associativity, units and
// interchange hold by construction.
type Diagram struct {
	Wires    []Wire
	Ins      []WireID // the domain's factors
	Given    WireID   // the parameter object; NoWire where it is 1
	State    WireID   // the current state of an endo, else NoWire
	Settings []WireID // one per open setting of the arrow
	Outs     []WireID // the codomain's factors
	Nodes    []*Node

	// Ports lists state that the forward pass itself advances (running
	// statistics): In is its value before, Out after.
	Ports []StatePort
	// Seed is the random seed that nodes with randomness read, or NoWire.
	Seed WireID
}

// StatePort is one forward-written state of a diagram.
type StatePort struct {
	Name string
	In   WireID
	Out  WireID
}

// Mode says when a node acts. A node of mode Training is Node.Predicts when
// predicting, and the identity on its first inputs where that is nil.
type Mode uint8

const (
	Always Mode = iota
	Training
)

// Node is one operation. In holds data wires, Given the parameter wire or
// NoWire, Settings the wires of the operation's open settings.
type Node struct {
	Op       Op
	In       []WireID
	Given    WireID
	Settings []WireID
	Out      []WireID
	Span     diag.Span
	Mode     Mode
	Predicts *Node // of mode Training: between the same wires; or nil
}

// Op is what a node does.
type Op interface{ isOp() }

type (
	// Call applies a named arrow. In are the factors of its domain, Out of
	// its codomain; Given is an object of type Arrow.Given.
	Call struct{ Arrow *Arrow }

	// Apply applies a primitive given by equations.
	Apply struct{ Prim *Prim }

	// Project takes component Index of a record (or of a power, when Field
	// is empty). One In, one Out per factor of the component's type.
	Project struct {
		Field string
		Index int
	}

	// Pack builds a record (or power) of type Type from its components.
	Pack struct{ Type *Type }

	// Constant writes the literal.
	Constant struct{ Value float64 }

	// Grad is the reverse derivative of Body, a diagram whose single output
	// is a real scalar. In are Body's ins, Given its parameters; Out[0] is
	// the cotangent of the parameters, of type tangent P, and Out[1] the
	// value of Body, for whoever wants to report it.
	Grad struct{ Body *Diagram }

	// Map applies Body to each element of a functor: the N elements of a
	// power, those of a list, or what an option holds. In and Out are each one
	// wire, over the products of Body's ins and outs; parameters are shared.
	Map struct {
		Body *Diagram
		Over Kind // Power, List or Option
		N    int  // of a power
	}

	// Repeat applies Body N times in sequence. Given is a power P ^ N whose
	// i-th element the i-th application takes, where it is Shared what all of
	// them take, or NoWire. A fold has a last In besides what is carried on, a
	// power or a list, whose i-th element is the last of Body's ins the i-th
	// time; the factors of that element are several ins.
	Repeat struct {
		Body   *Diagram
		N      int  // 0: as many as the list has
		Shared bool // all applications take the same parameters
		Over   Kind // of a fold: Power or List; else Real
	}
)

func (*Call) isOp()     {}
func (*Apply) isOp()    {}
func (*Project) isOp()  {}
func (*Pack) isOp()     {}
func (*Constant) isOp() {}
func (*Grad) isOp()     {}
func (*Map) isOp()      {}
func (*Repeat) isOp()   {}

// NewDiagram returns an empty diagram without parameters, state or seed.
func NewDiagram() *Diagram {
	return &Diagram{Given: NoWire, State: NoWire, Seed: NoWire}
}

// AddWire appends a wire and returns its id.
func (d *Diagram) AddWire(t *Type, name string, span diag.Span) WireID {
	d.Wires = append(d.Wires, Wire{t, name, span})
	return WireID(len(d.Wires) - 1)
}

// TypeOf returns the type of wire w.
func (d *Diagram) TypeOf(w WireID) *Type { return d.Wires[w].Type }
