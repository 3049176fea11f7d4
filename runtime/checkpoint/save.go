package checkpoint

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Previous is what SaveKeeping appends to the name of the file it replaces.
const Previous = ".previous"

// partial is what the names of files that are being written have behind their
// own.
const partial = ".partial"

// Save writes the file at path, an archive for NumPy where the name ends in
// .npz, else safetensors: all of it or, on any error, none, in which
// case what stood there stays. It is on disk when Save returns. A symbolic
// link is followed. What a killed Save left beside the file is removed.
func Save(path string, metadata map[string]string, tensors []Tensor) error {
	return save(path, metadata, tensors, false)
}

// SaveKeeping is Save that keeps the file which it replaces, under the name
// path + Previous. At any moment one of both is a whole file.
func SaveKeeping(path string, metadata map[string]string, tensors []Tensor) error {
	return save(path, metadata, tensors, true)
}

func save(path string, metadata map[string]string, tensors []Tensor, keeping bool) error {
	encode := Encode
	if strings.EqualFold(filepath.Ext(path), npzSuffix) {
		encode = EncodeNPZ
	}
	b, err := encode(metadata, tensors)
	if err != nil {
		return named(path, err)
	}
	return replace(path, b, keeping)
}

// WriteFile writes b to the file at path as Save does: all of it or none.
func WriteFile(path string, b []byte) error { return replace(path, b, false) }

func replace(path string, b []byte, keeping bool) error {
	target, temp, err := create(path)
	if err != nil {
		return err
	}
	_, err = temp.Write(b)
	if err == nil {
		err = temp.Sync()
	}
	kept := ""
	if err == nil && keeping {
		kept, err = keep(target, temp.Name()+Previous)
	}
	if !renamesOpen {
		err = errors.Join(err, temp.Close())
	}
	if err == nil {
		err = os.Rename(temp.Name(), target)
	}
	if renamesOpen { // the lock lasts until the file has its name
		err = errors.Join(err, temp.Close())
	}
	if err == nil && kept != "" {
		// Only now: the new file is in place, so what stood under this
		// name is needed no more.
		if err = os.Rename(kept, target+Previous); errors.Is(err, fs.ErrNotExist) {
			err = nil // another process saves here too, and cleaned up
		}
		_ = os.Remove(kept) // still there where both names were one file's
	}
	if err != nil {
		_ = os.Remove(temp.Name())
		if kept != "" {
			_ = os.Remove(kept)
		}
		return named(path, err)
	}
	if err := syncFolder(filepath.Dir(target)); err != nil {
		return named(path, err)
	}
	return nil
}

// keep gives what stands at target a second name and returns it, "" where
// nothing stands there. File systems without hard links get a copy.
func keep(target, name string) (string, error) {
	_ = os.Remove(name)
	err := os.Link(target, name)
	switch {
	case err == nil:
		return name, nil
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	}
	return keepCopy(target, name)
}

func keepCopy(target, name string) (string, error) {
	b, err := os.ReadFile(target)
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(name)
		return "", err
	}
	return name, nil
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
	removeLeftovers(target)
	if temp, err = createBeside(target); err != nil {
		return "", nil, named(path, err)
	}
	return target, temp, nil
}

// createBeside creates a new file in path's folder, with the permissions that
// the user's mask gives. The name says whose it is; the lock, as long as it is
// open, that it is no leftover.
func createBeside(path string) (*os.File, error) {
	for i := 0; ; i++ {
		name := path + partial + strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(i)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		switch {
		case err == nil && lock(f) && still(f):
			return f, nil
		case err == nil:
			_ = f.Close() // whoever removes leftovers was faster
		case !errors.Is(err, fs.ErrExist):
			return nil, err
		}
		if i == 1000 {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
		}
	}
}

// still reports whether f stands under its name.
func still(f *os.File) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Lstat(f.Name())
	return err == nil && os.SameFile(a, b)
}

// removeLeftovers removes the files beside path that a Save of it wrote and
// that no process is writing any more.
func removeLeftovers(path string) {
	prefix := filepath.Base(path) + partial
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, e := range entries {
		if rest, ok := strings.CutPrefix(e.Name(), prefix); ok && rest != "" && '0' <= rest[0] && rest[0] <= '9' && e.Type().IsRegular() {
			removeAbandoned(filepath.Join(filepath.Dir(path), e.Name()))
		}
	}
}

// syncFolder makes a rename durable where the system can. Not being able to is
// no error, as the file is whole either way; a failing disk is one.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	err = d.Sync()
	_ = d.Close()
	if errors.Is(err, syscall.EIO) {
		return err
	}
	return nil
}
