package data

import (
	"strconv"
	"strings"
)

// Fault is one thing wrong with a file of data.
type Fault struct {
	File    string
	Line    int    // of text, from 1; 0 where the file as a whole is meant
	Column  int    // from 1, as in the spec; 0 where the record as a whole is meant
	Record  int    // of a binary file, from 1; 0 where the file as a whole is meant
	Offset  int64  // of the faulty bytes, in the unzipped file; 0 where it is not known
	Object  string // the object that the column or file is bound to, or ""
	Message string
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		b.WriteString(":" + strconv.Itoa(f.Line))
	}
	b.WriteString(": ")
	if f.Record > 0 {
		b.WriteString("record " + strconv.Itoa(f.Record))
		if f.Offset > 0 {
			b.WriteString(" (offset " + strconv.FormatInt(f.Offset, 10) + ")")
		}
		b.WriteString(": ")
	}
	switch {
	case f.Column > 0 && f.Object != "":
		b.WriteString("column " + strconv.Itoa(f.Column) + " (" + f.Object + "): ")
	case f.Column > 0:
		b.WriteString("column " + strconv.Itoa(f.Column) + ": ")
	case f.Object != "":
		b.WriteString(f.Object + ": ")
	}
	b.WriteString(f.Message)
	return b.String()
}

// Faults are the first faults of a file, in its order.
type Faults []*Fault

// maxFaults is how many faults a reader collects before it gives up: the
// hundredth rarely says more than the tenth.
const maxFaults = 10

func (f Faults) Error() string {
	lines := make([]string, len(f), len(f)+1)
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	if len(f) >= maxFaults {
		lines = append(lines, f[0].File+": reading stopped after "+strconv.Itoa(maxFaults)+" faults")
	}
	return strings.Join(lines, "\n")
}

// err is f as an error: none, the only fault, or all.
func (f Faults) err() error {
	switch len(f) {
	case 0:
		return nil
	case 1:
		return f[0]
	}
	return f
}

// Unwrap gives access to the single faults.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i, fault := range f {
		errs[i] = fault
	}
	return errs
}
