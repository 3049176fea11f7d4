package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// doubling declares arrows of which each calls the one before twice.
func doubling(levels int) string {
	var b strings.Builder
	b.WriteString("category doubling\nobject A\narrow f0: A -> A = std.tanh\n")
	for i := 1; i < levels; i++ {
		fmt.Fprintf(&b, "arrow f%d: A -> A = f%d >> f%d\n", i, i-1, i-1)
	}
	return b.String()
}

// What could never be compiled is one fault, found without unfolding it.
func TestOperations(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want string // the arrow or law that is blamed, "" for none
	}{
		"as many as allowed":   {doubling(14), ""},
		"one level more":       {doubling(15), "f14"},
		"beyond all numbers":   {doubling(2000), "f14"},
		"repeated repetitions": {doubling(1) + "arrow g: A -> A = repeat[1000] (repeat[1000] f0)", "g"},
		"repeated calls":       {doubling(12) + "arrow g: A -> A = repeat[1000] f11", "g"},
		"a law":                {doubling(1) + "law l: repeat[1000] (repeat[1000] f0) = f0", "l"},
		"a long chain":         {doubling(1) + "arrow g: A -> A = f0" + strings.Repeat(" >> f0", 9999), ""},
		"a long repetition":    {doubling(1) + "arrow g: A -> A = repeat[10000] f0", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, list := Check(diag.NewSource("doubling.cat", c.text), Options{})
			if c.want == "" {
				require.Empty(t, list.All())
				return
			}
			require.Len(t, list.All(), 1)
			require.Equal(t, diag.CT1011, list.All()[0].Code)
			require.Equal(t, c.want, list.All()[0].Span.Text())
		})
	}
	_, _, list := Term(diag.NewSource("doubling.cat", doubling(14)), "repeat[10000] f13", Options{})
	require.Len(t, list.All(), 1)
	require.Equal(t, diag.CT1011, list.All()[0].Code)
}
