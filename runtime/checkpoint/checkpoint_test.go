package checkpoint

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc64"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func model() []Tensor {
	return []Tensor{
		{Name: "layer1.weight", Shape: []int{2, 3}, F32: []float32{1, -2, 3.5, 0, float32(math.Inf(1)), 1e-45}},
		{Name: "layer1.bias", Shape: []int{2}, F32: []float32{7, 8}},
		{Name: "count", I64: []int64{math.MinInt64}},
		{Name: "mean", Shape: []int{1}, F64: []float64{math.Pi}},
		{Name: "class", Shape: []int{2}, I32: []int32{-1, math.MaxInt32}},
		{Name: "empty", Shape: []int{0, 4}},
	}
}

func blank() []Tensor {
	m := model()
	for i := range m {
		clear(m[i].F32)
		clear(m[i].F64)
		clear(m[i].I32)
		clear(m[i].I64)
	}
	return m
}

func TestRoundTrip(t *testing.T) {
	metadata := map[string]string{"category": "wdbc", "note": "a \"quote\", a \\, a\nline, \x01, ü, 𝒞"}
	b, err := Encode(metadata, model())
	require.NoError(t, err)
	again, err := Encode(metadata, model())
	require.NoError(t, err)
	require.Equal(t, b, again)

	f, err := Read(bytes.NewReader(b))
	require.NoError(t, err)
	require.Equal(t, metadata, f.Metadata)
	require.Equal(t, []string{"count", "mean", "layer1.weight", "layer1.bias", "class", "empty"}, f.Names())
	got := blank()
	require.NoError(t, f.Load(got))
	require.Equal(t, model(), got)
	require.Equal(t, []float64{math.Pi}, f.Vector("mean"))
	require.Nil(t, f.Vector("class"))

	sub := f.Sub("layer1.")
	require.Equal(t, []string{"weight", "bias"}, sub.Names())
	require.Len(t, f.Without("layer1.").Names(), 4)
	var w bytes.Buffer
	require.NoError(t, Write(&w, metadata, model()))
	require.Equal(t, b, w.Bytes())
}

// The bytes of the smallest model, as the format's page describes them: a
// reader of another kind (encoding/json here) finds the same.
func TestFormat(t *testing.T) {
	b, err := Encode(map[string]string{"b": "2", "a": "1"}, []Tensor{{Name: "bias", F32: []float32{1}}, {Name: "n", I64: []int64{2}}})
	require.NoError(t, err)
	n := binary.LittleEndian.Uint64(b)
	require.Zero(t, n%8)
	header := string(b[8 : 8+n])
	_, sum, _ := strings.Cut(header, "crc64:")
	sum = sum[:16]
	require.Equal(t, `{"__metadata__":{"checksum":"crc64:SUM","a":"1","b":"2"},"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"bias":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}`,
		strings.TrimRight(strings.Replace(header, sum, "SUM", 1), " "))
	require.True(t, json.Valid([]byte(header)))
	// The checksum is that of the file with zeros in its place.
	zeroed := bytes.Replace(b[8:], []byte(sum), []byte("0000000000000000"), 1)
	require.Equal(t, sum, fmt.Sprintf("%016x", crc64.Checksum(zeroed, crc64.MakeTable(crc64.ECMA))))
	require.Equal(t, []byte{2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f}, b[8+n:])
	empty, err := Encode(nil, nil)
	require.NoError(t, err)
	require.Equal(t, `{"__metadata__":{"checksum":"crc64:`, string(empty[8:43]))
	_, err = Decode(empty)
	require.NoError(t, err)
}

func TestEncodeRefuses(t *testing.T) {
	for want, tensors := range map[string][]Tensor{
		`a tensor cannot be named ""`:             {{F32: []float32{1}}},
		`a tensor cannot be named "__metadata__"`: {{Name: "__metadata__", F32: []float32{1}}},
		`two tensors are named x`:                 {{Name: "x", F32: []float32{1}}, {Name: "x", F32: []float32{1}}},
		`x: 3 elements do not fill [2, 2]`:        {{Name: "x", Shape: []int{2, 2}, F32: []float32{1, 2, 3}}},
		`x: 1 elements do not fill [-1, -1]`:      {{Name: "x", Shape: []int{-1, -1}, F32: []float32{1}}},
	} {
		_, err := Encode(nil, tensors)
		require.EqualError(t, err, want)
	}
}

func file(header, data string) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), data...)
}

func TestDecodeRefuses(t *testing.T) {
	entry := func(s string) string { return `{"x":{` + s + `}}` }
	for _, c := range []struct{ name, header, data, want string }{
		{"not JSON", "x", "", "damaged header: want '{' at byte 0"},
		{"a list", "[]", "", "damaged header: want '{' at byte 0"},
		{"cut off", `{"x"`, "", "damaged header: want ':' at byte 4"},
		{"open string", `{"x`, "", "damaged header: a string is never closed at byte 3"},
		{"text after", `{} x`, "", "damaged header: text after the end at byte 3"},
		{"bad escape", `{"\q":1}`, "", "damaged header: bad escape at byte 4"},
		{"half a surrogate", `{"\ud800":1}`, "", "damaged header: half a surrogate pair at byte 8"},
		{"not UTF-8", "{\"\xff\":1}", "", "damaged header: text that is not UTF-8 at byte 4"},
		{"control character", "{\"\n\":1}", "", "damaged header: control character in a string at byte 2"},
		{"name twice", `{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"x":{}}`, "abcd", `damaged header: "x" stands twice at byte 56`},
		{"metadata that is no text", `{"__metadata__":{"a":1}}`, "", "damaged header: want '\"' at byte 21"},
		{"key twice", entry(`"dtype":"F32","dtype":"F32"`), "", `damaged header: "dtype" stands twice at byte 27`},
		{"unknown key", entry(`"dtype":"F32","form":[]`), "", `x: "form" is not known`},
		{"no offsets", entry(`"dtype":"F32","shape":[]`), "", "x: dtype, shape and two data_offsets are needed"},
		{"three offsets", entry(`"dtype":"F32","shape":[],"data_offsets":[0,4,4]`), "abcd", "x: dtype, shape and two data_offsets are needed"},
		{"unknown type", entry(`"dtype":"F31","shape":[],"data_offsets":[0,4]`), "abcd", `x: type "F31" is not known`},
		{"negative dimension", entry(`"dtype":"F32","shape":[-1],"data_offsets":[0,4]`), "abcd", "damaged header: want a whole number at byte 29"},
		{"fraction", entry(`"dtype":"F32","shape":[1.0],"data_offsets":[0,4]`), "abcd", "damaged header: want ']' at byte 30"},
		{"leading zero", entry(`"dtype":"F32","shape":[01],"data_offsets":[0,4]`), "abcd", "damaged header: want a whole number at byte 31"},
		{"beyond the file", entry(`"dtype":"F32","shape":[2],"data_offsets":[0,8]`), "abcd", "x: its bytes 0..8 do not lie within the file's 4"},
		{"backwards", entry(`"dtype":"F32","shape":[],"data_offsets":[4,0]`), "abcd", "x: its bytes 4..0 do not lie within the file's 4"},
		{"other shape", entry(`"dtype":"F32","shape":[3],"data_offsets":[0,8]`), "abcdefgh", "x: [3] of F32 takes 12 bytes, not 8"},
		{"overflow", entry(`"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]`), "", "x: [4611686018427387904, 4] is too large"},
		{"rest", entry(`"dtype":"F32","shape":[],"data_offsets":[0,4]`), "abcde", "bytes 4..5 belong to no tensor"},
		{"hole", entry(`"dtype":"F32","shape":[],"data_offsets":[1,5]`), "abcde", "bytes 0..1 belong to no tensor"},
		{"overlap", `{"x":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[],"data_offsets":[2,6]}}`, "abcdef", "y and x share bytes"},
	} {
		_, err := Decode(file(c.header, c.data))
		require.EqualError(t, err, c.want, c.name)
	}
	_, err := Decode([]byte("GIF"))
	require.EqualError(t, err, "not a safetensors file: it has only 3 bytes")
	_, err = Decode([]byte("%PDF-1.7 and so on"))
	require.EqualError(t, err, "not a safetensors file: its header would have 3976169591536898085 bytes")
	_, err = Decode(file(`{}`, "")[:9])
	require.EqualError(t, err, "the file is cut off: its header has 2 bytes, the file 9")
}

// All that does not fit is said at once, and nothing is loaded by halves.
func TestLoadMismatch(t *testing.T) {
	b, err := Encode(nil, model())
	require.NoError(t, err)
	f, err := Decode(b)
	require.NoError(t, err)
	target := []Tensor{
		{Name: "layer1.weight", Shape: []int{3, 2}, F32: make([]float32, 6)},
		{Name: "layer1.bias", Shape: []int{2}, F32: []float32{1, 2}},
		{Name: "count", F32: make([]float32, 1)},
		{Name: "layer2.bias", Shape: []int{1}, F32: make([]float32, 1)},
		{Name: "empty", Shape: []int{0, 4}},
	}
	err = f.Load(target)
	require.EqualError(t, err, `the file does not fit this model:
  layer1.weight: R[2, 3] in the file, R[3, 2] in the model
  count: I64 in the file, F32 in the model
  layer2.bias: missing
  mean: not part of this model
  class: not part of this model`)
	require.Equal(t, []float32{1, 2}, target[1].F32)
}

func TestSave(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m.safetensors")
	require.NoError(t, Save(path, nil, model()))
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, Save(path, map[string]string{"epoch": "2"}, model()))
	f, err := Open(path)
	require.NoError(t, err)
	require.Equal(t, "2", f.Metadata["epoch"])

	// A failed save leaves the old file and nothing beside it.
	require.NoError(t, os.WriteFile(path, before, 0o666))
	require.EqualError(t, Save(path, nil, []Tensor{{Name: ""}}), path+`: a tensor cannot be named ""`)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after)
	names, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, names, 1)

	missing := filepath.Join(dir, "no", "m.safetensors")
	require.EqualError(t, Save(missing, nil, model()), missing+": no such file or folder")
	require.EqualError(t, Save(dir, nil, model()), dir+": is not a regular file")
	_, err = Open(missing)
	require.EqualError(t, err, missing+": no such file or folder")
	require.ErrorIs(t, err, os.ErrNotExist)

	if runtime.GOOS != "windows" {
		link := filepath.Join(dir, "link")
		require.NoError(t, os.Symlink(path, link))
		require.NoError(t, Save(link, nil, model()))
		info, err := os.Lstat(link)
		require.NoError(t, err)
		require.NotZero(t, info.Mode()&os.ModeSymlink)
	}
}

// Whatever the bytes, Decode returns; and what it accepts encodes to a file
// that decodes to the same.
func FuzzDecode(f *testing.F) {
	b, err := Encode(map[string]string{"k": "v"}, model())
	require.NoError(f, err)
	f.Add(b)
	f.Add(file(`{}`, ""))
	f.Add(file(`{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`, "abcd"))
	f.Add(file(`{"\ud835\udc9e":{"dtype":"U8","shape":[1,0],"data_offsets":[0,0]}}`, ""))
	f.Fuzz(func(t *testing.T, b []byte) {
		decoded, err := Decode(b)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		var tensors []Tensor
		for _, e := range decoded.entries {
			n := 1
			for _, d := range e.shape {
				n *= d
			}
			x := Tensor{Name: e.name, Shape: e.shape}
			switch {
			case n == 0 || e.name == "":
				continue
			case e.dtype == "F32":
				x.F32 = make([]float32, n)
			case e.dtype == "F64":
				x.F64 = make([]float64, n)
			case e.dtype == "I32":
				x.I32 = make([]int32, n)
			case e.dtype == "I64":
				x.I64 = make([]int64, n)
			default:
				continue
			}
			x.fill(e.data)
			tensors = append(tensors, x)
		}
		once, err := Encode(decoded.Metadata, tensors)
		require.NoError(t, err)
		again, err := Decode(once)
		require.NoError(t, err)
		require.Equal(t, len(tensors), len(again.entries))
		twice, err := Encode(again.Metadata, tensors)
		require.NoError(t, err)
		require.Equal(t, once, twice)
	})
}
