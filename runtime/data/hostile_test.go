package data

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// allocated is how many bytes f allocates in all, what is freed meanwhile
// included.
func allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// endless gives a text again and again, up to so many bytes.
func endless(text string, n int64) io.Reader {
	return io.LimitReader(&again{text: text}, n)
}

type again struct {
	text string
	at   int
}

func (r *again) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = r.text[r.at]
		r.at = (r.at + 1) % len(r.text)
	}
	return len(b), nil
}

// bomb is gzip data of so many bytes that inflate from next to none.
func bomb(n int64) string {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = io.Copy(w, endless(strings.Repeat("0", 1<<15), n))
	_ = w.Close()
	return b.String()
}

// Files that are made to fill memories: what is read of them stays within a
// bound that does not depend on what they promise.
func TestHostileFiles(t *testing.T) {
	one := &Spec{Name: "d", Format: "csv", Columns: []Column{{Object: "X", First: 1, Last: 1}}}
	flat := &Spec{Name: "d", Format: "idx", Columns: []Column{{Object: "X", File: "x", Shape: []int{4}}}}
	zeros := bomb(20 << 20)
	for _, c := range []struct {
		name string
		spec *Spec
		file io.Reader
		most int // MiB allocated
		want string
	}{
		{"a line without end", one, endless("1", 1<<40), 160, "x:1: a record is longer than 16 MiB"},
		{"a quote without end", one, io.MultiReader(strings.NewReader(`1,"`), endless("1\n", 1<<40)), 200, "x:1: a record is longer than 16 MiB"},
		{"commas without end", one, endless(",", 1<<40), 160, "x:1: a record is longer than 16 MiB"},
		{"commas", one, io.MultiReader(endless("1,", 4<<20), strings.NewReader("\n")), 24, "x:1: a record has more than 1048576 fields"},
		{"quoted fields", one, io.MultiReader(endless(`"",`, 4<<20), strings.NewReader("\n")), 96, "x:1: a record has more than 1048576 fields"},
		{"quoted fields on many lines", one, endless("\"\n\",", 16<<20), 160, "x:1: a record has more than 1048576 fields"},
		{"faults without end", one, endless("x\n", 1<<40), 1, "x: reading stopped after 10 faults"},
		{"columns that differ without end", pair(), io.MultiReader(strings.NewReader("1,2,0\n1,2,0\n"), endless("1,2\n", 1<<40)), 1, "x: reading stopped after 10 faults"},
		{"zeros in one line, gzipped", one, strings.NewReader(zeros), 200, "x:1: a record is longer than 16 MiB"},
		{"wrong characters without end", letters(1), endless("!?", 4<<20), 40, "'!' is not in the alphabet"},
		{"zeros as IDX, gzipped", flat, nil, 1, "X: not an IDX file"},
		{"a header that promises much", flat, strings.NewReader("\x00\x00\x08\x02\x10\x00\x00\x00\x00\x00\x00\x04"), 4, "X: the file ends at offset 12, before record 1 of 268435456"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var err error
			memory := allocated(func() { err = readHostile(t, c.spec, c.file, zeros) })
			require.ErrorContains(t, err, c.want)
			require.Less(t, memory>>20, c.most)
		})
	}
}

func readHostile(t *testing.T, spec *Spec, file io.Reader, other string) error {
	if spec.Format != "idx" {
		_, err := ReadFrom(spec, "x", file)
		return err
	}
	text := []byte(other)
	if file != nil {
		text, _ = io.ReadAll(file)
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "x"), text, 0o600))
	_, err := Read(spec, dir)
	return err
}

// What inflates beyond all data is refused where it is read; what does not
// amount to much may.
func TestGzipBomb(t *testing.T) {
	in, err := unzipped("x", strings.NewReader(bomb(smallFile+1)))
	require.NoError(t, err)
	n, err := io.Copy(io.Discard, in)
	require.ErrorIs(t, err, errBomb)
	require.LessOrEqual(t, n, int64(smallFile))
	in, err = unzipped("x", strings.NewReader(bomb(smallFile)))
	require.NoError(t, err)
	n, err = io.Copy(io.Discard, in)
	require.NoError(t, err)
	require.EqualValues(t, smallFile, n)
}
