package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is too large or too deep is refused with a word about it, by whatever
// way it comes in, and costs no more than what is read of it.
func TestLimits(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	huge := filepath.Join(dir, "huge.cat")
	f, err := os.Create(huge)
	require.NoError(t, err)
	line := bytes.Repeat([]byte("object A = R // and so on\n"), 1<<16)
	for written := 0; written < 100<<20; written += len(line) {
		_, err := f.Write(line)
		require.NoError(t, err)
	}
	require.NoError(t, f.Close())
	const deep = 100_000
	sized := write("sized.cat", "dim D = 3\nobject A = R[D]\narrow f: A -> A = std.tanh\n")
	for name, c := range map[string]struct {
		args  []string
		stdin string
		code  int
		says  string
	}{
		"a file of 100 MB":       {[]string{"check", huge}, "", exitUsage, "larger than 16 MB"},
		"formatting one":         {[]string{"fmt", "-l", huge}, "", exitUsage, "larger than 16 MB"},
		"a dimension of 10^18":   {[]string{"check", write("wide.cat", "object A = R[1000000000000000000]\n")}, "", exitFindings, "CT0402"},
		"a product of dims":      {[]string{"check", write("product.cat", "dim D = 1000000\nobject A = R[D * D * D * D]\n")}, "", exitFindings, "CT0402"},
		"--set of 10^18":         {[]string{"check", "--set", "D=1000000000000000000", sized}, "", exitFindings, "CT0402"},
		"--set beyond an int":    {[]string{"check", "--set", "D=100000000000000000000", sized}, "", exitUsage, "--set takes"},
		"round brackets":         {[]string{"check", write("round.cat", "arrow f = "+strings.Repeat("(", deep)+"g"+strings.Repeat(")", deep)+"\n")}, "", exitFindings, "CT1001"},
		"brackets of types":      {[]string{"check", write("types.cat", "object A = "+strings.Repeat("(", deep)+"R"+strings.Repeat(")", deep)+"\n")}, "", exitFindings, "CT1001"},
		"braces of records":      {[]string{"check", write("braces.cat", "object A = "+strings.Repeat("{ a: ", deep)+"R"+strings.Repeat("}", deep)+"\n")}, "", exitFindings, "CT1001"},
		"square brackets":        {[]string{"check", write("square.cat", "object A = "+strings.Repeat("List[", deep)+"R"+strings.Repeat("]", deep)+"\n")}, "", exitFindings, "CT1001"},
		"brackets of equations":  {[]string{"check", write("lines.cat", "object A\narrow f: A -> A {\n    means y = "+strings.Repeat("(", deep)+"x"+strings.Repeat(")", deep)+"\n}\n")}, "", exitFindings, "CT1001"},
		"open brackets":          {[]string{"check", write("open.cat", "arrow f = "+strings.Repeat("(", deep))}, "", exitFindings, "CT1001"},
		"sets":                   {[]string{"check", write("sets.cat", "object A = R in "+strings.Repeat("{", deep)+"\n")}, "", exitFindings, "CT0101"},
		"a value to evaluate":    {[]string{"eval", sized, "f"}, `{"in": ` + strings.Repeat("[", deep) + strings.Repeat("]", deep) + "}", exitUsage, "A needs a number, not an array"},
		"a term to evaluate":     {[]string{"eval", sized, strings.Repeat("(", deep) + "f" + strings.Repeat(")", deep)}, "{}", exitFindings, "CT1001"},
		"an object to search by": {[]string{"find", sized, strings.Repeat("(", deep) + "A" + strings.Repeat(")", deep), "A"}, "", exitFindings, "CT1001"},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			var stdout, stderr bytes.Buffer
			code := run(strings.NewReader(c.stdin), &stdout, &stderr, c.args)
			runtime.ReadMemStats(&after)
			said := stdout.String() + stderr.String()
			require.Equal(t, c.code, code, clipped(said))
			require.Contains(t, said, c.says)
			require.Less(t, len(said), 2000, "as long as what it is about")
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(256<<20))
		})
	}
}

func clipped(s string) string { return s[:min(len(s), 500)] }
