package plan

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Plan is one straight-line function over leaf tensors. It works on a batch
// of n examples: batched values hold n times their Dims, example-major;
// parameters, their cotangents and settings are not batched.
type Plan struct {
	Name   string // of the arrow or law side it computes
	Span   diag.Span
	Args   []Arg   // in signature order: data, parameters or state, settings, outputs
	Values []Value // SSA; every Arg and every workspace buffer is one
	Ops    []Op
	Bind   []Op    // of a plan with Stored layout: run when the number of examples changes
	Result ValueID // the batched loss whose mean the function returns, or NoValue
	Work   Extent  // total workspace of reals, in elements
	// WorkFin, WorkInt and WorkBool are the workspaces of intermediates of
	// those kinds ([]int32, []int64, []bool); nearly always empty.
	WorkFin, WorkInt, WorkBool Extent
	// Single: the plan takes one example per call (n is 1) and none of its
	// values is batched: a new state that depends on the example other than
	// through a gradient.
	Single bool
	// List: the examples are the elements of one list, and a call is about the
	// whole of it. It has at least Least elements. Statements that are shared
	// by example work on Less elements less than it has.
	List        bool
	Least, Less int
	// Keep is a number, 0 in a call about the first part of a batch and 1 in the
	// others, that gathered gradients are multiplied by before a part is added;
	// NoValue where a call is about the whole batch.
	Keep      ValueID
	Hand      []*category.Arrow // hand-written arrows it calls: such a plan exists for float32 only
	gradients []ValueID         // the cotangents that its grads make
	Generic   bool              // may be instantiated at float64 as well: no Hand
}

// ArgRole says what a leaf argument is to the caller.
type ArgRole uint8

const (
	DataArg      ArgRole = iota // batched input
	ParamArg                    // parameter leaf, read only
	StateArg                    // state leaf of an endo, read and updated in place
	SettingArg                  // scalar setting
	OutputArg                   // batched output
	CotangentArg                // parameter cotangent, assigned
)

// Arg is one leaf argument. Of names the wire of the diagram's interface it
// is part of: index Of.Index among the domain factors, codomain factors or
// settings; Path is the leaf's path inside that object.
type Arg struct {
	Role  ArgRole
	Index int            // factor number for DataArg, OutputArg, SettingArg
	Type  *category.Type // of the whole object the leaf is part of
	Leaf  category.Leaf
	Value ValueID
	Turn  Turn // of ParamArg and StateArg in a plan with Stored layout
}

// ValueID indexes Plan.Values.
type ValueID int

// NoValue stands where there is none.
const NoValue ValueID = -1

// Value is one leaf tensor.
type Value struct {
	Name    string // readable, unique in the plan, snake_case: "logit", "d_logit"
	Kind    category.Kind
	Dims    []int // of one example
	Batched bool
	Less    int // of a batched value: it holds so many examples less than there are
	Store   Store
	Offset  Extent  // of WorkStore, in elements of the work slice
	Of      ValueID // of ViewStore: the value viewed, at element Start
	Start   int
	Shift   int            // of a batched view: the example of Of that it begins at
	Type    *category.Type // the object it carries, for comments and hand calls
	Span    diag.Span
}

// Size is the number of elements of one example.
func (v *Value) Size() int {
	n := 1
	for _, d := range v.Dims {
		n *= d
	}
	return n
}

// Store says where a value lives.
type Store uint8

const (
	ArgStore  Store = iota // the caller's slice
	WorkStore              // a range of the workspace
	ViewStore              // a range of another value (an element of a power)
)

// Extent is a size or offset that grows with the batch: PerExample*n + Fixed.
type Extent struct{ PerExample, Fixed int }

// Op is one statement.
type Op struct {
	Kind OpKind
	Prim *category.Prim // Forward, Reverse, Leaf
	// Line is the reverse line that a Reverse op computes ("dweight"); of a
	// Forward op it is "", or the line of means that is one for the whole batch.
	Line string
	Out  []ValueID
	In   []ValueID // in the order of the kernel's arguments
	// Once: every operand is unbatched, so the kernel runs on one example.
	Once bool
	// Less is how many examples less than there are the kernel is told; of one
	// that folds a list, the length of that list is so many less.
	Less int
	// Fold is the number of elements that `map` folds into the batch, at
	// least 1: the kernel is told n*Fold examples (Fold of them where Once).
	// Values that were folded carry the length as their leading dimension.
	Fold int
	// PerExample: the parameters differ from example to example, so the
	// kernel is called n*Fold times for one example each, on subslices of
	// all operands.
	PerExample bool
	Share      Share           // of each worker, in a plan with Stored layout
	Rows       int             // ByRow, ByColumn: the extent that is split
	Wait       bool            // all workers must have come here before
	Last       bool            // of a parted plan: runs in the call about the last part only
	Add        *Add            // Reverse: adds to its target instead of assigning; or nil
	Settings   []Scalar        // constants and setting values, in the kernel's order
	Draws      bool            // Forward: the kernel is told the number of its first example
	Arrow      *category.Arrow // Hand, HandReverse
	Number     float64         // Fill
	Start      int             // Part, AddPart: of the range, in each example or element
	Rule       string          // the law that justifies the line: "affine† dweight", "copy† = add"
	names      []string        // of the operands, as the lines call them
	Span       diag.Span       // the spec line it came from
	Via        []diag.Span     // spec lines of the calls it was inlined through
}

// Scalar is a number known to the plan, or the value of a SettingArg.
type Scalar struct {
	Const float64
	Value ValueID // NoValue: Const
	Int   bool    // a dimension-like setting
}

// OpKind distinguishes the statements of a plan.
type OpKind uint8

const (
	// Forward runs a primitive's means: Out are its outputs, then the kept
	// intermediates; In its domain, then its parameters.
	Forward OpKind = iota
	// Reverse runs one line of a primitive's reverse: Out is the one target,
	// In the tensors the line mentions, in the order domain, parameters,
	// outputs, kept intermediates, reverse intermediates, cotangents.
	// Cotangents of batched values are batched; those of parameters are
	// summed over the batch by the kernel.
	Reverse
	// LeafStep runs the leafwise lines of a primitive with `each` on one
	// leaf. Out are the leafwise outputs that have a line; In the leafwise
	// parameters, the leafwise inputs, then the scalars of the state that the
	// lines mention (the new value where they read the primed name, after the
	// old one where they read both), then the totals that they mention. Settings
	// end with what weight decay is multiplied by where the lines mention it. Out may be the
	// very values of In.
	LeafStep
	// LeafTotal runs one of its lines that add up over all leaves (Line) on one
	// leaf: Out is the sum over that leaf, In the leafwise parameters and inputs
	// that the line mentions.
	LeafTotal
	// ScalarStep runs the lines of such a primitive that are not leafwise:
	// Out are their targets, In the scalars of the state.
	ScalarStep
	// Advance gives every element of a part of the state that training moves on
	// its next value by a line (Line) of a primitive: of counts, where Out[0] is
	// In[0], or of running statistics, whose line may read what is one for the
	// batch.
	Advance
	// Accumulate adds In[0] to Out[0]: a second contribution to a cotangent.
	Accumulate
	// Fill assigns Number to every element: literals, and cotangents that
	// nothing contributes to.
	Fill
	// FillMean assigns Number / n: the seed of the reverse pass, so that the
	// cotangents of parameters average over the batch.
	FillMean
	// Copy assigns In[0] to Out[0]; a shorter In is repeated until Out is
	// full (an unbatched value that meets batched ones).
	Copy
	// SumBatch assigns to Out[0] the sum of the len(In[0])/len(Out[0]) pieces
	// of In[0]: the reverse of a Copy that repeats.
	SumBatch
	// Part assigns to Out[0] the elements of each example of In[0], or of each
	// element folded into it, from Start
	// on, as many as Out[0] has: one element of a power.
	Part
	// AddPart adds In[0] to those elements of Out[0]: the reverse of Part.
	AddPart
	// Hand calls a hand-written arrow for each example: Out are the leaves of
	// its codomain, In of its domain, then of its parameters.
	Hand
	// Place assigns zeros to Out[0], but for the examples from Less on, which
	// are In[0]: the reverse of a view that begins there.
	Place
	// Gather assigns Keep times Out[0] plus In[0] to Out[0]: what a part of the
	// batch adds to a gradient.
	Gather
	// HandReverse calls its reverse for each example. In are the leaves of
	// domain, parameters, codomain, then of the codomain's tangent; Out the
	// leaves of the domain's tangent, assigned (NoValue where nobody needs
	// one), then those of the parameters' tangent, to which it adds: the plan
	// has assigned them before.
	HandReverse
)
