package data

import (
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
)

// Fit fits a scaler to the given rows for each standardized column, in the
// order of the spec's columns.
func (t *Table) Fit(spec *Spec, rows []int) []*Scaler {
	var scalers []*Scaler
	for i := range spec.Columns {
		if c := &spec.Columns[i]; c.Standardize {
			if c.Range != [2]float64{} {
				scalers = append(scalers, fitRange(c.Object, t.raw[i], c.Width(), rows, c.Range))
				continue
			}
			scalers = append(scalers, fitScaler(c.Object, t.raw[i], c.Width(), rows))
		}
	}
	return scalers
}

// Standardize applies the scalers, one for each standardized column in order,
// to every row of t, and checks the columns' sets. Before it, standardized
// factors hold no values.
func (t *Table) Standardize(spec *Spec, scalers []*Scaler) error {
	var faults Faults
	for i := range spec.Columns {
		c := &spec.Columns[i]
		if !c.Standardize {
			continue
		}
		s := scalers[0]
		scalers = scalers[1:]
		cells, width := t.raw[i], c.Width()
		out := slices.Grow(t.Factors[i].Real[:0], len(cells))[:len(cells)]
		set := c.Set
		if set == nil {
			set = runtime.All{}
		}
		for at, x := range cells {
			k := at % width
			out[at] = float32((x - s.Mean[k]) / s.Deviation[k])
			if !set.Contains(float64(out[at])) && len(faults) < maxFaults {
				f := &Fault{File: t.File, Object: c.Object,
					Message: strconv.FormatFloat(float64(out[at]), 'g', -1, 32) + " is not in " + set.String() + " (after standardizing)"}
				if line := int(t.lines[at/width]); t.places != nil {
					f.Line, f.Column = line, t.places[i].of(k)
				} else {
					f.Record = line
				}
				faults = append(faults, f)
			}
		}
		t.Factors[i].Real = out
		t.raw[i] = nil
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}
