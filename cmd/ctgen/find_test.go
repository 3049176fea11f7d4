package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkFind asks a specification of 2,000 arrows: read, checked and
// searched, under the collector's settings of the command.
func BenchmarkFind(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	var text strings.Builder
	text.WriteString("category many\n")
	const objects = 700
	for i := range objects {
		fmt.Fprintf(&text, "object A%d = R[4]\n", i)
	}
	text.WriteString("object L = { weight: R[4, 4], bias: R[4] }\n")
	for i := range 2000 {
		body := []string{"given L = std.affine", "= std.tanh"}[i%2]
		fmt.Fprintf(&text, "arrow f%d: A%d -> A%d %s\n", i, r.IntN(objects), r.IntN(objects), body)
	}
	path := filepath.Join(b.TempDir(), "many.cat")
	require.NoError(b, os.WriteFile(path, []byte(text.String()), 0o644))
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	for b.Loop() {
		var stdout, stderr bytes.Buffer
		require.Equal(b, exitOK, run(strings.NewReader(""), &stdout, &stderr, []string{"find", path, "A1", "A2"}), stderr.String())
	}
}
