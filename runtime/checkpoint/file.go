package checkpoint

import (
	"errors"
	"io/fs"
	"os"
)

// Open decodes the file at path, safetensors or an .npz archive. Errors name the path.
func Open(path string) (*File, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, named(path, err)
	}
	f, err := DecodeAny(b)
	if err != nil {
		return nil, named(path, err)
	}
	return f, nil
}

// OpenLast is Open. Where the file at path is damaged, it opens the one before
// it, which SaveKeeping kept: then fault says what is wrong with the file at
// path. It fails where neither can be read.
func OpenLast(path string) (f *File, fault, err error) {
	f, err = Open(path)
	var read *fs.PathError
	if err == nil || errors.As(err, &read) {
		return f, nil, err
	}
	kept, keptErr := Open(path + Previous)
	switch {
	case keptErr == nil:
		return kept, err, nil
	case errors.Is(keptErr, fs.ErrNotExist):
		return nil, nil, err
	}
	return nil, nil, errors.Join(err, keptErr)
}

// named puts path before an error, and drops the operation that os errors
// bring along.
func named(path string, err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{path, "no such file or folder", err}
	case errors.As(err, &p):
		return &fileError{path, p.Err.Error(), err}
	case errors.As(err, &l):
		return &fileError{path, l.Err.Error(), err}
	}
	return &fileError{path, err.Error(), err}
}

type fileError struct {
	path, message string
	err           error
}

func (e *fileError) Error() string { return e.path + ": " + e.message }
func (e *fileError) Unwrap() error { return e.err }
