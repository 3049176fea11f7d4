package parquet

import (
	"errors"
	"io"
	"os"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// Read reads the Parquet file at path as spec, a declaration of CSV data,
// says; train.Table trains on the result. Errors are a *data.Fault or data.Faults,
// which name a row as a record, counted from 1.
func Read(spec *data.Spec, path string) (*data.Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &data.Fault{File: path, Message: message(err)}
	}
	defer f.Close()
	return ReadFrom(spec, path, f)
}

// ReadFrom is Read for an open file; name stands for it in messages.
func ReadFrom(spec *data.Spec, name string, f File) (*data.Table, error) {
	if spec.Format != "csv" {
		return nil, &data.Fault{File: name, Message: "data " + spec.Name + " is declared as " + spec.Format + ": columns of a Parquet file are read as those of csv"}
	}
	named := *spec
	named.Header = data.HeaderNames // whatever it is in the CSV files of the declaration
	r, w := io.Pipe()
	written := make(chan error, 1)
	go func() {
		err := WriteCSV(w, f)
		w.CloseWithError(err)
		written <- err
	}()
	table, err := data.ReadFrom(&named, name, r)
	r.Close()
	// A file that cannot be read is the reason for whatever the reader of CSV
	// made of its beginning; a pipe closed by that reader is not.
	if err := <-written; err != nil && !errors.Is(err, io.ErrClosedPipe) {
		return nil, &data.Fault{File: name, Message: err.Error()}
	}
	if err != nil {
		return nil, rows(err)
	}
	return table, nil
}

// rows turns the lines that faults name, the first of which is the header, into
// rows of the file.
func rows(err error) error {
	each := func(f *data.Fault) {
		if f.Line > 1 {
			f.Record, f.Line = f.Line-1, 0
		}
	}
	var fault *data.Fault
	var faults data.Faults
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			each(f)
		}
	case errors.As(err, &fault):
		each(fault)
	}
	return err
}

func message(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
