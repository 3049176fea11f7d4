package data

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"strconv"
	"strings"
)

// Read reads the file at path as spec says: CSV, plain or gzipped, whichever
// its first bytes show. Errors are a *Fault or Faults.
func Read(spec *Spec, path string) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Fault{File: path, Message: openMessage(err)}
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, &Fault{File: path, Message: "is a folder, not a file"}
	}
	return ReadFrom(spec, path, f)
}

func openMessage(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read it"
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return err.Error()
}

// ReadFrom is Read for an open stream; name stands for the file in messages.
func ReadFrom(spec *Spec, name string, r io.Reader) (*Table, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	in := bufio.NewReader(r)
	magic, _ := in.Peek(2)
	if len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, &Fault{File: name, Message: "damaged gzip data: its header is not valid"}
		}
		r = unzipped
	} else if strings.HasSuffix(name, ".gz") && len(magic) > 0 {
		return nil, &Fault{File: name, Message: "not gzip data, although the name ends in .gz"}
	} else {
		r = in
	}
	t := newReading(spec, name, newRecords(r))
	if err := t.read(); err != nil {
		return nil, err
	}
	return t.table, nil
}

// Validate reports a spec that no file can satisfy. Generated specs are
// valid; specs made by hand may not be.
func (s *Spec) Validate() error {
	fail := func(message string) error { return errors.New("data " + s.Name + ": " + message) }
	if s.Format != "csv" {
		return fail("format " + strconv.Quote(s.Format) + " is not known; csv is")
	}
	switch s.Header {
	case HeaderAuto, HeaderNames, HeaderSkip, HeaderNone:
	default:
		return fail("header " + strconv.Quote(string(s.Header)) + " is none of names, skip, none")
	}
	if len(s.Columns) == 0 {
		return fail("no column is bound to an object")
	}
	if s.Split[0] < 0 || s.Split[1] < 0 || s.Split[0] == 0 && s.Split[1] != 0 {
		return fail("the split leaves nothing to train on")
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		switch {
		case c.First < 1 || c.Last < c.First:
			return fail(c.Object + ": columns " + strconv.Itoa(c.First) + ".." + strconv.Itoa(c.Last) + " are no columns; they count from 1")
		case c.Last > maxRecord:
			return fail(c.Object + ": no record has " + strconv.Itoa(c.Last) + " columns")
		case c.Kind > Bool:
			return fail(c.Object + ": of no kind that a file can hold")
		case c.Kind == Fin && c.N < 1:
			return fail(c.Object + ": no classes")
		case c.Kind != Real && (c.Standardize || c.Scale != 0):
			return fail(c.Object + ": only real numbers can be scaled or standardized")
		case math.IsNaN(c.Scale) || math.IsInf(c.Scale, 0):
			return fail(c.Object + ": the scale is not finite")
		}
	}
	return nil
}
