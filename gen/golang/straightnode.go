package golang

import (
	"fmt"
	"math"
	"strings"
)

// formula is one scalar of a step that is printed as straight lines: an
// operation on other scalars, or a leaf. Equal operations on equal operands
// are one formula, so whatever several lines need is computed once.
type formula struct {
	op    formulaOp
	typ   scalarType
	args  []*formula
	value float64 // of a constant
	name  string  // of a function, an operator, or a leaf in Go
	order int     // of making
	stage stage
	late  bool   // depends on the parameters
	hint  string // a name for its variable, where the plan has one
	vague bool   // hint is that of an intermediate: any other is better
	why   string // the rule and spec line behind the statement
}

// formulaOp distinguishes formulas.
type formulaOp uint8

const (
	constant   formulaOp = iota
	leaf                 // a variable or an element that name prints
	operator             // + - * / on two operands, and comparisons
	negation             // -x
	function             // name of package scalar, or a builtin
	truth                // 1 where the condition holds, else 0
	tableOf              // an array of its operands
	lookup               // args[0] at index args[1]
	batchSum             // the sum of args[0] over the examples of a batch
	convert              // args[0] as typ
	difference           // sigmoid(args[0]) - args[1], settled when all is known
	against              // e^-x and log(1 + e^-|x|), which share their
	log1pExp             // exponential where both are wanted
)

// scalarType is the Go type of a formula.
type scalarType uint8

const (
	untyped   scalarType = iota // a constant takes the type of its surroundings
	real32                      // float32: whatever differs from example to example
	wide                        // float64: what settings, constants and counts give
	whole                       // int64
	condition                   // bool
	table                       // array of float32
)

// stage says when a formula is known.
type stage uint8

const (
	atStart    stage = iota // before the first batch: constants and settings
	perBatch                // before a batch's first example: parameters
	perExample              // with an example
	afterBatch              // after a batch's last example: sums over it
)

// maxFormulas bounds the unrolled operations of a function: 16 000 take the Go
// compiler 2.5 s and 310 MB, and long before, kernels are faster.
const maxFormulas = 4000

// unsuited is the panic of a plan that has no form as straight lines.
type unsuited struct{ why string }

func noStraight(format string, args ...any) { panic(unsuited{fmt.Sprintf(format, args...)}) }

// formulas makes formulas and remembers them.
type formulas struct {
	known map[string]*formula
	count int
	// size is the number of examples of a batch: a leaf, or the constant 1.
	size *formula
}

// newFormulas is for batches of any size, or of one example.
func newFormulas(single bool) *formulas {
	g := &formulas{known: map[string]*formula{}}
	g.size = g.number(1)
	if !single {
		g.size = g.leaf("end-at", whole, perBatch)
	}
	return g
}

func (g *formulas) make(f formula) *formula {
	var key strings.Builder
	fmt.Fprintf(&key, "%d %d %s %x", f.op, f.typ, f.name, math.Float64bits(f.value))
	for _, a := range f.args {
		fmt.Fprintf(&key, " %d", a.order)
	}
	if old, ok := g.known[key.String()]; ok {
		return old
	}
	early, late := false, false
	for _, a := range f.args {
		f.stage = max(f.stage, a.stage)
		f.late = f.late || a.late
		early = early || a.stage == perExample
		late = late || a.stage == afterBatch
	}
	if early && late && f.op != batchSum {
		noStraight("an example meets a sum over its batch")
	}
	f.order = len(g.known)
	if f.op > leaf {
		// What no result needs is made too: the bound on what is printed
		// comes later.
		if g.count++; g.count > 2*maxFormulas {
			noStraight("too many operations")
		}
	}
	g.known[key.String()] = &f
	return &f
}

func (g *formulas) number(v float64) *formula { return g.make(formula{op: constant, value: v}) }

func (g *formulas) leaf(name string, typ scalarType, at stage) *formula {
	return g.make(formula{op: leaf, typ: typ, name: name, stage: at})
}

// uniform reports whether f is a number apart from tensors: settings,
// constants and counts. Such numbers are combined in float64.
func (f *formula) uniform() bool {
	switch f.typ {
	case untyped, wide:
		return true
	case whole:
		return f.stage != perExample
	}
	return f.op <= leaf && f.stage == atStart
}

func (f *formula) is(v float64) bool { return f.op == constant && f.value == v }

// as converts f to float32, float64 or a truth value to a number.
func (g *formulas) as(typ scalarType, f *formula) *formula {
	switch {
	case f.typ == condition:
		return g.make(formula{op: truth, typ: real32, args: []*formula{f}})
	case f.op == constant && typ == real32:
		return g.make(formula{op: constant, typ: real32, value: f.value})
	case f.typ == typ || f.op == constant:
		return f
	}
	return g.make(formula{op: convert, typ: typ, args: []*formula{f}})
}

// sumOverBatch is the sum of f over the examples of a batch.
func (g *formulas) sumOverBatch(f *formula) *formula {
	if g.size.is(1) {
		return f
	}
	return g.make(formula{op: batchSum, typ: real32, args: []*formula{g.as(real32, f)}, stage: afterBatch, late: true})
}
