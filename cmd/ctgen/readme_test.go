package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// TestReadmeSpec requires that the spec on the front page becomes the Go
// beside it, line by line.
func TestReadmeSpec(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(page), "## A spec, and the Go it becomes")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "Train, save")

	var generated string
	lines := 0
	for _, block := range fence.FindAllStringSubmatch(section, -1) {
		switch block[1] {
		case "cat":
			c, diags := check.Check(diag.NewSource("neuron.cat", block[2]), check.Options{})
			require.Empty(t, diags.All())
			files, _, err := golang.Generate(c, golang.Options{})
			require.NoError(t, err)
			for _, f := range files {
				generated += string(f.Content)
			}
		case "go":
			for _, line := range strings.Split(block[2], "\n") {
				if body := strings.Index(line, " { "); body > 0 {
					require.Contains(t, generated, strings.TrimSuffix(line[body+3:], " }"))
					line = line[:body]
				}
				require.Contains(t, generated, line)
				lines++
			}
		}
	}
	require.Greater(t, lines, 10)
}

// TestReadmeError requires that the front page shows the error as it is.
func TestReadmeError(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	spec, err := os.ReadFile("../../specs/neuron.cat")
	require.NoError(t, err)
	broken := strings.Replace(string(spec), " >> sigmoid >>", " >>", 1)
	_, diags := check.Check(diag.NewSource("broken.cat", broken), check.Options{Fixes: true})
	var shown strings.Builder
	require.NoError(t, diag.Text(&shown, diags.All(), diag.TextOptions{Fix: "ctgen check --fix"}))
	require.Contains(t, string(page), shown.String())
}

// TestReadmeInstalls requires that the lines by which a module gets ctgen are
// those that the script runs in a fresh one.
func TestReadmeInstalls(t *testing.T) {
	page, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	script, err := os.ReadFile("testdata/script/tool.txtar")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(page), "In a module that you have, with the clone at `../ctgen`:")
	require.True(t, found)
	block := fence.FindStringSubmatch(section)
	require.Equal(t, "sh", block[1])
	for _, line := range strings.Split(strings.TrimSpace(block[2]), "\n") {
		require.Contains(t, string(script), "exec "+strings.ReplaceAll(line, "../ctgen", "$CTGEN")+"\n")
	}
}

// TestGuideStubs requires that the guide fills the card's stubs as the script
// does.
func TestGuideStubs(t *testing.T) {
	page, err := os.ReadFile("../../docs/generated-code.md")
	require.NoError(t, err)
	script, err := os.ReadFile("testdata/script/card.txtar")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(page), "So filled in, the stubs")
	require.True(t, found)
	block := fence.FindStringSubmatch(section)
	require.Equal(t, "go", block[1])
	require.Contains(t, string(script), block[2])
}

// TestHolesPage requires that the reference shows what the command says about
// holes.
func TestHolesPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/language.md")
	require.NoError(t, err)
	_, section, found := strings.Cut(string(page), "### Holes")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	var spec string
	shown := map[string]string{} // by command
	for _, block := range regexp.MustCompile("(?ms)^```(\\w+)[^\n]*\n(.*?)^```$").FindAllStringSubmatch(section, -1) {
		switch block[1] {
		case "cat":
			spec = block[2]
		case "console":
			call, output, _ := strings.Cut(strings.TrimPrefix(block[2], "$ ctgen "), "\n")
			shown[call] = output
		}
	}
	require.Len(t, shown, 2)
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "holes.cat"), []byte(spec), 0o644))
	for call, output := range shown {
		t.Chdir(root)
		if strings.Contains(call, "holes.cat") {
			t.Chdir(dir)
		}
		args := strings.Fields(strings.ReplaceAll(call, "'Input * Target'", "Input*Target"))
		var out, errors strings.Builder
		require.Zero(t, run(strings.NewReader(""), &out, &errors, args), errors.String())
		require.Equal(t, output, out.String())
	}
}
