package data

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Split parts the rows of t into a training and a held-out part by a seeded
// permutation; held is empty where the spec has no split. The training part
// gets its share of the rows, rounded to the nearest. A part of the spec that
// would get no row is an error.
func (t *Table) Split(spec *Spec, seed uint64) (train, held []int, err error) {
	a, b := spec.Split[0], spec.Split[1]
	if b == 0 {
		rows := make([]int, t.Rows)
		for i := range rows {
			rows[i] = i
		}
		return rows, nil, nil
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
