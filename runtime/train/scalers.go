package train

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// ScalerTensors names the numbers of a data declaration's scalers as models
// at rest hold them: cohort.Features.mean, cohort.Features.deviation. A
// second column of the same object is cohort.Features.2.mean.
func ScalerTensors(declaration string, scalers []*data.Scaler) []checkpoint.Tensor {
	var list []checkpoint.Tensor
	uses := map[string]int{}
	for _, s := range scalers {
		name := declaration + "." + s.Object
		if uses[s.Object]++; uses[s.Object] > 1 {
			name += "." + strconv.Itoa(uses[s.Object])
		}
		shape := []int{len(s.Mean)}
		list = append(list,
			checkpoint.Tensor{Name: name + ".mean", Shape: shape, F64: s.Mean},
			checkpoint.Tensor{Name: name + ".deviation", Shape: shape, F64: s.Deviation})
	}
	return list
}

// LoadScalers fills the scalers, one for each standardized column of spec in
// order, from a model at rest.
func LoadScalers(f *checkpoint.File, spec *data.Spec, scalers []*data.Scaler) error {
	k := 0
	var faults []string
	for i := range spec.Columns {
		c := &spec.Columns[i]
		if !c.Standardize {
			continue
		}
		s := scalers[k]
		s.Object = c.Object
		names := ScalerTensors(spec.Name, scalers[:k+1])[2*k:]
		s.Mean, s.Deviation = f.Vector(names[0].Name), f.Vector(names[1].Name)
		if !s.Valid(c.Width()) {
			faults = append(faults, names[0].Name+", "+names[1].Name+" ("+c.Object+"): missing, or no means and deviations of "+
				strconv.Itoa(c.Width())+" columns")
		}
		k++
	}
	if len(faults) > 0 {
		return &checkpoint.MismatchError{Faults: faults}
	}
	return nil
}
