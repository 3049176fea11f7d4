package syntax

import (
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// A file that is read in parts gives the tree that it gives as a whole, with
// or without a fault.
func TestChunks(t *testing.T) {
	old := runtime.GOMAXPROCS(4)
	defer runtime.GOMAXPROCS(old)
	forms := strings.Replace(read(t, "testdata/forms.cat"), "category forms", "", 1)
	sound := strings.Repeat(forms, 1+2*minParallel/len(forms))
	at := strings.Index(sound[3*len(sound)/5:], "\narrow") + 3*len(sound)/5
	for name, text := range map[string]string{
		"sound":      "// A doc.\ncategory big\n" + sound,
		"windows":    strings.ReplaceAll(sound, "\n", "\r\n"),
		"marked":     bom + sound,
		"a fault":    sound[:at] + "\narrow broken = f >>\n" + sound[at:],
		"unclosed":   sound[:at] + "\narrow broken(x: A) -> B {\n" + sound[at:],
		"a category": sound[:at] + "\ncategory late\n" + sound[at:],
		"one line":   strings.Repeat("object A = R ", 1+minParallel/13), // and no more: dump counts columns from the front
	} {
		t.Run(name, func(t *testing.T) {
			src := diag.NewSource("big.cat", text)
			_, _, parts := inChunks(src)
			require.Equal(t, name == "sound" || name == "windows" || name == "marked" || name == "a category", parts)
			var list, whole diag.List
			file := Parse(src, &list)
			runtime.GOMAXPROCS(1)
			want := Parse(src, &whole)
			runtime.GOMAXPROCS(4)
			require.Equal(t, dump(want), dump(file))
			require.Equal(t, whole.All(), list.All())
		})
	}
}

func TestCuts(t *testing.T) {
	line := "object A = R\n    object: A\n"
	text := strings.Repeat(line, 100)
	cuts := chunks(text, 4)
	require.Len(t, cuts, 5)
	for i, at := range cuts[:4] {
		require.Zero(t, at%len(line))
		require.Less(t, at, cuts[i+1])
	}
	require.Equal(t, []int{0, len(line)}, chunks(line, 8))
	require.Equal(t, []int{0, 0}, chunks("", 0))
}
