package checkpoint

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// A process that may write no file as large as the model finds what a full
// disk says: a clear error, and the last good files untouched.
func TestNoRoom(t *testing.T) {
	const variable = "CTGEN_TEST_NO_ROOM"
	if path := os.Getenv(variable); path != "" {
		signal.Ignore(syscall.SIGXFSZ)
		require.NoError(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: 4096}))
		err := SaveKeeping(path, map[string]string{"epoch": "3"}, large(1<<20))
		require.EqualError(t, err, path+": file too large")
		require.ErrorIs(t, err, syscall.EFBIG)
		return
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "m")
	for _, epoch := range []string{"1", "2"} {
		require.NoError(t, SaveKeeping(path, map[string]string{"epoch": epoch}, large(1<<20)))
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(exe, "-test.run=^TestNoRoom$")
	cmd.Env = append(os.Environ(), variable+"="+path)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, "2", epochOf(t, path))
	require.Equal(t, "1", epochOf(t, path+Previous))
	require.Equal(t, []string{"m", "m.previous"}, namesIn(t, dir))
}

// A full disk, where this user can mount one.
func TestFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("mounting a small disk takes root")
	}
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("no mounts here: %v", err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	path := filepath.Join(dir, "m")
	require.NoError(t, SaveKeeping(path, map[string]string{"epoch": "1"}, large(1<<20)))
	require.EqualError(t, SaveKeeping(path, map[string]string{"epoch": "2"}, large(4<<20)), path+": no space left on device")
	require.Equal(t, "1", epochOf(t, path))
	require.Equal(t, []string{"m"}, namesIn(t, dir))
}
