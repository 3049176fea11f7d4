package checkpoint

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/npy"
)

// A model may rest as an .npz archive instead, which NumPy reads by itself: an
// array for each tensor, and the metadata as JSON text in an array of bytes,
// json.loads(bytes(file["__metadata__"])). The archive has checksums of its own.

// npzSuffix is the end of the names under which Save writes archives.
const npzSuffix = ".npz"

// zipMagic begins every zip file that is not empty.
const zipMagic = "PK\x03\x04"

// maxMetadata bounds what metadata may inflate to.
const maxMetadata = 1 << 20

var npyTypes = map[string]npy.Type{
	"F64": npy.Float64, "F32": npy.Float32, "F16": npy.Float16,
	"I64": npy.Int64, "I32": npy.Int32, "I16": npy.Int16, "I8": npy.Int8,
	"U64": npy.Uint64, "U32": npy.Uint32, "U16": npy.Uint16, "U8": npy.Uint8, "BOOL": npy.Bool,
}

// EncodeNPZ returns the .npz archive that holds the tensors and the metadata.
// The same input gives the same bytes. It fails where Encode does.
func EncodeNPZ(metadata map[string]string, tensors []Tensor) ([]byte, error) {
	if err := checkTensors(tensors); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := npy.NewWriter(&b)
	text := metadataText(metadata)
	err := w.Add(metadataName, npy.Uint8, []int{len(text)}, []byte(text))
	for i := range tensors {
		t := &tensors[i]
		dtype, _ := t.dtype()
		if err == nil {
			err = w.Add(t.Name, npyTypes[dtype], t.Shape, t.appendTo(nil))
		}
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// metadataText is the metadata as a JSON object.
func metadataText(metadata map[string]string) string {
	var b strings.Builder
	b.WriteByte('{')
	for i, k := range sortedKeys(metadata) {
		if i > 0 {
			b.WriteByte(',')
		}
		writeString(&b, k)
		b.WriteByte(':')
		writeString(&b, metadata[k])
	}
	b.WriteByte('}')
	return b.String()
}

// decodeNPZ reads an archive. What is compressed in it stays so until a tensor
// is asked for by its shape.
func decodeNPZ(b []byte) (*File, error) {
	members, err := npy.ReadArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, err
	}
	f := &File{Metadata: map[string]string{}, length: len(b)}
	for _, m := range members {
		if m.Name == metadataName {
			if err := f.readMetadata(m); err != nil {
				return nil, errors.New("its metadata: " + err.Error())
			}
			continue
		}
		e := entry{name: m.Name, shape: m.Shape, inflated: m.Bytes(), inflate: func() ([]byte, error) {
			a, err := m.Read()
			if err != nil {
				return nil, err
			}
			return a.Data(), nil
		}}
		for dtype, t := range npyTypes {
			if t == m.Type {
				e.dtype = dtype
			}
		}
		f.entries = append(f.entries, e)
	}
	return f, nil
}

func (f *File) readMetadata(m *npy.Member) error {
	if m.Type != npy.Uint8 || len(m.Shape) != 1 || m.Len() > maxMetadata {
		return errors.New("want up to " + strconv.Itoa(maxMetadata) + " bytes of JSON")
	}
	a, err := m.Read()
	if err != nil {
		return err
	}
	s := &scanner{text: string(a.Data())}
	err = s.object(func(key string) error {
		s.space()
		value, err := s.str()
		f.Metadata[key] = value
		return err
	})
	if s.space(); err == nil && s.at != len(s.text) {
		return s.fail("text after the end")
	}
	return err
}

// bytes are the elements of the tensor.
func (e *entry) bytes() ([]byte, error) {
	if e.inflate == nil {
		return e.data, nil
	}
	return e.inflate()
}
