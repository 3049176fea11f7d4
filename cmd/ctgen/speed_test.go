package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// chain is a specification of n objects, and n-1 arrows from each to the next.
func chain(n int) string {
	var text strings.Builder
	text.WriteString("category chain\n\n")
	for i := range n {
		fmt.Fprintf(&text, "object Thing%d = R\n", i)
	}
	for i := range n - 1 {
		fmt.Fprintf(&text, "arrow step%d: Thing%d -> Thing%d = std.relabel\n", i, i, i+1)
	}
	return text.String()
}

// chainModule is a module that holds a chain; it returns the chain's path.
func chainModule(t testing.TB, n int) string {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/chain\n\ngo 1.24\n"), 0o644))
	path := filepath.Join(dir, "chain.cat")
	require.NoError(t, os.WriteFile(path, []byte(chain(n)), 0o644))
	return path
}

func command(t testing.TB, args ...string) {
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitOK, run(strings.NewReader(""), &stdout, &stderr, args), stderr.String())
}

func BenchmarkGenerate(b *testing.B) {
	b.Setenv("XDG_CACHE_HOME", b.TempDir()) // where receipts go
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	for _, n := range []int{5_000, 50_000} {
		b.Run(fmt.Sprint("new/", n), func(b *testing.B) {
			path := chainModule(b, n)
			for b.Loop() {
				b.StopTimer()
				require.NoError(b, os.RemoveAll(filepath.Join(filepath.Dir(path), "generated")))
				b.StartTimer()
				command(b, "generate", path)
			}
		})
		b.Run(fmt.Sprint("unchanged/", n), func(b *testing.B) {
			path := chainModule(b, n)
			command(b, "generate", path)
			for b.Loop() {
				command(b, "generate", path)
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			path := chainModule(b, n)
			for b.Loop() {
				command(b, "check", path)
			}
		})
	}
}
