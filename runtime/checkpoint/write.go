package checkpoint

import (
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Encode returns the safetensors file that holds the tensors and the
// metadata. The same input gives the same bytes: tensors stand in the order
// given, those with wider elements first so that all are aligned; metadata is
// sorted and has one entry more, a checksum. It fails where a name is empty or used twice, or where a tensor
// does not have as many elements as its shape says.
func Encode(metadata map[string]string, tensors []Tensor) ([]byte, error) {
	if err := checkTensors(tensors); err != nil {
		return nil, err
	}
	order := slices.Clone(tensors)
	slices.SortStableFunc(order, func(a, b Tensor) int { return elementSize(&b) - elementSize(&a) })

	header, total := header(metadata, order)
	out := make([]byte, 0, 8+len(header)+total)
	out = binary.LittleEndian.AppendUint64(out, uint64(len(header)))
	out = append(out, header...)
	for i := range order {
		out = order[i].appendTo(out)
	}
	// The checksum stands first in the header.
	copy(out[8+strings.Index(header, noChecksum):], checksum(out[8:]))
	return out, nil
}

// Write is Encode to w.
func Write(w io.Writer, metadata map[string]string, tensors []Tensor) error {
	b, err := Encode(metadata, tensors)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

func elementSize(t *Tensor) int {
	dtype, _ := t.dtype()
	n, _ := sizeOf(dtype)
	return n
}

func checkTensors(tensors []Tensor) error {
	seen := make(map[string]bool, len(tensors))
	for i := range tensors {
		t := &tensors[i]
		_, length := t.dtype()
		switch {
		case t.Name == "" || t.Name == metadataName:
			return errors.New("a tensor cannot be named " + strconv.Quote(t.Name))
		case seen[t.Name]:
			return errors.New("two tensors are named " + t.Name)
		case length != t.Size() || slices.ContainsFunc(t.Shape, func(d int) bool { return d < 0 }):
			return errors.New(t.Name + ": " + strconv.Itoa(length) + " elements do not fill " + shapeText(t.Shape))
		}
		seen[t.Name] = true
	}
	return nil
}

const metadataName = "__metadata__"

// header renders the JSON header, padded with spaces so that the tensors
// start at a multiple of eight bytes, and returns the size of what follows.
func header(metadata map[string]string, tensors []Tensor) (string, int) {
	var b strings.Builder
	b.WriteString(`{"` + metadataName + `":{"` + checksumName + `":"` + noChecksum + `"`)
	for _, k := range sortedKeys(metadata) {
		b.WriteByte(',')
		writeString(&b, k)
		b.WriteByte(':')
		writeString(&b, metadata[k])
	}
	b.WriteByte('}')
	at := 0
	for i := range tensors {
		t := &tensors[i]
		dtype, length := t.dtype()
		b.WriteByte(',')
		writeString(&b, t.Name)
		b.WriteString(`:{"dtype":"` + dtype + `","shape":[`)
		for k, d := range t.Shape {
			if k > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Itoa(d))
		}
		end := at + length*elementSize(t)
		b.WriteString(`],"data_offsets":[` + strconv.Itoa(at) + "," + strconv.Itoa(end) + "]}")
		at = end
	}
	b.WriteByte('}')
	for b.Len()%8 != 0 {
		b.WriteByte(' ')
	}
	return b.String(), at
}

// sortedKeys are the keys of metadata but for the checksum's.
func sortedKeys(metadata map[string]string) []string {
	keys := make([]string, 0, len(metadata))
	for k := range metadata {
		if k != checksumName {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

// writeString writes s as a JSON string. What is not UTF-8 becomes U+FFFD.
func writeString(b *strings.Builder, s string) {
	const hex = "0123456789abcdef"
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			b.WriteString(`\u00`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}
