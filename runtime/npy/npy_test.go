package npy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// floats are all elements of an array.
func floats(a *Array) []float64 {
	list := make([]float64, a.Len())
	for i := range list {
		list[i] = a.Float(i)
	}
	return list
}

func read(t testing.TB, name string) []byte {
	b, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return b
}

// What NumPy wrote (testdata/make.py) is read as it meant it.
func TestDecode(t *testing.T) {
	signed := []float64{-2, -1, 0, 1, 2, 3}
	unsigned := []float64{0, 1, 2, 3, 4, 5}
	quarters := []float64{-0.5, -0.25, 0, 0.25, 0.5, 0.75}
	var to24 []float64
	for i := range 24 {
		to24 = append(to24, float64(i))
	}
	for name, want := range map[string]struct {
		t      Type
		shape  []int
		values []float64
	}{
		"f2": {Float16, []int{2, 3}, quarters}, "f4": {Float32, []int{2, 3}, quarters}, "f8": {Float64, []int{2, 3}, quarters},
		"i1": {Int8, []int{2, 3}, signed}, "i2": {Int16, []int{2, 3}, signed}, "i4": {Int32, []int{2, 3}, signed}, "i8": {Int64, []int{2, 3}, signed},
		"u1": {Uint8, []int{2, 3}, unsigned}, "u2": {Uint16, []int{2, 3}, unsigned}, "u4": {Uint32, []int{2, 3}, unsigned}, "u8": {Uint64, []int{2, 3}, unsigned},
		"b1":       {Bool, []int{2, 3}, []float64{0, 1, 0, 1, 0, 1}},
		"big":      {Float32, []int{2, 3}, quarters},
		"fortran":  {Int32, []int{2, 3, 4}, to24},
		"number":   {Float64, []int{}, []float64{2.5}},
		"none":     {Float32, []int{0, 3}, []float64{}},
		"version2": {Float32, []int{2, 3}, unsigned},
		"version3": {Float32, []int{2, 3}, unsigned},
	} {
		a, err := Decode(read(t, name+".npy"))
		require.NoError(t, err, name)
		require.Equal(t, want.t, a.Type, name)
		require.Equal(t, want.shape, a.Shape, name)
		require.Equal(t, want.values, floats(a), name)
		require.Len(t, a.Data(), a.Bytes(), name)
		for i, v := range want.values {
			n, ok := a.Int(i)
			require.Equal(t, v == math.Trunc(v), ok, name)
			if ok {
				require.Equal(t, int64(v), n, name)
			}
		}
	}
}

// All 65536 numbers of 16 bits, against their definition by powers of two.
func TestHalf(t *testing.T) {
	require.Equal(t, 65504.0, half(0x7bff))
	require.Equal(t, math.Ldexp(1, -24), half(1))
	require.True(t, math.Signbit(half(0x8000)))
	require.True(t, math.IsInf(half(0xfc00), -1))
	require.True(t, math.IsNaN(half(0x7e00)))
	for b := range 0x7c00 - 1 {
		require.Less(t, half(uint16(b)), half(uint16(b+1)))
		require.Equal(t, -half(uint16(b)), half(uint16(b)|0x8000))
	}
}

func TestWholeNumbersBeyondInt64(t *testing.T) {
	b := AppendHeader(nil, Uint64, []int{2})
	b = binary.LittleEndian.AppendUint64(b, math.MaxInt64)
	b = binary.LittleEndian.AppendUint64(b, math.MaxUint64)
	a, err := Decode(b)
	require.NoError(t, err)
	n, ok := a.Int(0)
	require.True(t, ok)
	require.Equal(t, int64(math.MaxInt64), n)
	_, ok = a.Int(1)
	require.False(t, ok)
	require.Equal(t, float64(math.MaxUint64), a.Float(1))
}

func members(t testing.TB, b []byte) map[string]*Array {
	list, err := ReadArchive(bytes.NewReader(b), int64(len(b)))
	require.NoError(t, err)
	all := map[string]*Array{}
	for _, m := range list {
		a, err := m.Read()
		require.NoError(t, err)
		require.Equal(t, m.Header, a.Header)
		all[m.Name] = a
	}
	return all
}

func TestArchive(t *testing.T) {
	plain := members(t, read(t, "plain.npz"))
	require.Equal(t, []float64{0, 1, 2, 3, 4, 5}, floats(plain["layer1.weight"]))
	require.Equal(t, []int{}, plain["count"].Shape)
	require.Equal(t, []float64{7}, floats(plain["count"]))
	deflated := members(t, read(t, "deflated.npz"))
	require.Equal(t, make([]float64, 10000), floats(deflated["zeros"]))
	require.Equal(t, []float64{0, 1, 2, 3, 4, 5}, floats(deflated["grid"]))
}

// The header is NumPy's own, byte by byte.
func TestAppendHeader(t *testing.T) {
	for _, name := range []string{"f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1", "number", "none"} {
		want := read(t, name+".npy")
		a, err := Decode(want)
		require.NoError(t, err)
		require.Equal(t, want, append(AppendHeader(nil, a.Type, a.Shape), a.Data()...), name)
	}
	require.Contains(t, string(AppendHeader(nil, Float32, []int{3})), "'shape': (3,), }")
}

func TestWriter(t *testing.T) {
	var one, two bytes.Buffer
	for _, b := range []*bytes.Buffer{&one, &two} {
		w := NewWriter(b)
		require.NoError(t, w.Add("weight", Float32, []int{1, 2}, []byte{0, 0, 0x80, 0x3f, 0, 0, 0, 0x40}))
		require.NoError(t, w.Add("none", Int64, []int{0, 1 << 40}, nil))
		require.EqualError(t, w.Add("weight", Bool, nil, []byte{0}), `two arrays are named "weight"`)
		require.EqualError(t, w.Add("x", Bool, []int{2}, []byte{0}), `"x": 1 bytes do not fill [2] of b1`)
		require.EqualError(t, w.Add("x", Bool, []int{-1, -1}, []byte{0}), `"x": -1×-1 is no shape`)
		require.NoError(t, w.Close())
	}
	require.Equal(t, one.Bytes(), two.Bytes())
	all := members(t, one.Bytes())
	require.Len(t, all, 2)
	require.Equal(t, []float64{1, 2}, floats(all["weight"]))
	require.Equal(t, []int{0, 1 << 40}, all["none"].Shape)
}

// npy is a file of version 1 with this header and these elements.
func npy(header, data string) []byte {
	b := append([]byte(magic), 1, 0)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(header)))
	return append(b, header+data...)
}

func TestDecodeRefuses(t *testing.T) {
	header := func(descr, order, shape string) string {
		return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + "}"
	}
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "not an npy file: it is too short"},
		{"another format", []byte("GIF89a and so on"), `not an npy file: it begins with "GIF89a"`},
		{"version", []byte("\x93NUMPY\x09\x00xxxx"), "version 9 of the npy format is not known; 1, 2 and 3 are"},
		{"cut off before the length", []byte(magic + "\x01\x00"), "the file is cut off in its header"},
		{"cut off in the header", npy("{}", "")[:11], "the file is cut off in its header"},
		{"huge header", []byte(magic + "\x02\x00\xff\xff\xff\xff"), "damaged header: it would have 4294967295 bytes"},
		{"no dict", npy("[]", ""), "damaged header: want '{' at byte 0"},
		{"open string", npy("{'descr", ""), "damaged header: a string is never closed at byte 2"},
		{"escape", npy(`{'a\'b': 1}`, ""), "damaged header: a string with escapes at byte 2"},
		{"unknown key", npy("{'order': 1}", ""), `damaged header: "order" is not known at byte 9`},
		{"key twice", npy("{'descr': '<f4', 'descr': '<f4'}", ""), `damaged header: "descr" stands twice at byte 25`},
		{"no shape", npy("{'descr': '<f4', 'fortran_order': False}", ""), "damaged header: it does not say shape"},
		{"text after", npy(header("'<f4'", "False", "()")+"}", "abcd"), "damaged header: text after the end at byte 53"},
		{"no truth value", npy(header("'<f4'", "0", "()"), "abcd"), "damaged header: want True or False at byte 34"},
		{"negative length", npy(header("'<f4'", "False", "(-1,)"), ""), "damaged header: want a length at byte 51"},
		{"no tuple", npy(header("'<f4'", "False", "(3)"), ""), "damaged header: want ',' at byte 52"},
		{"too many axes", npy(header("'<f4'", "False", "("+string(bytes.Repeat([]byte("1,"), 65))+")"), "abcd"), "damaged header: want ')' at byte 179"},
		{"overflow", npy(header("'<f4'", "False", "(4611686018427387904, 4)"), ""), "4611686018427387904×4 is too large"},
		{"overflow behind zero", npy(header("'<f4'", "False", "(0, 4611686018427387904, 4)"), ""), "0×4611686018427387904×4 is too large"},
		{"number beyond all", npy(header("'<f4'", "False", "(99999999999999999999,)"), ""), "damaged header: want a length at byte 51"},
		{"fewer bytes", npy(header("'<f4'", "False", "(2, 3)"), "abcd"), "2×3 of f4 takes 24 bytes, and 4 follow the header"},
		{"more bytes", npy(header("'<f4'", "False", "(1,)"), "abcdefgh"), "[1] of f4 takes 4 bytes, and 8 follow the header"},
		{"promised gigabytes", npy(header("'<f8'", "False", "(1000000, 1000000)"), "abcd"), "1000000×1000000 of f8 takes 8000000000000 bytes, and 4 follow the header"},
		{"complex", npy(header("'<c8'", "False", "()"), "abcdefgh"), `type "<c8" is not read; floating point, whole numbers and truth values are`},
		{"no order of bytes", npy(header("'|f4'", "False", "()"), "abcd"), `type "|f4" is not read; floating point, whole numbers and truth values are`},
		{"text", read(t, "text.npy"), `type "<U1" is not read; floating point, whole numbers and truth values are`},
		{"objects", read(t, "objects.npy"), "holds Python objects; save numbers"},
		{"records", read(t, "records.npy"), "holds records of several fields; save each field as an array of its own"},
	} {
		_, err := Decode(c.file)
		require.EqualError(t, err, c.want, c.name)
	}
}

// zipped is a zip file of these entries.
func zipped(t testing.TB, method uint16, entries ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: entries[i], Method: method})
		require.NoError(t, err)
		_, err = io.WriteString(w, entries[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestArchiveRefuses(t *testing.T) {
	one := string(npy("{'descr': '<f4', 'fortran_order': False, 'shape': ()}", "abcd"))
	whole := zipped(t, zip.Store, "x.npy", one)
	changed := func(b []byte, old, new string) []byte {
		require.Contains(t, string(b), old)
		return bytes.ReplaceAll(b, []byte(old), []byte(new))
	}
	flags := bytes.Clone(whole)
	flags[bytes.LastIndex(flags, []byte("PK\x01\x02"))+8] |= 1
	method := bytes.Clone(whole)
	method[bytes.LastIndex(method, []byte("PK\x01\x02"))+10] = 12
	bomb := zipped(t, zip.Deflate, "x.npy", string(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4,)}", string(make([]byte, 1<<20)))))
	liar := changed(bomb, string(binary.LittleEndian.AppendUint32(nil, 1<<20+65)), string(binary.LittleEndian.AppendUint32(nil, 4+65)))
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "not an npz archive: the zip file is damaged, or none"},
		{"another format", []byte("GIF89a and so on"), "not an npz archive: the zip file is damaged, or none"},
		{"cut off", whole[:len(whole)-30], "not an npz archive: the zip file is damaged, or none"},
		{"other files", zipped(t, zip.Store, "readme.txt", "hello"), `"readme.txt" in the archive is not an array: its name does not end in .npy`},
		{"twice", zipped(t, zip.Store, "x.npy", one, "x.npy", one), `two arrays are named "x"`},
		{"encrypted", flags, `"x" is encrypted`},
		{"method", method, `"x" is compressed by method 12, which is not read`},
		{"no array", zipped(t, zip.Deflate, "x.npy", "no array at all"), `"x": not an npy file: it begins with "no arr"`},
		{"empty entry", zipped(t, zip.Store, "x.npy", ""), `"x": not an npy file: it is too short`},
		{"more than the shape", bomb, `"x": [4] of u1 takes 4 bytes, and 1048576 follow the header`},
		{"more than promised", liar, `"x": the zip file is damaged, or none`},
		{"damaged", changed(whole, "abcd", "abce"), `"x": its checksum is another: the archive is damaged`},
	} {
		list, err := ReadArchive(bytes.NewReader(c.file), int64(len(c.file)))
		for _, m := range list {
			if err == nil {
				_, err = m.Read()
			}
		}
		require.EqualError(t, err, c.want, c.name)
	}
	// Names are names: nothing is ever written under them.
	require.Contains(t, members(t, zipped(t, zip.Store, "../../x.npy", one)), "../../x")
}

// Whatever the bytes, Decode returns, and what it accepts is written as it was
// read.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.npy")
	require.NoError(f, err)
	for _, name := range files {
		f.Add(read(f, filepath.Base(name)))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := Decode(b)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		again, err := Decode(append(AppendHeader(nil, a.Type, a.Shape), a.Data()...))
		require.NoError(t, err)
		require.Equal(t, a.Data(), again.Data())
		for i := range a.Len() {
			a.Float(i)
			a.Int(i)
		}
	})
}

func FuzzReadArchive(f *testing.F) {
	f.Add(read(f, "plain.npz"))
	f.Add(read(f, "deflated.npz"))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := ReadArchive(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		for _, m := range list {
			if m.Bytes() > 1<<20 { // what callers look at first
				continue
			}
			if a, err := m.Read(); err == nil {
				require.Len(t, a.Data(), m.Bytes())
			}
		}
	})
}
