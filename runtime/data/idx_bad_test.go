package data

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	ct "github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

var nan, inf = math.NaN(), math.Inf(1)

// cut takes n bytes off the end of s.
func cut(s string, n int) string { return s[:len(s)-n] }

func TestBadIDX(t *testing.T) {
	images, labels := tileFiles()["images"], tileFiles()["labels"]
	cases := []struct {
		name         string
		images       string
		labels       string
		want         string // DIR stands for the folder
		imagesColumn *Column
	}{
		{"empty", "", labels, "DIR/images: Image: the file is empty", nil},
		{"empty inside gzip", gz(""), labels, "DIR/images: Image: the file is empty", nil},
		{"magic cut off", images[:3], labels, "DIR/images: Image: the file ends at offset 3, inside its header", nil},
		{"header cut off", images[:13], labels, "DIR/images: Image: the file ends at offset 13, inside its header", nil},
		{"text", "1,2,3,4\n", labels, "DIR/images: Image: not an IDX file: it begins with 31 2c 32 2c, and not with 00 00, a type and the number of axes", nil},
		{"no axes", "\x00\x00\x08\x00", labels, "DIR/images: Image: not an IDX file: it begins with 00 00 08 00, and not with 00 00, a type and the number of axes", nil},
		{"little-endian", "\x03\x08\x00\x00", labels, "DIR/images: Image: not an IDX file: it begins with 03 08 00 00, and not with 00 00, a type and the number of axes", nil},
		{"unknown type", "\x00\x00\x0a\x01\x00\x00\x00\x01x", labels, "DIR/images: Image: no type of IDX numbers has the code 0x0a (offset 2)", nil},
		{"no records", idx(8, []int{0, 2, 2}), labels, "DIR/images: Image: it holds nothing: its axes are 0 long", nil},
		{"empty records", idx(8, []int{3, 2, 0}), labels, "DIR/images: Image: it holds nothing: its axes are 3x2x0 long", nil},
		{"lying header", idx(8, []int{1 << 31, 2, 2}), labels, "DIR/images: Image: its header announces 2147483648 numbers or more, and 1073741824 are the most", nil},
		{"overflowing header", idx(8, []int{1 << 16, 1 << 16, 1 << 16, 1 << 16}), labels, "DIR/images: Image: its header announces 65536x65536 numbers or more, and 1073741824 are the most", nil},
		{"other shape", idx(8, []int{3, 3, 3}, make([]float64, 27)...), labels, "DIR/images: Image: a record is 3x3, and Image is 4 numbers", nil},
		{"other axes", images, labels, "DIR/images: Image: a record is 2x2, and Image is 1x4x2", &Column{Object: "Image", Shape: []int{1, 4, 2}}},
		{"scalar for an image", idx(8, []int{3}, 1, 2, 3), labels, "DIR/images: Image: a record is one number, and Image is 4 numbers", nil},
		{"image for a class", images, images, "DIR/labels: Digit: a record is 2x2, and Digit is one number", nil},
		{"fewer labels", images, idx(8, []int{2}, 0, 1), "DIR/labels: Digit: it has 2 records, and DIR/images has 3", nil},
		{"cut off inside a record", images[:len(images)-1], labels, "DIR/images: Image: the file ends at offset 27, in record 3 of 3", nil},
		{"cut off between records", images[:len(images)-4], labels, "DIR/images: Image: the file ends at offset 24, before record 3 of 3", nil},
		{"no numbers", images[:16], labels, "DIR/images: Image: the file ends at offset 16, before record 1 of 3", nil},
		{"large header, small file", idx(8, []int{1 << 28, 4}, 1, 2, 3, 4), idx(8, []int{1 << 28}), "DIR/images: Image: the file ends at offset 16, before record 2 of 268435456", nil},
		{"goes on", images + "x", labels, "DIR/images: Image: the file goes on at offset 28, after the 3 records that its header announces", nil},
		{"goes on inside gzip", gz(images + "x"), labels, "DIR/images: Image: the file goes on at offset 28, after the 3 records that its header announces", nil},
		{"gzip header", "\x1f\x8b\x08", labels, "DIR/images: damaged gzip data: its header is not valid", nil},
		{"gzip cut off at its end", cut(gz(images), 4), labels, "DIR/images: Image: the gzip data ends too early: the file is cut off (offset 28)", nil},
		{"gzip damaged", flip(gz(images)), labels, "DIR/images: Image: damaged gzip data (offset 28)", nil},
		{"outside the set", images, labels, "DIR/images: record 1 (offset 19): Image: 1.9921875 is not in [0, 1] (after scaling by 0.0078125)",
			&Column{Object: "Image", Shape: []int{4}, Scale: 1.0 / 128, Set: ct.Interval{Low: 0, High: 1}}},
		{"not a number", idx(0x0D, []int{3, 4}, 0, 0, 0, 0, 0, 0, nan, inf, 0, 0, 0, -inf), labels,
			"DIR/images: record 2 (offset 36): Image: NaN is not a finite number\nDIR/images: record 2 (offset 40): Image: +Inf is not a finite number\n" +
				"DIR/images: record 3 (offset 56): Image: -Inf is not a finite number", nil},
		{"beyond float32", idx(0x0E, []int{3, 4}, 0, 0, 0, 1e39, 0, 0, 0, 0, 0, 0, 0, 0), labels,
			"DIR/images: record 1 (offset 36): Image: 1e+39 is too large for a 32-bit number", &Column{Object: "Image", Shape: []int{4}}},
		{"distribution", idx(0x0D, []int{3, 2}, 0.5, 0.5, 0.5, 0.25, 1, 0), labels, "DIR/images: record 2 (offset 20): Image: the numbers sum to 0.75, not to 1",
			&Column{Object: "Image", Shape: []int{2}, Set: ct.Simplex{Axis: 2}}},
		{"class out of range", images, idx(8, []int{3}, 2, 3, 0), "DIR/labels: record 2 (offset 9): Digit: 3 is not in 0..2", nil},
		{"negative class", images, idx(9, []int{3}, 2, 0, -1), "DIR/labels: record 3 (offset 10): Digit: -1 is not in 0..2", nil},
		{"class with a fraction", images, idx(0x0D, []int{3}, 2, 0.5, 0), "DIR/labels: record 2 (offset 12): Digit: 0.5 is not a class", nil},
		{"class beyond integers", images, idx(0x0E, []int{3}, 1e300, nan, 0), "DIR/labels: record 1 (offset 8): Digit: 1e+300 is not a class\n" +
			"DIR/labels: record 2 (offset 16): Digit: NaN is not a class", nil},
		{"not an integer", idx(0x0D, []int{3}, 1, 2, 2.5), labels, "DIR/images: record 3 (offset 16): Count: 2.5 is not an integer", &Column{Object: "Count", Kind: Int}},
		{"not a truth value", idx(8, []int{3}, 1, 0, 2), labels, "DIR/images: record 3 (offset 10): Ink: 2 is not 0 or 1", &Column{Object: "Ink", Kind: Bool}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			spec := tiles()
			if c.imagesColumn != nil {
				spec.Columns[0] = *c.imagesColumn
				spec.Columns[0].File, spec.Columns[0].Test = "images", "t/images"
			}
			dir := folder(t, map[string]string{"images": c.images, "labels": c.labels})
			var table *Table
			var err error
			memory := allocated(func() { table, err = Read(spec, dir) })
			require.Less(t, memory, 4<<20)
			require.Error(t, err)
			require.Equal(t, c.want, strings.ReplaceAll(strings.ReplaceAll(err.Error(), dir, "DIR"), `\`, "/"))
			require.Nil(t, table)
			var fault *Fault
			require.True(t, errors.As(err, &fault))
			require.NotEmpty(t, fault.File)
		})
	}
}

// Wherever a gzipped file is cut off, the message says so.
func TestIDXCutOff(t *testing.T) {
	r := rng.New(1, "noise")
	numbers := make([]float64, 4*50)
	for i := range numbers {
		numbers[i] = float64(r.Uint64() % 256)
	}
	text := gz(idx(8, []int{50, 2, 2}, numbers...))
	files := map[string]string{"labels": idx(8, []int{50}, make([]float64, 50)...)}
	want := regexp.MustCompile(`images: (damaged gzip data: its header is not valid|` +
		`Image: the gzip data ends too early: the file is cut off \(offset \d+(, (in|before) record \d+ of 50)?\))$`)
	for n := 2; n < len(text); n++ {
		files["images"] = text[:n]
		_, err := Read(tiles(), folder(t, files))
		require.Error(t, err)
		require.Regexp(t, want, err.Error(), "%d of %d bytes", n, len(text))
	}
}

func TestManyIDXFaultsStop(t *testing.T) {
	files := tileFiles()
	files["images"] = idx(8, []int{100, 4}, make([]float64, 400)...)
	files["labels"] = idx(8, []int{100}, slices.Repeat([]float64{7}, 100)...)
	_, err := Read(tiles(), folder(t, files))
	var faults Faults
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults, maxFaults)
	require.Contains(t, err.Error(), "labels: reading stopped after 10 faults")
}

// A header that announces a gigabyte costs no more than the file that holds
// it.
func TestLyingIDXHeaderCostsNothing(t *testing.T) {
	dir := folder(t, map[string]string{"images": idx(8, []int{1 << 28, 2, 2}), "labels": idx(8, []int{1 << 28})})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Read(tiles(), dir)
	require.ErrorContains(t, err, "before record 1 of 268435456")
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20))
}

func TestIDXFolderFaults(t *testing.T) {
	files := tileFiles()
	delete(files, "t/labels")
	dir := folder(t, files)
	_, err := Read(tiles(), dir)
	require.NoError(t, err)
	_, err = ReadTest(tiles(), dir)
	require.EqualError(t, err, filepath.Join(dir, "t", "labels")+": no such file, with or without .gz")
	_, err = Read(tiles(), filepath.Join(dir, "images"))
	require.EqualError(t, err, filepath.Join(dir, "images")+": is a file, not a folder")
	_, err = ReadFrom(tiles(), "x", strings.NewReader(""))
	require.EqualError(t, err, "data tiles: IDX data lies in several files; Read reads them")
	_, err = Read(pair(), dir)
	require.EqualError(t, err, dir+": is a folder, not a file")
}

func TestBadIDXSpecs(t *testing.T) {
	for want, change := range map[string]func(*Spec){
		"Image: IDX has files, not columns":                                 func(s *Spec) { s.Columns[0].First, s.Columns[0].Last = 1, 4 },
		"Digit: the path of its file does not lead into the folder":         func(s *Spec) { s.Columns[1].File = "../labels" },
		"Image: the path of its file does not lead into the folder":         func(s *Spec) { s.Columns[0].File = "" },
		"Digit: the path of its file does not lead into the folder ":        func(s *Spec) { s.Columns[1].Test = "/labels" },
		"Digit: all objects have a test file, or none":                      func(s *Spec) { s.Columns[0].Test = "" },
		"Image: no record has such a shape":                                 func(s *Spec) { s.Columns[0].Shape = []int{1 << 20, 1 << 20} },
		"Image: no record has such a shape ":                                func(s *Spec) { s.Columns[0].Shape = []int{2, 0} },
		"the test files are what is held out, so there is nothing to split": func(s *Spec) { s.Split = [2]int{1, 1} },
		"Image: CSV has columns, not files":                                 func(s *Spec) { s.Format = "csv" },
		"Digit: only real numbers can be scaled or standardized":            func(s *Spec) { s.Columns[1].Scale = 2 },
	} {
		spec := tiles()
		change(spec)
		_, err := Read(spec, folder(t, nil))
		if spec.Format == "csv" {
			err = spec.Validate()
		}
		require.EqualError(t, err, "data tiles: "+strings.TrimSpace(want))
	}
}

// FuzzIDX: no file makes the reader panic, and what it accepts keeps the
// promises of the spec.
func FuzzIDX(f *testing.F) {
	for _, text := range tileFiles() {
		f.Add([]byte(text))
		f.Add([]byte(gz(text)))
		f.Add([]byte(text[:len(text)-1]))
	}
	f.Add([]byte(idx(0x0E, []int{1, 4}, 1, nan, inf, 0)))
	f.Add([]byte(idx(0x0B, []int{1 << 31, 1 << 31, 1 << 31}, 1)))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		path := filepath.Join(dir, "x")
		require.NoError(t, os.WriteFile(path, text, 0o600))
		for _, c := range []Column{
			{Object: "Image", Shape: []int{4}, Scale: 1.0 / 255, Set: ct.Interval{Low: 0, High: 1}},
			{Object: "Image", Shape: []int{2, 2}, Standardize: true},
			{Object: "Share", Shape: []int{2}, Set: ct.Simplex{Axis: 2}},
			{Object: "Digit", Kind: Fin, N: 3},
			{Object: "Count", Kind: Int},
			{Object: "Ink", Kind: Bool, Shape: []int{2}},
		} {
			c.File = "x"
			spec := &Spec{Name: "d", Format: "idx", Columns: []Column{c}}
			table, err := Read(spec, dir)
			if err != nil {
				require.Nil(t, table)
				require.True(t, strings.HasPrefix(err.Error(), path+": "), "%v", err)
				continue
			}
			require.Positive(t, table.Rows)
			if c.Standardize {
				require.NoError(t, table.Standardize(spec, table.Fit(spec, []int{0})))
			}
			v := table.Factors[0]
			require.Equal(t, table.Rows*c.Width(), len(v.Real)+len(v.Fin)+len(v.Int)+len(v.Bool))
			for _, x := range v.Real {
				require.True(t, c.Set == nil && x-x == 0 || c.Set.Contains(float64(x)))
			}
			for _, x := range v.Fin {
				require.True(t, 0 <= x && x < 3)
			}
		}
	})
}
