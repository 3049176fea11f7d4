package data

import (
	"errors"
	"fmt"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Folds are the rows of a table in parts of about one size, each of which is once
// what is held out.
type Folds struct {
	K     int
	order []int // the rows, permuted
	of    []int // the fold of each row
}

// Folds parts the rows of t into k folds by a seeded permutation; their sizes
// differ by one at most. Where by, an object of spec, is not "", so do their
// numbers of rows of each of its classes. A split of the spec plays no part.
func (t *Table) Folds(spec *Spec, k int, by string, seed uint64) (*Folds, error) {
	switch {
	case t.tokens > 0 || spec.Rows == RowsWhole:
		return nil, errors.New("data " + spec.Name + ": a text has no folds: its rows are not independent of those beside them")
	case k < 2:
		return nil, fmt.Errorf("%d folds are no cross-validation; there have to be two", k)
	case k > t.Rows:
		return nil, &Fault{File: t.File, Message: fmt.Sprintf("%s do not make %d folds", plural(t.Rows, "row"), k)}
	}
	f := &Folds{K: k, order: make([]int, t.Rows), of: make([]int, t.Rows)}
	rng.New(seed, "folds").Permute(f.order)
	classes, err := t.strata(spec, by, f.order)
	if err != nil {
		return nil, err
	}
	dealt := 0
	for _, rows := range classes {
		for _, r := range rows {
			f.of[r] = dealt % k
			dealt++
		}
	}
	return f, nil
}

// Part is what to train on, and the fold that is held out then, from 0.
func (f *Folds) Part(fold int) (train, held []int) {
	for _, r := range f.order {
		if f.of[r] == fold {
			held = append(held, r)
		} else {
			train = append(train, r)
		}
	}
	return train, held
}
