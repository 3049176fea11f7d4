package checkpoint

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/npy"
)

var update = flag.Bool("update", false, "write testdata anew")

// An archive holds what a safetensors file does, byte by byte the same each
// time, and testdata/read.py finds it there with NumPy.
func TestNPZ(t *testing.T) {
	metadata := map[string]string{"category": "wdbc", "note": "a \"quote\", ü"}
	path := filepath.Join(t.TempDir(), "m.npz")
	require.NoError(t, Save(path, metadata, model()))
	f, err := Open(path)
	require.NoError(t, err)
	require.Equal(t, metadata, f.Metadata)
	got := blank()
	require.NoError(t, f.Load(got))
	require.Equal(t, model(), got)
	require.Equal(t, model()[3].F64, f.Vector("mean"))
	require.Equal(t, []string{"weight", "bias"}, f.Sub("layer1.").Names())

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	_, err = Decode(b)
	require.ErrorIs(t, err, errArchive)
	again, err := Safetensors(b)
	require.NoError(t, err)
	want, err := Encode(metadata, model())
	require.NoError(t, err)
	require.Equal(t, want, again)
	golden := filepath.Join("testdata", "model.npz")
	if *update {
		require.NoError(t, os.WriteFile(golden, b, 0o666))
	}
	want, err = os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, want, b)
	_, err = EncodeNPZ(nil, []Tensor{{Name: "x", F32: []float32{1}}, {Name: "x", F32: []float32{1}}})
	require.EqualError(t, err, "two tensors are named x")
}

// What NumPy's savez and savez_compressed write is read (testdata/write.py).
func TestNPZOfNumPy(t *testing.T) {
	for _, name := range []string{"numpy.npz", "numpy_compressed.npz"} {
		f, err := Open(filepath.Join("testdata", name))
		require.NoError(t, err)
		tensors := []Tensor{
			{Name: "weight", Shape: []int{2, 3}, F32: make([]float32, 6)},
			{Name: "count", I64: make([]int64, 1)},
		}
		require.NoError(t, f.Load(tensors))
		require.Equal(t, []float32{0, 1, 2, 3, 4, 5}, tensors[0].F32)
		require.Equal(t, []int64{7}, tensors[1].I64)
	}
}

// zipped is an archive of arrays: names, and what stands under them.
func zipped(t testing.TB, entries ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		w, err := z.Create(entries[i])
		require.NoError(t, err)
		_, err = io.WriteString(w, entries[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func array(t npy.Type, shape []int, data string) string {
	return string(npy.AppendHeader(nil, t, shape)) + data
}

// Archives that are wrong are refused with a reason; those that would fill the
// memory, without trying.
func TestNPZRefuses(t *testing.T) {
	const huge = 32 << 20
	bomb := zippedZeros(t, "weight.npy", npy.Float32, huge/4)
	require.Less(t, len(bomb), 1<<16)
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"cut off", zipped(t, "weight.npy", array(npy.Float32, nil, "abcd"))[:40], "not an npz archive: the zip file is damaged, or none"},
		{"no array", zipped(t, "weight", "abcd"), `"weight" in the archive is not an array: its name does not end in .npy`},
		{"twice", zipped(t, "weight.npy", array(npy.Float32, nil, "abcd"), "weight.npy", array(npy.Float32, nil, "abcd")), `two arrays are named "weight"`},
		{"no text", zipped(t, "__metadata__.npy", array(npy.Float32, nil, "abcd")), "its metadata: want up to 1048576 bytes of JSON"},
		{"no JSON", zipped(t, "__metadata__.npy", array(npy.Uint8, []int{2}, "[]")), "its metadata: damaged header: want '{' at byte 0"},
		{"text after", zipped(t, "__metadata__.npy", array(npy.Uint8, []int{3}, "{}x")), "its metadata: damaged header: text after the end at byte 2"},
		{"much metadata", zippedZeros(t, "__metadata__.npy", npy.Uint8, huge), "its metadata: want up to 1048576 bytes of JSON"},
		{"bomb", bomb, "the file does not fit this model:\n  weight: R[8388608] in the file, R[2] in the model"},
		{"path", zipped(t, "../../etc/weight.npy", array(npy.Float32, []int{2}, "abcdefgh")), "the file does not fit this model:\n  weight: missing\n  ../../etc/weight: not part of this model"},
		{"other type", zipped(t, "weight.npy", array(npy.Float64, []int{2}, "abcdefghabcdefgh")), "the file does not fit this model:\n  weight: F64 [2] in the file, F32 [2] in the model"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f, err := DecodeAny(c.file)
		if err == nil {
			err = f.Load([]Tensor{{Name: "weight", Shape: []int{2}, F32: make([]float32, 2)}})
		}
		runtime.ReadMemStats(&after)
		require.EqualError(t, err, c.want, c.name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20), c.name)
	}
	_, err := Safetensors(zippedZeros(t, "weight.npy", npy.Float32, 20<<20))
	require.ErrorContains(t, err, "inflates to more than any model of its size")
	// A vector that no data has is not inflated either.
	f, err := DecodeAny(zippedZeros(t, "mean.npy", npy.Float64, huge/8))
	require.NoError(t, err)
	require.Nil(t, f.Vector("mean"))
}

// zippedZeros is an archive of one array of n zeros.
func zippedZeros(t testing.TB, name string, typ npy.Type, n int) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	require.NoError(t, err)
	_, err = w.Write(npy.AppendHeader(nil, typ, []int{n}))
	require.NoError(t, err)
	block := make([]byte, 1<<20)
	for left := n * typ.Size; left > 0; left -= len(block) {
		_, err = w.Write(block[:min(left, len(block))])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// The published rules of safetensors, checked by a reader of another kind: the
// header is at most 100 MB of JSON that begins with a brace, metadata is text
// by text, offsets count from the end of the header, cover the rest without a
// hole, and fit shape and type.
// https://github.com/huggingface/safetensors#format
func TestPublishedRules(t *testing.T) {
	b, err := Encode(map[string]string{"a": "ü\n"}, model())
	require.NoError(t, err)
	n := binary.LittleEndian.Uint64(b)
	require.Less(t, n, uint64(100e6))
	require.Equal(t, byte('{'), b[8])
	var header map[string]json.RawMessage
	require.NoError(t, json.Unmarshal(b[8:8+n], &header))
	var metadata map[string]string
	require.NoError(t, json.Unmarshal(header["__metadata__"], &metadata))
	require.Equal(t, "ü\n", metadata["a"])
	delete(header, "__metadata__")
	require.Len(t, header, len(model()))
	covered := make([]bool, len(b)-8-int(n))
	for name, raw := range header {
		var e struct {
			DType   string `json:"dtype"`
			Shape   []int  `json:"shape"`
			Offsets [2]int `json:"data_offsets"`
		}
		d := json.NewDecoder(bytes.NewReader(raw))
		d.DisallowUnknownFields()
		require.NoError(t, d.Decode(&e), name)
		size, ok := map[string]int{"F32": 4, "F64": 8, "I32": 4, "I64": 8}[e.DType]
		require.True(t, ok, e.DType)
		require.NotNil(t, e.Shape)
		for _, k := range e.Shape {
			size *= k
		}
		require.Equal(t, size, e.Offsets[1]-e.Offsets[0], name)
		for k := e.Offsets[0]; k < e.Offsets[1]; k++ {
			require.False(t, covered[k])
			covered[k] = true
		}
	}
	require.NotContains(t, covered, false)
}

func FuzzDecodeNPZ(f *testing.F) {
	b, err := EncodeNPZ(map[string]string{"k": "v"}, model())
	require.NoError(f, err)
	f.Add(b)
	f.Add(zipped(f, "x.npy", array(npy.Float32, []int{1}, "abcd")))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := DecodeAny(b)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		if err := got.Load(blank()); err != nil {
			require.NotEmpty(t, err.Error())
		}
		got.Vector("mean")
	})
}
