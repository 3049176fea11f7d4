package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestUnified(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"equal", "a\n", "a\n", ""},
		{"from nothing", "", "a\n", "@@ -0,0 +1 @@\n+a\n"},
		{"to nothing", "a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n"},
		{"one line", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
			"@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n"},
		{"the last newline", "a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n"},
		{"two hunks", "x\n1\n2\n3\n4\n5\n6\n7\ny\n", "1\n2\n3\n4\n5\n6\n7\n",
			"@@ -1,4 +1,3 @@\n-x\n 1\n 2\n 3\n@@ -6,4 +5,3 @@\n 5\n 6\n 7\n-y\n"},
		{"near ones share a hunk", "x\n1\n2\n3\n4\n5\n6\ny\n", "1\n2\n3\n4\n5\n6\n",
			"@@ -1,8 +1,6 @@\n-x\n 1\n 2\n 3\n 4\n 5\n 6\n-y\n"},
		{"moved", "a\nb\nc\n", "b\nc\na\n", "@@ -1,3 +1,3 @@\n-a\n b\n c\n+a\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Unified("o", c.old, "n", c.new)
			if c.want != "" {
				c.want = "--- o\n+++ n\n" + c.want
			}
			require.Equal(t, c.want, got)
		})
	}
}

// TestDifferenceLeadsFromOldToNew applies the difference of random texts.
func TestDifferenceLeadsFromOldToNew(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	text := func(most int) string {
		var b strings.Builder
		for range rng.IntN(most) {
			fmt.Fprintf(&b, "%d\n", rng.IntN(1+rng.IntN(most)))
		}
		return strings.TrimSuffix(b.String(), strings.Repeat("\n", rng.IntN(2)))
	}
	for i := range 2000 {
		most := 40
		if i%100 == 0 {
			most = 2000 // beyond an exact search
		}
		old, new := text(most), text(most)
		if rng.IntN(2) == 0 {
			all := strings.SplitAfter(old, "\n")
			all[rng.IntN(len(all))] = "new\n"
			new = strings.Join(all, "")
		}
		require.Equal(t, new, patch(t, old, Unified("o", old, "n", new)), "from\n%s\nto\n%s", old, new)
	}
}

// patch applies a difference, requiring that its heads and lines fit.
func patch(t *testing.T, old, diff string) string {
	if diff == "" {
		return old
	}
	from, at := lines(old), 0
	var out []string
	diff = strings.ReplaceAll(diff, "\n\\", "\x00\\") // keep the notice with its line
	for _, line := range strings.SplitAfter(diff, "\n")[2:] {
		line = strings.ReplaceAll(line, "\x00", "\n")
		switch {
		case strings.HasPrefix(line, "@@"):
			var start, n int
			if k, _ := fmt.Sscanf(line, "@@ -%d,%d", &start, &n); k < 2 {
				n = 1
			}
			if n > 0 {
				start--
			}
			out = append(out, from[at:start]...)
			at = start
		case line == "":
		case line[0] == '+':
			out = append(out, line[1:])
		default:
			require.Equal(t, from[at], line[1:])
			if line[0] == ' ' {
				out = append(out, from[at])
			}
			at++
		}
	}
	text := strings.Join(append(out, from[at:]...), "")
	return strings.TrimSuffix(text, "\n\\ No newline at end of file\n")
}

// Anchors are found between anchors, and what is long takes no quadratic time.
func TestLongTexts(t *testing.T) {
	var old, new strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&old, "%d\n\n", i)
		if i%1000 == 0 {
			fmt.Fprintf(&new, "new\n")
		}
		fmt.Fprintf(&new, "%d\n\n", i)
	}
	got := Unified("o", old.String(), "n", new.String())
	require.Equal(t, 40, strings.Count(got, "\n+new\n"))
	require.NotContains(t, got, "\n-")

	all := Unified("o", strings.Repeat("a\n", 100_000), "n", strings.Repeat("b\n", 100_000))
	require.Equal(t, 100_000, strings.Count(all, "\n-a"))
}
