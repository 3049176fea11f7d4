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
		require.False(t, newUI(nil, stream, stream).textOut.Color, stream.Name())
	}
	require.False(t, newUI(nil, &bytes.Buffer{}, &bytes.Buffer{}).textErr.Color)

	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no pseudo-terminal here")
	}
	defer terminal.Close()
	u := newUI(nil, terminal, file)
	require.True(t, u.textOut.Color)
	require.False(t, u.textErr.Color)
	t.Setenv("NO_COLOR", "1")
	require.False(t, newUI(nil, terminal, terminal).textOut.Color)
	t.Setenv("NO_COLOR", "")
	t.Setenv("TERM", "dumb")
	require.False(t, newUI(nil, terminal, terminal).textErr.Color)
}

// TestTextOnTerminals names the page of a code there, and keeps to ASCII where
// nothing else is shown; files and pipes get the same bytes everywhere.
func TestTextOnTerminals(t *testing.T) {
	for _, c := range []struct {
		env   map[string]string
		ascii bool
	}{
		{nil, false},
		{map[string]string{"LANG": "de_DE.UTF-8"}, false},
		{map[string]string{"LANG": "C.utf8"}, false},
		{map[string]string{"LANG": "C"}, true},
		{map[string]string{"LANG": "de_DE.ISO-8859-1"}, true},
		{map[string]string{"LANG": "C", "LC_CTYPE": "en_GB.UTF-8"}, false},
		{map[string]string{"LC_ALL": "POSIX", "LC_CTYPE": "en_GB.UTF-8"}, true},
		{map[string]string{"TERM": "dumb", "LANG": "en_GB.UTF-8"}, true},
	} {
		env := func(name string) string { return c.env[name] }
		opts := textOptions(true, env)
		require.Equal(t, c.ascii, opts.ASCII, "%v", c.env)
		require.Equal(t, "ctgen explain", opts.Explain)
		require.Equal(t, c.env["TERM"] != "dumb", opts.Color)
		opts = textOptions(false, env)
		require.False(t, opts.ASCII || opts.Color || opts.Explain != "")
	}
}
