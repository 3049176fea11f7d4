package data

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Split parts the rows of t into a training and a held-out part by a seeded
// permutation; held is empty where the spec has no split. The training part
// gets its share of the rows, rounded to the nearest; where the spec stratifies, it
// gets that of each class, rounded up or down. A part of the spec that would get no row is an error.
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
	if spec.Stratify != "" {
		return t.splitStrata(spec, order)
	}
	n := share(t.Rows, a, b)
	if n == 0 || n == t.Rows {
		return nil, nil, t.emptyPart(spec, n == 0)
	}
	return order[:n:n], order[n:], nil
}

// share is a/(a+b) of n rows, rounded to the nearest. In float64 the product cannot
// overflow, and it is exact while it matters.
func share(n, a, b int) int {
	return int(float64(n)*float64(a)/(float64(a)+float64(b)) + 0.5)
}

// shares is a/(a+b) of the rows of each stratum, rounded up or down so that they add
// up to that share of all rows: up where most is cut off.
func shares(strata [][]int, a, b int) []int {
	n, cut := make([]int, len(strata)), make([]float64, len(strata))
	left, all := 0, 0
	for i, rows := range strata {
		exact := float64(len(rows)) * float64(a) / (float64(a) + float64(b))
		n[i] = int(exact)
		cut[i] = exact - float64(n[i])
		all += len(rows)
		left -= n[i]
	}
	for left += share(all, a, b); left > 0; left-- {
		most := 0
		for i := range cut {
			if cut[i] > cut[most] {
				most = i
			}
		}
		n[most]++
		cut[most] = -1
	}
	return n
}

func (t *Table) emptyPart(spec *Spec, training bool) error {
	part := "held-out"
	if training {
		part = "training"
	}
	return &Fault{File: t.File, Message: fmt.Sprintf("the %s part is empty: data %s splits %s %d / %d",
		part, spec.Name, plural(t.Rows, "row"), spec.Split[0], spec.Split[1])}
}

// splitStrata splits the rows of each class for themselves. Both parts keep the
// order of rows.
func (t *Table) splitStrata(spec *Spec, order []int) (train, held []int, err error) {
	strata, err := t.strata(spec, spec.Stratify, order)
	if err != nil {
		return nil, nil, err
	}
	trained := make([]bool, t.Rows)
	for i, n := range shares(strata, spec.Split[0], spec.Split[1]) {
		for _, r := range strata[i][:n] {
			trained[r] = true
		}
	}
	for _, r := range order {
		if trained[r] {
			train = append(train, r)
		} else {
			held = append(held, r)
		}
	}
	if len(train) == 0 || len(held) == 0 {
		return nil, nil, t.emptyPart(spec, len(train) == 0)
	}
	return train, held, nil
}
