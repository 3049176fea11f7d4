package checkpoint

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func epochOf(t testing.TB, path string) string {
	f, err := Open(path)
	require.NoError(t, err)
	return f.Metadata["epoch"]
}

func namesIn(t testing.TB, dir string) []string {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// The file before the last is kept, and read where the last is damaged.
func TestSaveKeeping(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m")
	for _, epoch := range []string{"1", "2", "3"} {
		require.NoError(t, SaveKeeping(path, map[string]string{"epoch": epoch}, model()))
	}
	require.Equal(t, "3", epochOf(t, path))
	require.Equal(t, "2", epochOf(t, path+Previous))
	require.Equal(t, []string{"m", "m.previous"}, namesIn(t, dir))

	f, fault, err := OpenLast(path)
	require.NoError(t, err)
	require.NoError(t, fault)
	require.Equal(t, "3", f.Metadata["epoch"])

	b, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, b[:len(b)-1], 0o666))
	f, fault, err = OpenLast(path)
	require.NoError(t, err)
	require.ErrorContains(t, fault, path+": ")
	require.Equal(t, "2", f.Metadata["epoch"])

	require.NoError(t, os.WriteFile(path+Previous, b[:9], 0o666))
	_, _, err = OpenLast(path)
	require.ErrorContains(t, err, path+": ")
	require.ErrorContains(t, err, path+Previous+": the file is cut off")
	require.NoError(t, os.Remove(path+Previous))
	_, _, err = OpenLast(path)
	require.ErrorContains(t, err, path+": ")
	require.NoError(t, os.Remove(path))
	_, _, err = OpenLast(path)
	require.EqualError(t, err, path+": no such file or folder")
}

// What killed saves left is removed by the next; what is being written stays,
// and so do files that only look alike.
func TestLeftovers(t *testing.T) {
	if runtime.GOOS == "js" || runtime.GOOS == "plan9" || runtime.GOOS == "solaris" {
		t.Skip("no locks")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "m")
	for _, name := range []string{"m.partial1-0", "m.partial77.previous", "m.partial", "m.partialx", "n.partial1-0"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("cut of"), 0o666))
	}
	busy, err := createBeside(path)
	require.NoError(t, err)
	defer busy.Close()
	require.NoError(t, Save(path, nil, model()))
	require.ElementsMatch(t, []string{"m", "m.partial", "m.partialx", "n.partial1-0", filepath.Base(busy.Name())}, namesIn(t, dir))
}

// Many savers of one file do not spoil it.
func TestSaversAtOnce(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m")
	require.NoError(t, SaveKeeping(path, nil, model()))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if err := SaveKeeping(path, nil, model()); err != nil {
					t.Error(err)
				}
				if _, err := Open(path); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for _, name := range namesIn(t, dir) {
		require.False(t, strings.Contains(name, partial), name)
	}
}

// A folder that cannot be written to leaves what is there.
func TestReadOnlyFolder(t *testing.T) {
	if os.Getuid() <= 0 {
		t.Skip("permissions do not bind this user, or this system has none")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "m")
	require.NoError(t, SaveKeeping(path, nil, model()))
	require.NoError(t, os.Chmod(dir, 0o555))
	defer os.Chmod(dir, 0o755)
	require.EqualError(t, SaveKeeping(path, nil, model()), path+": permission denied")
	require.EqualError(t, Writable(path), path+": permission denied")
	_, err := Open(path)
	require.NoError(t, err)
}

// large is a model of about n bytes.
func large(n int) []Tensor {
	return []Tensor{{Name: "w", Shape: []int{n / 4}, F32: make([]float32, n/4)}}
}

// A copy is kept where the file system knows no hard links.
func TestKeepCopies(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "m")
	require.NoError(t, os.WriteFile(path, bytes.Repeat([]byte("x"), 10), 0o666))
	name, err := keepCopy(path, path+partial+"1"+Previous)
	require.NoError(t, err)
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Len(t, b, 10)
}
