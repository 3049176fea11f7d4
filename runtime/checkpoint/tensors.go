package checkpoint

import (
	"errors"
	"strings"
)

// Tensors returns what the file holds, in its order, each tensor a copy. It
// fails on element types that models do not have, and on archives that inflate
// to more than any model would.
func (f *File) Tensors() ([]Tensor, error) {
	if err := f.checkInflated(); err != nil {
		return nil, err
	}
	list := make([]Tensor, 0, len(f.entries))
	for i := range f.entries {
		e := &f.entries[i]
		t := Tensor{Name: e.name, Shape: e.shape}
		n := t.Size()
		switch e.dtype {
		case "F32":
			t.F32 = make([]float32, n)
		case "F64":
			t.F64 = make([]float64, n)
		case "I32":
			t.I32 = make([]int32, n)
		case "I64":
			t.I64 = make([]int64, n)
		default:
			return nil, errors.New(e.name + ": is of type " + e.dtype + "; models hold F32, F64, I32 and I64")
		}
		b, err := e.bytes()
		if err != nil {
			return nil, err
		}
		t.fill(b)
		list = append(list, t)
	}
	return list, nil
}

// Numbers hardly compress: archives that inflate to more than this many times
// their size, and to more than a little, are made to fill memories.
const (
	maxInflation = 100
	smallModel   = 64 << 20
)

func (f *File) checkInflated() error {
	left := max(smallModel, maxInflation*f.length)
	for i := range f.entries {
		e := &f.entries[i]
		if e.inflated > left {
			return errors.New(e.name + ": the archive inflates to more than any model of its size")
		}
		left -= e.inflated
	}
	return nil
}

// Safetensors returns an .npz archive as safetensors, and anything else as it
// is.
func Safetensors(file []byte) ([]byte, error) {
	if !strings.HasPrefix(string(file[:min(len(file), len(zipMagic))]), zipMagic) {
		return file, nil
	}
	f, err := decodeNPZ(file)
	if err != nil {
		return nil, err
	}
	tensors, err := f.Tensors()
	if err != nil {
		return nil, err
	}
	return Encode(f.Metadata, tensors)
}
