package check

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// node is a term under elaboration: its domain and codomain as sequences that
// unification fills in. A node inside a named body that denotes a value
// rather than an arrow has value set and no domain.
type node struct {
	kind  nodeKind
	span  diag.Span
	value bool
	dom   seq
	cod   seq
	kids  []*node

	arrow    *category.Arrow // call
	prim     *primUse        // apply
	slot     *slot           // call, apply: the parameter it takes; nil: none
	given    *node           // call: parameters handed on by name
	settings []*boundSetting // call, apply: in declaration order
	field    string          // project: the field; id: which wiring arrow
	constant float64         // literal
	count    int             // repeat; map and fold of a known length, else 0
	over     category.Kind   // map, fold: Power, List or (map) Option; Real where that is open
	shared   bool            // repeat: every time with the same parameters
	record   *part           // recordOf: the object it builds
	names    []string        // recordOf: its fields
	lets     [][]*local      // body: what each kid but the last binds
	inputs   []*local        // body: the domain, by name
	handed   []*local        // body: the parameters, by name
	local    *local          // wire
	decided  bool            // hole: its parameters are known
	instance *instance       // instance: of which generic arrow
	argument bool            // stands for what a generic arrow is applied to
}

type nodeKind uint8

const (
	callNode    nodeKind = iota
	applyNode            // a primitive
	idNode               // id, copy, drop, swap: outs are ins, rearranged
	composeNode          // kids in order
	productNode          // kids side by side
	fanNode              // kids on one input
	projectNode
	constNode
	recordOfNode // { a: x, b: y }
	gradNode
	mapNode
	repeatNode
	foldNode
	bodyNode // the named form: kids bind locals, the last is the result
	wireNode // a local read as a value
	useNode  // an arrow applied to values: kids[0] the arrow, kids[1:] the values
	holeNode // a term still to be written, or the use of an arrow that has one
	tupleNode
	sumNode      // kids on one input, or values, added up
	instanceNode // the use of a generic arrow: kids[0] is its body, inputs its domain by name
	groupNode    // kids[0], whose parameters are one slot
)

// local is a name bound in a named body.
type local struct {
	name  string
	span  diag.Span
	typ   seq
	order int // among the locals of its body
	used  bool
	wires []category.WireID
}

// slot is one labelled use of a parametric arrow.
type slot struct {
	label string
	typ   *part
	arrow *category.Arrow
	span  diag.Span
	same  *slot     // merged into another by share
	via   diag.Span // where a generic arrow uses the argument it belongs to
}

func (s *slot) find() *slot {
	for s.same != nil {
		s = s.same
	}
	return s
}

// boundSetting is a setting of a call or primitive: a constant, or open.
type boundSetting struct {
	name  string
	set   *category.Set
	fixed bool
	value float64
	like  bool           // left out, it takes the value of another one
	typ   *category.Type // object it must be bound to, where the callee says so
	span  diag.Span
}

// primUse is one use of a primitive by name, with what relates its parts.
type primUse struct {
	decl   *category.PrimDecl
	object *part // P of a scheme over objects
	state  *part // State[P]
	solved *category.Prim
	free   bool // a scheme over carriers used without an arrow line (in laws)
}
