package checkpoint

import (
	"slices"
	"strings"
)

// MismatchError lists everything in which a file does not fit a model.
type MismatchError struct {
	Faults []string // "layer1.weight: missing", …
}

func (e *MismatchError) Error() string {
	return "the file does not fit this model:\n  " + strings.Join(e.Faults, "\n  ")
}

// Load fills the given tensors from f. It fails with a *MismatchError unless
// f holds exactly these names, with these shapes and element types; then
// nothing is changed.
func (f *File) Load(tensors []Tensor) error {
	var faults []string
	byName := make(map[string]*entry, len(f.entries))
	for i := range f.entries {
		byName[f.entries[i].name] = &f.entries[i]
	}
	wanted := make(map[string]bool, len(tensors))
	for i := range tensors {
		wanted[tensors[i].Name] = true
	}
	var others []string // names that nothing here has
	for _, e := range f.entries {
		if !wanted[e.name] {
			others = append(others, e.name)
		}
	}
	budget := pairs
	for i := range tensors {
		t := &tensors[i]
		e := byName[t.Name]
		dtype, _ := t.dtype()
		switch {
		case e == nil:
			fault := t.Name + ": missing"
			if near := nearest(t.Name, others, &budget); near != "" {
				fault += "; the file has " + near
			}
			faults = append(faults, fault)
		case !slices.Equal(e.shape, t.Shape):
			faults = append(faults, t.Name+": is "+shapeText(e.shape)+", want "+shapeText(t.Shape))
		case e.dtype != dtype && t.Size() > 0:
			faults = append(faults, t.Name+": is of type "+e.dtype+", want "+dtype)
		}
	}
	for _, name := range others {
		faults = append(faults, name+": not part of this model")
	}
	if len(faults) > 0 {
		return &MismatchError{faults}
	}
	if err := checkTensors(tensors); err != nil {
		return err
	}
	bytes := make([][]byte, len(tensors))
	for i := range tensors {
		var err error
		if bytes[i], err = byName[tensors[i].Name].bytes(); err != nil {
			return err
		}
	}
	for i := range tensors {
		tensors[i].fill(bytes[i])
	}
	return nil
}

// maxVector bounds the lengths that Vector returns.
const maxVector = 1 << 20

// Vector returns the numbers of the one-dimensional F64 tensor name, or nil
// where there is none, or one that is longer than any row of data.
func (f *File) Vector(name string) []float64 {
	for _, e := range f.entries {
		if e.name == name && e.dtype == "F64" && len(e.shape) == 1 && e.shape[0] <= maxVector {
			b, err := e.bytes()
			if err != nil {
				return nil
			}
			t := Tensor{F64: make([]float64, e.shape[0])}
			t.fill(b)
			return t.F64
		}
	}
	return nil
}
