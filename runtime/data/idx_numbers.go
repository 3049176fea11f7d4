package data

import (
	"errors"
	"io"
	"math"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
)

// blockSize is how many bytes of a file are read at a time. Numbers do not
// cross its multiples.
const blockSize = 1 << 20

// read reads the numbers of f into v, or into raw where they will be
// standardized. Memory for them is taken when all their bytes are there, so a
// header that announces more than the file holds costs nothing.
func (f *idxFile) read(v *Values, raw *[]float64) error {
	blocks, err := f.blocks()
	if err != nil {
		return err
	}
	numbers, c := f.records*v.Width, f.column
	switch {
	case c.Standardize:
		*raw, err = convert(f, blocks, numbers, func(x float64) (float64, string) {
			_, message := c.realOf(x)
			if c.Scale != 0 {
				x *= c.Scale
			}
			return x, message
		})
	case c.Kind == Real:
		v.Real, err = convert(f, blocks, numbers, c.realOf)
		if err == nil {
			err = f.distributions(v)
		}
	case c.Kind == Fin:
		v.Fin, err = convert(f, blocks, numbers, func(x float64) (int32, string) {
			n, message := wholeOf(x, "a class")
			if message == "" {
				message = classMessage(n, c)
			}
			return int32(n), message
		})
	case c.Kind == Int:
		v.Int, err = convert(f, blocks, numbers, func(x float64) (int64, string) { return wholeOf(x, "an integer") })
	case c.Kind == Bool:
		v.Bool, err = convert(f, blocks, numbers, func(x float64) (bool, string) {
			if x != 0 && x != 1 {
				return false, numberText(x) + " is not 0 or 1"
			}
			return x == 1, ""
		})
	}
	return err
}

// blocks reads all that the header announces, and requires that the file ends
// there.
func (f *idxFile) blocks() ([][]byte, error) {
	left := int64(f.records) * int64(volume(f.shape)) * int64(f.typ.size)
	at := f.header
	var blocks [][]byte
	for left > 0 {
		b := make([]byte, min(left, blockSize))
		n, err := io.ReadFull(f.in, b)
		at += int64(n)
		if err != nil {
			return nil, f.endsAt(at, err)
		}
		left -= int64(n)
		blocks = append(blocks, b)
	}
	var more [1]byte
	if n, err := io.ReadFull(f.in, more[:]); n > 0 {
		return nil, f.fault("the file goes on at offset %d, after the %s that its header announces", at, plural(f.records, "record"))
	} else if !errors.Is(err, io.EOF) {
		return nil, f.endsAt(at, err)
	}
	return blocks, nil
}

// endsAt says where the file ended, or could not be read further.
func (f *idxFile) endsAt(at int64, err error) *Fault {
	size := int64(volume(f.shape) * f.typ.size)
	record, where := (at-f.header)/size+1, "in"
	if (at-f.header)%size == 0 {
		where = "before"
	}
	if record > int64(f.records) { // nothing but the end was still to come
		return f.fault("%s (offset %d)", readMessage(err), at)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return f.fault("the file ends at offset %d, %s record %d of %d", at, where, record, f.records)
	}
	return f.fault("%s (offset %d, %s record %d of %d)", readMessage(err), at, where, record, f.records)
}

// convert makes the elements of a column of a file's numbers. Of turns one
// number into an element, or says what is wrong with it.
func convert[E any](f *idxFile, blocks [][]byte, numbers int, of func(float64) (E, string)) ([]E, error) {
	out := make([]E, 0, numbers)
	var faults Faults
	fault := func(message string) {
		k := len(out)
		faults = append(faults, &Fault{File: f.path, Object: f.column.Object, Message: message,
			Record: k/volume(f.shape) + 1, Offset: f.header + int64(k*f.typ.size)})
	}
	// Of single bytes there are few enough to look each up.
	var elements [256]E
	var messages [256]string
	if f.typ.size == 1 {
		for b := range elements {
			elements[b], messages[b] = of(f.typ.read([]byte{byte(b)}))
		}
	}
	for i, block := range blocks {
		blocks[i] = nil // its memory is free when the loop leaves it
		if f.typ.size == 1 {
			for _, b := range block {
				if messages[b] != "" && len(faults) < maxFaults {
					fault(messages[b])
				}
				out = append(out, elements[b])
			}
			continue
		}
		for at := 0; at < len(block); at += f.typ.size {
			e, message := of(f.typ.read(block[at:]))
			if message != "" && len(faults) < maxFaults {
				fault(message)
			}
			out = append(out, e)
		}
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
	return out, nil
}

// realOf scales a number and checks it, but for the set of a standardized
// column, which is checked when the scaler is known.
func (c *Column) realOf(x float64) (float32, string) {
	if x-x != 0 {
		return 0, numberText(x) + " is not a finite number"
	}
	y := x
	if c.Scale != 0 {
		y *= c.Scale
	}
	rounded := float32(y)
	switch {
	case math.IsInf(float64(rounded), 0):
		return 0, numberText(x) + " is too large for a 32-bit number"
	case !c.Standardize && c.Set != nil && !c.Set.Contains(float64(rounded)):
		return 0, notIn(y, c)
	}
	return rounded, ""
}

func wholeOf(x float64, what string) (int64, string) {
	if x != math.Trunc(x) || math.Abs(x) > 1<<53 {
		return 0, numberText(x) + " is not " + what
	}
	return int64(x), ""
}

func numberText(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// distributions requires that records of a simplex sum to one.
func (f *idxFile) distributions(v *Values) error {
	if _, ok := f.column.Set.(runtime.Simplex); !ok {
		return nil
	}
	for k := range f.records {
		if message := sumMessage(f.column, v.Real[k*v.Width:(k+1)*v.Width]); message != "" {
			return &Fault{File: f.path, Record: k + 1, Offset: f.header + int64(k*v.Width*f.typ.size), Object: f.column.Object, Message: message}
		}
	}
	return nil
}
