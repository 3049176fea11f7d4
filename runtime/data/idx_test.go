package data

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

// idx is an IDX file of numbers, in the type that code stands for.
func idx(code byte, dims []int, numbers ...float64) string {
	b := []byte{0, 0, code, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	for _, x := range numbers {
		switch code {
		case 0x08:
			b = append(b, byte(x))
		case 0x09:
			b = append(b, byte(int8(x)))
		case 0x0B:
			b = binary.BigEndian.AppendUint16(b, uint16(int16(x)))
		case 0x0C:
			b = binary.BigEndian.AppendUint32(b, uint32(int32(x)))
		case 0x0D:
			b = binary.BigEndian.AppendUint32(b, math.Float32bits(float32(x)))
		case 0x0E:
			b = binary.BigEndian.AppendUint64(b, math.Float64bits(x))
		}
	}
	return string(b)
}

// folder writes files into a new folder.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

// tiles is a row of an image of 2x2 pixels and a class of three, with test
// files.
func tiles() *Spec {
	return &Spec{Name: "tiles", Format: "idx", Path: "tiles", Split: [2]int{1, 0}, Columns: []Column{
		{Object: "Image", File: "images", Test: "t/images", Shape: []int{4}, Scale: 1.0 / 255, Set: runtime.Interval{Low: 0, High: 1}},
		{Object: "Digit", Kind: Fin, N: 3, File: "labels", Test: "t/labels"},
	}}
}

func tileFiles() map[string]string {
	return map[string]string{
		"images":   idx(0x08, []int{3, 2, 2}, 0, 51, 102, 255, 1, 2, 3, 4, 5, 6, 7, 8),
		"labels":   idx(0x08, []int{3}, 2, 0, 1),
		"t/images": idx(0x08, []int{1, 2, 2}, 255, 255, 0, 0),
		"t/labels": idx(0x08, []int{1}, 1),
	}
}

func TestReadIDX(t *testing.T) {
	files := tileFiles()
	files["labels.gz"] = gz(files["labels"])
	files["t/images.gz"] = gz(files["t/images"])
	delete(files, "labels")
	delete(files, "t/images")
	dir := folder(t, files)
	table, err := Read(tiles(), dir)
	require.NoError(t, err)
	require.Equal(t, 3, table.Rows)
	require.Equal(t, dir, table.File)
	require.Equal(t, []float32{0, 0.2, 0.4, 1}, table.Factors[0].Real[:4])
	require.Equal(t, []int32{2, 0, 1}, table.Factors[1].Fin)
	require.Empty(t, table.Header)

	test, err := ReadTest(tiles(), dir)
	require.NoError(t, err)
	require.Equal(t, 1, test.Rows)
	require.Equal(t, []float32{1, 1, 0, 0}, test.Factors[0].Real)

	spec := tiles()
	spec.Columns[0].Test, spec.Columns[1].Test = "", ""
	test, err = ReadTest(spec, dir)
	require.NoError(t, err)
	require.Nil(t, test)
}

// Every type of the format gives its numbers, to every kind of object.
func TestIDXTypes(t *testing.T) {
	for code, numbers := range map[byte][]float64{
		0x08: {0, 1, 255}, 0x09: {-128, 1, 127}, 0x0B: {-32768, 300, 32767},
		0x0C: {-2147483648, 70000, 2147483647}, 0x0D: {-1.5, 3e30, 0}, 0x0E: {-1.5, 3e30, 0},
	} {
		want := make([]float32, len(numbers))
		for i, x := range numbers {
			want[i] = float32(x)
		}
		dir := folder(t, map[string]string{"x": idx(code, []int{3}, numbers...)})
		table, err := Read(&Spec{Name: "d", Format: "idx", Columns: []Column{{Object: "X", File: "x"}}}, dir)
		require.NoError(t, err)
		require.Equal(t, want, table.Factors[0].Real, "%#x", code)

		dir = folder(t, map[string]string{"x": idx(code, []int{2}, 1, 0)})
		table, err = Read(&Spec{Name: "d", Format: "idx", Columns: []Column{
			{Object: "F", Kind: Fin, N: 2, File: "x"}, {Object: "I", Kind: Int, File: "x"}, {Object: "B", Kind: Bool, File: "x"},
		}}, dir)
		require.NoError(t, err)
		require.Equal(t, []int32{1, 0}, table.Factors[0].Fin)
		require.Equal(t, []int64{1, 0}, table.Factors[1].Int)
		require.Equal(t, []bool{true, false}, table.Factors[2].Bool)
	}
}

// Numbers that lie in different blocks of the file keep their order.
func TestIDXBlocks(t *testing.T) {
	const n = blockSize/2 + 3
	numbers, want := make([]float64, 2*n), make([]float32, 2*n)
	for i := range numbers {
		numbers[i] = float64(i % 30000)
		want[i] = float32(numbers[i])
	}
	text := idx(0x0B, []int{2, n}, numbers...)
	for _, text := range []string{text, gz(text)} {
		table, err := Read(&Spec{Name: "d", Format: "idx", Columns: []Column{{Object: "X", File: "x", Shape: []int{n}}}}, folder(t, map[string]string{"x": text}))
		require.NoError(t, err)
		require.True(t, slices.Equal(want, table.Factors[0].Real))
	}
}

func TestIDXShapes(t *testing.T) {
	for _, c := range []struct {
		record, object []int
		same           bool
	}{
		{[]int{28, 28}, []int{784}, true},
		{[]int{784}, []int{28, 28}, true},
		{[]int{28, 28}, []int{28, 28}, true},
		{[]int{28, 28}, []int{1, 28, 28}, true},
		{[]int{28, 28, 1}, []int{28, 28}, true},
		{[]int{14, 56}, []int{28, 28}, false},
		{[]int{2, 3}, []int{3, 2}, false},
		{[]int{28, 28}, []int{783}, false},
		{nil, nil, true},
		{nil, []int{1}, true},
		{[]int{1, 1}, nil, true},
		{[]int{2}, nil, false},
	} {
		require.Equal(t, c.same, sameShape(c.record, c.object), "%v, %v", c.record, c.object)
	}
}

// Standardizing reads the same numbers as scaling by one, and fits on what was
// read to train on.
func TestIDXStandardized(t *testing.T) {
	spec := tiles()
	spec.Columns[0] = Column{Object: "Image", File: "images", Test: "t/images", Shape: []int{2, 2}, Standardize: true}
	dir := folder(t, map[string]string{
		"images":   idx(0x08, []int{2, 2, 2}, 1, 7, 0, 200, 3, 7, 0, 100),
		"labels":   idx(0x08, []int{2}, 2, 0),
		"t/images": idx(0x08, []int{1, 2, 2}, 4, 8, 1, 150),
		"t/labels": idx(0x08, []int{1}, 1),
	})
	table, err := Read(spec, dir)
	require.NoError(t, err)
	test, err := ReadTest(spec, dir)
	require.NoError(t, err)
	scalers := table.Fit(spec, []int{0, 1})
	require.Equal(t, []*Scaler{{Object: "Image", Mean: []float64{2, 7, 0, 150}, Deviation: []float64{1, 1, 1, 50}}}, scalers)
	shared := table.Share()
	require.NoError(t, shared.Standardize(spec, scalers))
	require.NoError(t, test.Standardize(spec, scalers))
	require.Equal(t, []float32{-1, 0, 0, 1, 1, 0, 0, -1}, shared.Factors[0].Real)
	require.Equal(t, []float32{2, 1, 1, 0}, test.Factors[0].Real)
	require.NoError(t, table.Standardize(spec, scalers), "sharing leaves a table as it is")

	spec.Columns[0].Set = runtime.Interval{Low: 0, High: 1}
	table, err = Read(spec, dir)
	require.NoError(t, err)
	require.EqualError(t, table.Standardize(spec, scalers), dir+": record 1: Image: -1 is not in [0, 1] (after standardizing)\n"+
		dir+": record 2: Image: -1 is not in [0, 1] (after standardizing)")
}

func TestFind(t *testing.T) {
	dir := folder(t, map[string]string{"a": "", "b.gz": "", "c": "", "c.gz": "", "d/e": ""})
	for name, want := range map[string]string{
		"a": "a", "a.gz": "a", "b": "b.gz", "b.gz": "b.gz", "c": "c", "c.gz": "c.gz", "d/e": "d/e",
	} {
		got, err := Find(dir, name)
		require.NoError(t, err)
		require.Equal(t, filepath.Join(dir, want), got)
	}
	for _, c := range []struct{ folder, name, want string }{
		{dir, "x", filepath.Join(dir, "x") + ": no such file, with or without .gz"},
		{dir, "d", filepath.Join(dir, "d") + ": no such file, with or without .gz"},
		{filepath.Join(dir, "x"), "a", filepath.Join(dir, "x") + ": no such folder"},
		{filepath.Join(dir, "a"), "a", filepath.Join(dir, "a") + ": is a file, not a folder"},
	} {
		_, err := Find(c.folder, c.name)
		require.EqualError(t, err, c.want)
	}
}

func BenchmarkReadIDX(b *testing.B) {
	const n, side = 2000, 28
	text := idx(0x08, []int{n, side, side}) + string(bytes.Repeat([]byte{0, 1, 2, 255}, n*side*side/4))
	spec := &Spec{Name: "d", Format: "idx", Columns: []Column{{Object: "X", File: "x", Shape: []int{side * side}, Scale: 1.0 / 255}}}
	dir := folder(b, map[string]string{"x": text})
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(spec, dir); err != nil {
			b.Fatal(err)
		}
	}
}
