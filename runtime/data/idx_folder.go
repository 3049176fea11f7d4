package data

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
)

// Find returns where the file called name lies in folder, plain or gzipped: as
// name says, or else with .gz behind it, or without the .gz that name ends in.
// Its error is a *Fault.
func Find(folder, name string) (string, error) {
	info, err := os.Stat(folder)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &Fault{File: folder, Message: "no such folder"}
	case err != nil:
		return "", &Fault{File: folder, Message: openMessage(err)}
	case !info.IsDir():
		return "", &Fault{File: folder, Message: "is a file, not a folder"}
	}
	path := filepath.Join(folder, filepath.FromSlash(name))
	other, zipped := strings.CutSuffix(path, ".gz")
	if !zipped {
		other = path + ".gz"
	}
	for _, p := range []string{path, other} {
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			return p, nil
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", &Fault{File: p, Message: openMessage(err)}
		}
	}
	return "", &Fault{File: path, Message: "no such file, with or without .gz"}
}

// readIDX reads one file for each column, which name tells, into a table.
// Every header is read before the first number.
func readIDX(spec *Spec, folder string, name func(*Column) string) (*Table, error) {
	if err := spec.Validate(); err != nil {
		return nil, err
	}
	t := emptyTable(spec, folder)
	files := make([]*idxFile, 0, len(spec.Columns))
	defer func() {
		for _, f := range files {
			f.file.Close()
		}
	}()
	for i := range spec.Columns {
		c := &spec.Columns[i]
		path, err := Find(folder, name(c))
		if err != nil {
			return nil, err
		}
		f, err := openIDX(c, path)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
		if first := files[0]; f.records != first.records {
			return nil, f.fault("it has %s, and %s has %d", plural(f.records, "record"), first.path, first.records)
		}
	}
	for i, f := range files {
		if err := f.read(&t.Factors[i], &t.raw[i]); err != nil {
			return nil, err
		}
	}
	t.Rows = files[0].records
	t.lines = make([]int32, t.Rows)
	for i := range t.lines {
		t.lines[i] = int32(min(i+1, math.MaxInt32))
	}
	return t, nil
}
