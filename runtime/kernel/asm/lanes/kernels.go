package main

import (
	"slices"

	"github.com/mmcloughlin/avo/reg"
)

// kernel is a function of the package in assembly, one per vector width, and
// what calls it.
type kernel struct {
	name     string
	outs     []string // pointers that it writes
	ins      []string // pointers that it reads
	row      string   // rows only: the pointer to one number per row
	heads    []string // downward only: the pointers to one number per column
	settings []string // float32 numbers
	unroll   int      // vectors in one turn of the loop, 1 if 0

	// each computes the outputs of a vector from its inputs.
	each func(m *machine, in, settings []vec) []vec
	// prepare makes of a row's number, or a column's, and the settings, what
	// perRow or down takes; nil leaves it as it is.
	prepare func(m *machine, row vec, settings []vec) vec
	// perRow is each for rows.
	perRow func(m *machine, in []vec, row vec, settings []vec) []vec
	// down computes, from what is known of a vector of columns and from its next
	// row, what it carries on and the outputs. counts is the mask of the columns
	// for which the row counts, where the kernel is limited.
	down func(m *machine, at, in, settings []vec, counts reg.Register) (next, outs []vec)
	// downward only: whether the first number of a column is replaced at the end,
	// and whether some rows count for some columns only.
	carries, limited bool
	replaces         bool // rows apart only: whether it reads what it replaces
	// term computes the outputs and adds to the sum of a row.
	term func(m *machine, sum vec, in, settings []vec) (vec, []vec)

	shared  []string // pointers to a row that all rows read
	numbers []string // pointers to one number per row
	// ofRow is each where rows are shared, and termOfRow what is added there:
	// in holds the inputs and then what is shared.
	ofRow     func(m *machine, in, numbers []vec) []vec
	termOfRow func(m *machine, sum vec, in, numbers []vec) vec
}

// kind is how a kernel goes through its tensors.
type kind struct {
	// emit writes its functions for one width.
	emit func(m *machine, k kernel)
	// calls writes what chooses between widths and lanes.
	calls string
	// plain writes the same for processors that have lanes only.
	plain string
}

func maps(name string, outs, ins, settings []string, unroll int, each func(m *machine, in, settings []vec) []vec) entry {
	return entry{kernel{name: name, outs: outs, ins: ins, settings: settings, unroll: unroll, each: each}, mapped}
}

type entry struct {
	kernel
	kind
}

// topic is what one file of calls is about.
type topic struct {
	name    string
	entries []entry
}

// topics lists all kernels.
func topics() []topic {
	return []topic{
		{"activations", activations()}, {"exponentials", exponentials()}, {"arithmetic", arithmetic()}, {"losses", losses()},
		{"distributions", distributions()}, {"norms", norms()}, {"columns", downwards()}, {"optimizers", optimizers()},
		{"patches", slices.Concat(patches(), shifted())}, {"pools", pools()},
	}
}

// one makes a body of a function of one vector.
func one(f func(m *machine, x vec) vec) func(*machine, []vec, []vec) []vec {
	return func(m *machine, in, _ []vec) []vec { return []vec{f(m, in[0])} }
}

// two makes a body of a function of two vectors.
func two(f func(m *machine, a, b vec) vec) func(*machine, []vec, []vec) []vec {
	return func(m *machine, in, _ []vec) []vec { return []vec{f(m, in[0], in[1])} }
}

// names makes lists of parameter names short to write.
func names(list ...string) []string { return list }
