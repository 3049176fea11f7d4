package data

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Split parts the rows of t into a training and a held-out part by a seeded
// permutation; held is empty where the spec has no split. The training part
// gets its share of the rows, rounded to the nearest. A part of the spec that
// would get no row is an error.
//
// A text is not permuted: what is held out is its last part, and rows that reach
// across the border are in neither. Its lines are rows as those of a table are.
func (t *Table) Split(spec *Spec, seed uint64) (train, held []int, err error) {
	switch {
	case t.tokens > 0:
		return t.splitText(spec)
	case spec.Rows == RowsWhole: // parted when it was read
		return ascending(0, 1), ascending(1, t.Rows), nil
	}
	a, b := spec.Split[0], spec.Split[1]
	if b == 0 {
		return ascending(0, t.Rows), nil, nil
	}
	order := make([]int, t.Rows)
	rng.New(seed, "split").Permute(order)
	// In float64 the product cannot overflow, and it is exact while it
	// matters.
	n := int(float64(t.Rows)*float64(a)/(float64(a)+float64(b)) + 0.5)
	if n == 0 || n == t.Rows {
		part := "training"
		if n > 0 {
			part = "held-out"
		}
		return nil, nil, &Fault{File: t.File, Message: fmt.Sprintf("the %s part is empty: data %s splits %s %d / %d",
			part, spec.Name, plural(t.Rows, "row"), a, b)}
	}
	return order[:n:n], order[n:], nil
}
