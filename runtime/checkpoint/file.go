package checkpoint

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

// Open decodes the file at path. Errors name the path.
func Open(path string) (*File, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, named(path, err)
	}
	f, err := Decode(b)
	if err != nil {
		return nil, named(path, err)
	}
	return f, nil
}

// Save writes the file at path: all of it or, on any error, none, in which
// case what stood there stays. It is on disk when Save returns. A symbolic
// link is followed.
func Save(path string, metadata map[string]string, tensors []Tensor) error {
	b, err := Encode(metadata, tensors)
	if err != nil {
		return named(path, err)
	}
	path, temp, err := create(path)
	if err != nil {
		return err
	}
	_, err = temp.Write(b)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return named(path, errors.Join(err, os.Remove(temp.Name())))
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// Writable reports whether Save could write at path now, so that a long
// training does not end in a wrong path.
func Writable(path string) error {
	_, temp, err := create(path)
	if err != nil {
		return err
	}
	if err := errors.Join(temp.Close(), os.Remove(temp.Name())); err != nil {
		return named(path, err)
	}
	return nil
}

// create opens the temporary file that will replace path's target.
func create(path string) (target string, temp *os.File, err error) {
	if target, err = filepath.EvalSymlinks(path); err != nil {
		target = path
	}
	if info, err := os.Stat(target); err == nil && !info.Mode().IsRegular() {
		return "", nil, named(path, errors.New("is not a regular file"))
	}
	if temp, err = createBeside(target); err != nil {
		return "", nil, named(path, err)
	}
	return target, temp, nil
}

// createBeside creates a new file in path's folder, with the permissions that
// the user's mask gives. The name says whose leftover it is.
func createBeside(path string) (*os.File, error) {
	for i := 0; ; i++ {
		name := path + ".partial" + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(i)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) && i < 1000 {
			continue
		}
		return f, err
	}
}

// syncFolder makes a rename durable where the system can. The file itself is
// whole either way, so failing is no error.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// named puts path before an error, and drops the operation that os errors
// bring along.
func named(path string, err error) error {
	var p *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &fileError{path, "no such file or folder", err}
	case errors.As(err, &p):
		return &fileError{path, p.Err.Error(), err}
	}
	return &fileError{path, err.Error(), err}
}

type fileError struct {
	path, message string
	err           error
}

func (e *fileError) Error() string { return e.path + ": " + e.message }
func (e *fileError) Unwrap() error { return e.err }
