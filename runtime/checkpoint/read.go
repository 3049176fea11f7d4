package checkpoint

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// maxHeader bounds the header: a file cannot make a reader allocate more than
// it brings, nor spend more on names than any model has.
const maxHeader = 16 << 20

// File is a decoded file: names, shapes and bytes. It keeps the bytes it was
// decoded from and never changes them, so it may be read concurrently.
type File struct {
	Metadata map[string]string
	entries  []entry
	length   int // of the file, in bytes
}

type entry struct {
	name  string
	dtype string
	shape []int
	data  []byte
	// Of an archive, instead of data: what inflates the elements, and how many
	// bytes that gives.
	inflate  func() ([]byte, error)
	inflated int
}

// Decode reads a safetensors file. It fails where the file is not one to the
// letter: bytes that no tensor or two tensors claim, names that stand twice,
// shapes that do not fit their bytes, or another checksum than it carries.
func Decode(b []byte) (*File, error) {
	if strings.HasPrefix(string(b[:min(len(b), len(zipMagic))]), zipMagic) {
		return nil, errArchive
	}
	if len(b) < 8 {
		return nil, errors.New("not a safetensors file: it has only " + strconv.Itoa(len(b)) + " bytes")
	}
	n := binary.LittleEndian.Uint64(b)
	switch {
	case n > maxHeader:
		return nil, errors.New("not a safetensors file: its header would have " + strconv.FormatUint(n, 10) + " bytes")
	case n > uint64(len(b)-8):
		return nil, errors.New("the file is cut off: its header has " + strconv.FormatUint(n, 10) + " bytes, the file " + strconv.Itoa(len(b)))
	}
	f := &File{Metadata: map[string]string{}, length: len(b)}
	if err := f.parse(&scanner{text: string(b[8 : 8+n])}, b[8+n:]); err != nil {
		return nil, err
	}
	return f, nil
}

// DecodeAny reads a safetensors file or an .npz archive. It is apart from Decode
// so that predictors need not link what inflates archives.
func DecodeAny(b []byte) (*File, error) {
	if f, err := Decode(b); err != errArchive {
		return f, err
	}
	return decodeNPZ(b)
}

var errArchive = errors.New("an npz archive; `ctgen migrate` writes it as safetensors, which this program reads")

// Read is Decode of all that r brings.
func Read(r io.Reader) (*File, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	return Decode(b)
}

func (f *File) parse(s *scanner, data []byte) error {
	type span struct{ from, to, entry int }
	var spans []span
	sum, sumEnd := "", 0
	err := s.object(func(name string) error {
		if name == metadataName {
			return s.object(func(key string) error {
				s.space()
				value, err := s.str()
				if key == checksumName {
					sum, sumEnd = value, s.at-1
					return err
				}
				f.Metadata[key] = value
				return err
			})
		}
		e := entry{name: name}
		offsets, err := e.parse(s)
		if err != nil {
			return err
		}
		if offsets[0] > offsets[1] || offsets[1] > len(data) {
			return errors.New(name + ": its bytes " + strconv.Itoa(offsets[0]) + ".." + strconv.Itoa(offsets[1]) +
				" do not lie within the file's " + strconv.Itoa(len(data)))
		}
		e.data = data[offsets[0]:offsets[1]:offsets[1]]
		if err := e.check(); err != nil {
			return err
		}
		spans = append(spans, span{offsets[0], offsets[1], len(f.entries)})
		f.entries = append(f.entries, e)
		return nil
	})
	if err != nil {
		return err
	}
	if s.space(); s.at != len(s.text) {
		return s.fail("text after the end")
	}
	slices.SortFunc(spans, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	at := 0
	for i, p := range spans {
		switch {
		case p.from < at:
			return errors.New(f.entries[p.entry].name + " and " + f.entries[spans[i-1].entry].name + " share bytes")
		case p.from > at:
			return errors.New("bytes " + strconv.Itoa(at) + ".." + strconv.Itoa(p.from) + " belong to no tensor")
		}
		at = p.to
	}
	if at != len(data) {
		return errors.New("bytes " + strconv.Itoa(at) + ".." + strconv.Itoa(len(data)) + " belong to no tensor")
	}
	if sumEnd > 0 {
		return verify(sum, []byte(s.text), sumEnd, data)
	}
	for _, value := range f.Metadata {
		if strings.HasPrefix(value, checksumPrefix) && len(value) == len(noChecksum) {
			return errChecksum // the name of the entry is what was damaged
		}
	}
	return nil
}

// parse reads one tensor's description.
func (e *entry) parse(s *scanner) (offsets []int, err error) {
	err = s.object(func(key string) (err error) {
		switch key {
		case "dtype":
			s.space()
			e.dtype, err = s.str()
		case "shape":
			e.shape, err = s.numbers()
		case "data_offsets":
			offsets, err = s.numbers()
		default:
			err = errors.New(e.name + ": " + strconv.Quote(key) + " is not known")
		}
		return err
	})
	if err == nil && (e.dtype == "" || e.shape == nil || len(offsets) != 2) {
		err = errors.New(e.name + ": dtype, shape and two data_offsets are needed")
	}
	return offsets, err
}

// check compares the shape with the bytes.
func (e *entry) check() error {
	size, ok := sizeOf(e.dtype)
	if !ok {
		return errors.New(e.name + ": type " + strconv.Quote(e.dtype) + " is not known")
	}
	total := size
	for _, d := range e.shape {
		if d != 0 && total > math.MaxInt/d {
			return errors.New(e.name + ": " + shapeText(e.shape) + " is too large")
		}
		total *= d
	}
	if total != len(e.data) {
		return errors.New(e.name + ": " + shapeText(e.shape) + " of " + e.dtype + " takes " + strconv.Itoa(total) +
			" bytes, not " + strconv.Itoa(len(e.data)))
	}
	return nil
}

// Names returns the tensors' names in the file's order.
func (f *File) Names() []string {
	names := make([]string, len(f.entries))
	for i, e := range f.entries {
		names[i] = e.name
	}
	return names
}

// Sub returns the tensors whose names begin with prefix, without it. The
// metadata is shared.
func (f *File) Sub(prefix string) *File {
	return f.filter(func(name string) (string, bool) { return strings.CutPrefix(name, prefix) })
}

// Without returns the tensors whose names do not begin with prefix.
func (f *File) Without(prefix string) *File {
	return f.filter(func(name string) (string, bool) { return name, !strings.HasPrefix(name, prefix) })
}

func (f *File) filter(keep func(name string) (string, bool)) *File {
	g := &File{Metadata: f.Metadata, length: f.length}
	for _, e := range f.entries {
		var ok bool
		if e.name, ok = keep(e.name); ok {
			g.entries = append(g.entries, e)
		}
	}
	return g
}
