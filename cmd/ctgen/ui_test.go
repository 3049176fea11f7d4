package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestColours appear on a terminal only, and not where the user wants none.
func TestColours(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "xterm")
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	defer file.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer null.Close()
	for _, stream := range []*os.File{file, null} {
		require.False(t, newUI(nil, stream, stream).colorOut, stream.Name())
	}
	require.False(t, newUI(nil, &bytes.Buffer{}, &bytes.Buffer{}).colorErr)

	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminal here")
	}
	defer terminal.Close()
	u := newUI(nil, terminal, file)
	require.True(t, u.colorOut)
	require.False(t, u.colorErr)
	t.Setenv("NO_COLOR", "1")
	require.False(t, newUI(nil, terminal, terminal).colorOut)
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "dumb")
	require.False(t, newUI(nil, terminal, terminal).colorErr)
}
