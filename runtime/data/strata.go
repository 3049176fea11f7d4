package data

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime"
)

// hasClasses reports whether c has one class for each row: Fin, Bool or a finite set.
func (c *Column) hasClasses() bool {
	_, finite := c.Set.(runtime.Finite)
	return c.Width() == 1 && !c.Standardize && (c.Kind == Fin || c.Kind == Bool || c.Kind == Real && finite)
}

// Stratum is the only object of s that has one class for each row; it is an error
// where there are none, or several.
func (s *Spec) Stratum() (string, error) {
	names := s.strataNames()
	if len(names) == 1 {
		return names[0], nil
	}
	if len(names) == 0 {
		return "", errors.New("data " + s.Name + ": no object has one class for each row, so nothing can be stratified")
	}
	return "", errors.New("data " + s.Name + ": stratified by which object? " + strings.Join(names, " and ") + " have classes")
}

func (s *Spec) strataNames() (names []string) {
	for i := range s.Columns {
		if c := &s.Columns[i]; c.hasClasses() && !slices.Contains(names, c.Object) {
			names = append(names, c.Object)
		}
	}
	return names
}

// strata are the given rows by their classes of the object by, in the order of the
// classes and in each in that of rows; all as one where by is "".
func (t *Table) strata(spec *Spec, by string, rows []int) ([][]int, error) {
	if by == "" {
		return [][]int{rows}, nil
	}
	at := slices.IndexFunc(spec.Columns, func(c Column) bool { return c.Object == by && c.hasClasses() })
	if at < 0 {
		message := "data " + spec.Name + ": " + by + " has no classes to stratify by"
		if names := spec.strataNames(); len(names) > 0 {
			message += "; " + strings.Join(names, " and ") + " would"
		}
		return nil, errors.New(message)
	}
	v := &t.Factors[at]
	class := func(row int) float64 {
		switch v.Kind {
		case Fin:
			return float64(v.Fin[row])
		case Bool:
			if v.Bool[row] {
				return 1
			}
			return 0
		}
		return float64(v.Real[row])
	}
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b int) int { return cmp.Compare(class(a), class(b)) })
	var parts [][]int
	for from, to := 0, 0; from < len(sorted); from = to {
		for to < len(sorted) && class(sorted[to]) == class(sorted[from]) {
			to++
		}
		parts = append(parts, sorted[from:to:to])
	}
	return parts, nil
}
