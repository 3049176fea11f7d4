package data

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Split parts the rows of t into a training and a held-out part, and one for a
// test at the end, by a seeded permutation; held and test are empty where the spec
// has no such parts. Each gets its share of the rows, rounded to the nearest, the
// training part first; where the spec stratifies, it gets that of each class,
// rounded up or down. A part of the spec that would get no row is an error.
//
// A text is not permuted: what is held out is its last part, and rows that reach
// across the border are in neither. Its lines are rows as those of a table are.
func (t *Table) Split(spec *Spec, seed uint64) (train, held, test []int, err error) {
	switch {
	case t.tokens > 0:
		train, held, err = t.splitText(spec)
		return train, held, nil, err
	case spec.Rows == RowsWhole: // parted when it was read
		return ascending(0, 1), ascending(1, t.Rows), nil, nil
	}
	a, b, c := spec.Split[0], spec.Split[1], spec.TestPart
	if b == 0 {
		return ascending(0, t.Rows), nil, nil, nil
	}
	order := make([]int, t.Rows)
	rng.New(seed, "split").Permute(order)
	if train, held, err = t.splitRows(spec, order, a, b+c); err == nil && c > 0 {
		held, test, err = t.splitRows(spec, held, b, c)
	}
	switch {
	case err != nil:
		return nil, nil, nil, err
	case len(train) == 0:
		return nil, nil, nil, t.emptyPart(spec, "training")
	case len(held) == 0:
		return nil, nil, nil, t.emptyPart(spec, "held-out")
	case len(test) == 0 && c > 0:
		return nil, nil, nil, t.emptyPart(spec, "test")
	}
	return train, held, test, nil
}

func (t *Table) emptyPart(spec *Spec, part string) error {
	parts := fmt.Sprintf("%d / %d", spec.Split[0], spec.Split[1])
	if spec.TestPart > 0 {
		parts += fmt.Sprintf(" / %d", spec.TestPart)
	}
	return &Fault{File: t.File, Message: fmt.Sprintf("the %s part is empty: data %s splits %s %s", part, spec.Name, plural(t.Rows, "row"), parts)}
}

// splitRows splits rows a to b, by classes where the spec stratifies. Both parts
// keep the order of rows.
func (t *Table) splitRows(spec *Spec, rows []int, a, b int) (first, second []int, err error) {
	if spec.Stratify == "" {
		n := share(len(rows), a, b)
		return rows[:n:n], rows[n:], nil
	}
	strata, err := t.strata(spec, spec.Stratify, rows)
	if err != nil {
		return nil, nil, err
	}
	isFirst := make([]bool, t.Rows)
	for i, n := range shares(strata, a, b) {
		for _, r := range strata[i][:n] {
			isFirst[r] = true
		}
	}
	for _, r := range rows {
		if isFirst[r] {
			first = append(first, r)
		} else {
			second = append(second, r)
		}
	}
	return first, second, nil
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
