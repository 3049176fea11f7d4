package npy

import (
	"archive/zip"
	"compress/flate"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Member is an array of an archive, known by its header; Read brings its
// elements.
type Member struct {
	Name string // without .npy
	Header
	file *zip.File
}

// ReadArchive reads what arrays the .npz archive in r, size bytes long, holds.
// Nothing is inflated but their headers, so whoever reads them can refuse a
// shape before memory is spent on it. Names are never paths. Errors name the
// array.
func ReadArchive(r io.ReaderAt, size int64) ([]*Member, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, errors.New("not an npz archive: " + plain(err))
	}
	seen := map[string]bool{}
	list := make([]*Member, 0, len(z.File))
	for _, f := range z.File {
		name, ok := strings.CutSuffix(f.Name, ".npy")
		switch {
		case !ok:
			return nil, errors.New(strconv.Quote(f.Name) + " in the archive is not an array: its name does not end in .npy")
		case seen[name]:
			return nil, errors.New("two arrays are named " + strconv.Quote(name))
		case f.Flags&1 != 0:
			return nil, errors.New(strconv.Quote(name) + " is encrypted")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return nil, errors.New(strconv.Quote(name) + " is compressed by method " + strconv.Itoa(int(f.Method)) + ", which is not read")
		}
		seen[name] = true
		m := &Member{Name: name, file: f}
		if err := m.readHeader(); err != nil {
			return nil, errors.New(strconv.Quote(name) + ": " + plain(err))
		}
		list = append(list, m)
	}
	return list, nil
}

func (m *Member) readHeader() error {
	r, err := m.file.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	h, err := ReadHeader(r)
	if err != nil {
		return err
	}
	m.Header = *h
	if m.file.UncompressedSize64 < uint64(h.length) {
		return errors.New("the file is cut off in its header")
	}
	return h.checkLength(m.file.UncompressedSize64 - uint64(h.length))
}

// Read inflates the array. Memory grows with what the archive brings, never
// with what it promises alone, up to m.Bytes().
func (m *Member) Read() (*Array, error) {
	data, err := m.read()
	if err != nil {
		return nil, errors.New(strconv.Quote(m.Name) + ": " + plain(err))
	}
	return m.array(data), nil
}

func (m *Member) read() ([]byte, error) {
	r, err := m.file.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if _, err := io.CopyN(io.Discard, r, int64(m.length)); err != nil {
		return nil, shortened(err, "the file is cut off in its header")
	}
	// One byte more than there may be: at the end the reader compares the
	// checksum.
	data, err := io.ReadAll(io.LimitReader(r, int64(m.Bytes())+1))
	if err != nil {
		return nil, err
	}
	return data, m.checkLength(uint64(len(data)))
}

// plain says in words what went wrong inside the archive.
func plain(err error) string {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrFormat):
		return "the zip file is damaged, or none"
	case errors.Is(err, zip.ErrChecksum):
		return "its checksum is another: the archive is damaged"
	case errors.As(err, &corrupt):
		return "what is compressed is damaged"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the file is cut off"
	}
	return err.Error()
}
