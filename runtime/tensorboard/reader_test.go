package tensorboard_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// The reader below is written from the descriptions of the formats alone, and
// shares nothing with the writer.

// event is what one record says.
type event struct {
	wall    float64
	step    int64
	version string
	values  []value
}

type value struct {
	tag       string
	simple    *float32
	histogram map[int][]float64 // by field
}

// crc32c works bit by bit, with the polynomial 0x1EDC6F41 turned around.
func crc32c(b []byte) uint32 {
	sum := ^uint32(0)
	for _, x := range b {
		sum ^= uint32(x)
		for range 8 {
			low := sum & 1
			sum >>= 1
			if low == 1 {
				sum ^= 0x82f63b78
			}
		}
	}
	return ^sum
}

// unmask undoes what a record does to its checksums.
func unmask(v uint32) uint32 {
	v -= 0xa282ead8
	return v>>17 | v<<15
}

// records are the contents of a file of records.
func records(b []byte) (list [][]byte, err error) {
	for len(b) > 0 {
		if len(b) < 12 {
			return nil, fmt.Errorf("a record ends in its head")
		}
		length := binary.LittleEndian.Uint64(b)
		if unmask(binary.LittleEndian.Uint32(b[8:])) != crc32c(b[:8]) {
			return nil, fmt.Errorf("the checksum of a length is wrong")
		}
		b = b[12:]
		if uint64(len(b)) < length+4 {
			return nil, fmt.Errorf("a record is cut off")
		}
		data := b[:length]
		if unmask(binary.LittleEndian.Uint32(b[length:])) != crc32c(data) {
			return nil, fmt.Errorf("the checksum of a record is wrong")
		}
		list, b = append(list, data), b[length+4:]
	}
	return list, nil
}

// field is one of a message: of wire types 0, 1 and 5 the number, of 2 the
// bytes.
type field struct {
	number, wire int
	whole        uint64
	data         []byte
}

func fields(t *testing.T, b []byte) (list []field) {
	for len(b) > 0 {
		key, n := binary.Uvarint(b)
		require.Positive(t, n)
		b = b[n:]
		f := field{number: int(key >> 3), wire: int(key & 7)}
		switch f.wire {
		case 0:
			f.whole, n = binary.Uvarint(b)
			require.Positive(t, n)
		case 1:
			f.whole, n = binary.LittleEndian.Uint64(b), 8
		case 2:
			length, k := binary.Uvarint(b)
			require.Positive(t, k)
			f.data, n = b[k:k+int(length)], k+int(length)
		case 5:
			f.whole, n = uint64(binary.LittleEndian.Uint32(b)), 4
		default:
			require.Fail(t, "no such wire type", f.wire)
		}
		list, b = append(list, f), b[n:]
	}
	return list
}

func readEvents(t *testing.T, path string) (list []event) {
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	all, err := records(b)
	require.NoError(t, err)
	for _, r := range all {
		var e event
		for _, f := range fields(t, r) {
			switch f.number {
			case 1:
				e.wall = math.Float64frombits(f.whole)
			case 2:
				e.step = int64(f.whole)
			case 3:
				e.version = string(f.data)
			case 5:
				for _, v := range fields(t, f.data) {
					require.Equal(t, 1, v.number)
					e.values = append(e.values, readValue(t, v.data))
				}
			default:
				require.Fail(t, "no such field", f.number)
			}
		}
		list = append(list, e)
	}
	return list
}

func readValue(t *testing.T, b []byte) (v value) {
	for _, f := range fields(t, b) {
		switch f.number {
		case 1:
			v.tag = string(f.data)
		case 2:
			require.Equal(t, 5, f.wire)
			x := math.Float32frombits(uint32(f.whole))
			v.simple = &x
		case 5:
			v.histogram = map[int][]float64{}
			for _, h := range fields(t, f.data) {
				if h.wire == 1 {
					v.histogram[h.number] = append(v.histogram[h.number], math.Float64frombits(h.whole))
					continue
				}
				for at := 0; at < len(h.data); at += 8 {
					v.histogram[h.number] = append(v.histogram[h.number], math.Float64frombits(binary.LittleEndian.Uint64(h.data[at:])))
				}
			}
		default:
			require.Fail(t, "no such field", f.number)
		}
	}
	return v
}
