package explain

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

var update = flag.Bool("update", false, "rewrite docs/diagnostics.md and docs/std.md")

func TestManualIsFresh(t *testing.T) {
	path := filepath.Join("..", "..", "docs", "diagnostics.md")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(Markdown()), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), Markdown(), "go test ./dsl/explain -run Manual -update writes it anew")
}

func TestPage(t *testing.T) {
	d, _, ok := Find("CT0405")
	require.True(t, ok)
	require.Contains(t, Page(d, diag.TextOptions{}), `What to do

Write the brackets as the message says.

Example

    object A = Fin

    error[CT0405]: Fin needs the number of its elements in brackets: Fin[10]
     --> example.cat:1:12
      |
    1 | object A = Fin
      |            ^^^

Instead

    object A = Fin[10]
`)
	require.NotContains(t, Page(d, diag.TextOptions{}), "\x1b")
	require.Contains(t, Page(d, diag.TextOptions{Color: true}), "\x1b[1mWhat to do\x1b[0m")
	for _, d := range diag.Descriptions() {
		for _, line := range strings.Split(Page(d, diag.TextOptions{}), "\n") {
			require.LessOrEqual(t, len([]rune(line)), 160, "%s: %s", d.Code, line)
			require.Equal(t, strings.TrimRight(line, " "), line, d.Code)
		}
	}
}

func TestFind(t *testing.T) {
	for _, word := range []string{"CT0301", "ct0301", "Ct0301", "0301", "301", "ct301", " CT0301 "} {
		d, _, ok := Find(word)
		require.True(t, ok, word)
		require.Equal(t, diag.CT0301, d.Code)
	}
	for word, near := range map[string]diag.Code{"CT0399": "any", "CT03O1": "any", "": "", "help": ""} {
		_, got, ok := Find(word)
		require.False(t, ok, word)
		if near != "" {
			require.NotEmpty(t, got, word)
		}
	}
}

func TestListHoldsEveryCode(t *testing.T) {
	list := List()
	for _, d := range diag.Descriptions() {
		require.Contains(t, list, "  "+string(d.Code)+"  "+d.Title+"\n")
		require.Contains(t, list, d.Group+"\n")
	}
}
