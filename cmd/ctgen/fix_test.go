package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// checkFix runs `ctgen check --fix` and returns its exit code and what it
// fixed.
func checkFix(t *testing.T, paths ...string) (int, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(nil, &stdout, &stderr, append([]string{"check", "--fix"}, paths...))
	return code, stderr.String()
}

func writeFile(t *testing.T, path, text string, mode os.FileMode) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(text), mode))
	require.NoError(t, os.Chmod(path, mode))
}

func requireFile(t *testing.T, path, text string) {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, text, string(data))
}

// What a fix does not concern stays as it is: the byte order mark, the ends of
// lines and the permissions.
func TestFixKeepsTheRest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.cat")
	writeFile(t, path, "\uFEFFobjekt A\r\nobject B = {\r\n  a: A\r\n", 0o600)
	code, _ := checkFix(t, path)
	require.Equal(t, exitOK, code)
	requireFile(t, path, "\uFEFFobject A\r\nobject B = {\r\n  a: A\r\n}\r\n")
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

// A link stays a link, and what is named twice is mended once.
func TestFixThroughLinks(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "a.cat"), filepath.Join(dir, "link.cat")
	writeFile(t, path, "objekt A\n", 0o644)
	if err := os.Symlink("a.cat", link); err != nil {
		t.Skip("no symbolic links here")
	}
	code, said := checkFix(t, link, path, link)
	require.Equal(t, exitOK, code)
	require.Equal(t, 1, bytes.Count([]byte(said), []byte("fixed")), said)
	requireFile(t, path, "object A\n")
	info, err := os.Lstat(link)
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeSymlink)
}

// What is not text is not touched, also where it holds a fault with a remedy.
func TestFixLeavesOtherEncodings(t *testing.T) {
	for name, text := range map[string]string{
		"latin1": "objekt A // gr\xf6\xdfe\n",
		"utf16":  "\xff\xfeo\x00b\x00",
		"nul":    "objekt A\x00\n",
	} {
		path := filepath.Join(t.TempDir(), name+".cat")
		writeFile(t, path, text, 0o644)
		code, said := checkFix(t, path)
		require.Equal(t, exitFindings, code)
		require.Empty(t, said)
		requireFile(t, path, text)
	}
}

// All files are written or none.
func TestFixAllOrNothing(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions bind nobody here")
	}
	dir := t.TempDir()
	free, bound := filepath.Join(dir, "a.cat"), filepath.Join(dir, "b.cat")
	writeFile(t, free, "objekt A\n", 0o644)
	writeFile(t, bound, "objekt B\n", 0o444)
	code, said := checkFix(t, free, bound)
	require.Equal(t, exitUsage, code)
	require.Contains(t, said, "no permission to open")
	requireFile(t, free, "objekt A\n")
}
