//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestSignalsReachTheProgram runs a program that waits for a signal, sends
// one to this process, and gets the program's exit code.
func TestSignalsReachTheProgram(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	ready := filepath.Join(t.TempDir(), "ready")
	script := `trap 'exit 7' TERM; : >"$0"; while :; do sleep 0.02; done`
	go func() {
		for range 500 {
			if _, err := os.Stat(ready); err == nil {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
	}()
	var out bytes.Buffer
	u := newUI(nil, &out, &out)
	require.Equal(t, 7, runProgram(u, shell, []string{"-c", script, ready}), out.String())

	require.Equal(t, 3, runProgram(u, shell, []string{"-c", "exit 3"}))
	require.Equal(t, 128+9, runProgram(u, shell, []string{"-c", "kill -KILL $$"}))
	require.Equal(t, exitUsage, runProgram(u, filepath.Join(t.TempDir(), "absent"), nil))
}
