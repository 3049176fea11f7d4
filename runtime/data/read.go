package data

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// Read reads the data at path as spec says: a CSV file, a text, or of a folder of
// IDX files those to train on. Files are plain or gzipped, whichever their first
// bytes show. Errors are a *Fault or Faults.
func Read(spec *Spec, path string) (*Table, error) {
	if spec.Format == "idx" {
		return readIDX(spec, path, func(c *Column) string { return c.File })
	}
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadFrom(spec, path, f)
}

func openFile(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Fault{File: path, Message: openMessage(err)}
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, &Fault{File: path, Message: "is a folder, not a file"}
	}
	return f, nil
}

// ReadTest reads the held-out records that lie in files of their own; nil where
// spec names no such files.
func ReadTest(spec *Spec, path string) (*Table, error) {
	if !spec.HasTest() {
		return nil, nil
	}
	return readIDX(spec, path, func(c *Column) string { return c.Test })
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

// ReadSkipping is Read of CSV that leaves out rows whose cells do not fit, and
// tells skip the first fault of each.
func ReadSkipping(spec *Spec, path string, skip func(*Fault)) (*Table, error) {
	if spec.Format != "csv" {
		return nil, &Fault{File: path, Message: "data " + spec.Name + " is from " + spec.Format + "; only rows of csv can be left out"}
	}
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readFrom(spec, path, f, skip)
}

// ReadFrom is Read for an open stream of CSV or text; name stands for the file in messages.
func ReadFrom(spec *Spec, name string, r io.Reader) (*Table, error) {
	return readFrom(spec, name, r, nil)
}

func readFrom(spec *Spec, name string, r io.Reader, skip func(*Fault)) (*Table, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	if spec.Format == "idx" {
		return nil, errors.New("data " + spec.Name + ": IDX data lies in several files; Read reads them")
	}
	in, err := unzipped(name, r)
	if err != nil {
		return nil, err
	}
	if spec.Format == "text" {
		return readText(spec, name, in)
	}
	t := newReading(spec, name, newRecords(in))
	t.skip = skip
	if err := t.read(); err != nil {
		return nil, err
	}
	return t.table, nil
}
