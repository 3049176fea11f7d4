package checkpoint

import "strconv"

// CheckFinite fails with a *MismatchError where one of the tensors, as f holds
// it, has a number that is none or infinite: it names the first of each, by its
// index. What f does not hold is passed over.
func (f *File) CheckFinite(tensors []Tensor) error {
	var faults []string
	for i := range tensors {
		for k := range f.entries {
			e := &f.entries[k]
			if e.name != tensors[i].Name || e.dtype != "F32" && e.dtype != "F64" {
				continue
			}
			b, err := e.bytes()
			if err != nil {
				return err
			}
			if at, v := firstWrong(e, b); at >= 0 {
				faults = append(faults, e.name+indexText(e.shape, at)+": is "+v+", want a number")
			}
		}
	}
	if len(faults) > 0 {
		return &MismatchError{faults}
	}
	return nil
}

// firstWrong finds the first element that is not finite; -1 where there is none.
func firstWrong(e *entry, b []byte) (at int, value string) {
	size, _ := sizeOf(e.dtype)
	one := Tensor{F32: make([]float32, 1)}
	if size == 8 {
		one = Tensor{F64: make([]float64, 1)}
	}
	for i := 0; i < len(b)/size; i++ {
		one.fill(b[i*size:])
		var v float64
		if size == 8 {
			v = one.F64[0]
		} else {
			v = float64(one.F32[0])
		}
		if v-v != 0 {
			return i, strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	return -1, ""
}

// indexText is the place of element i in a tensor, as [2, 0]; "" in a scalar.
func indexText(shape []int, i int) string {
	if len(shape) == 0 {
		return ""
	}
	index := make([]int, len(shape))
	for k := len(shape) - 1; k >= 0; k-- {
		index[k] = i % shape[k]
		i /= shape[k]
	}
	return shapeText(index)
}
