package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExportPage runs the program on the page about exports, and requires that
// it prints what the page shows. With -update, the page shows what it prints.
func TestExportPage(t *testing.T) {
	const path = "../../docs/export.md"
	page, err := os.ReadFile(path)
	require.NoError(t, err)
	var program, shown string
	for _, block := range fence.FindAllStringSubmatch(string(page), -1) {
		switch block[1] {
		case "go":
			program = block[2]
		case "console":
			shown = block[2]
		}
	}
	call, output, _ := strings.Cut(shown, "\n")
	require.Equal(t, "$ ctgen export specs/neuron.cat | go run draw.go measure", call)

	var model, errors bytes.Buffer
	require.Zero(t, run(nil, &model, &errors, []string{"export", "../../specs/neuron.cat"}), errors.String())
	file := filepath.Join(t.TempDir(), "draw.go")
	require.NoError(t, os.WriteFile(file, []byte(program), 0o644))
	cmd := exec.Command("go", "run", file, "measure")
	cmd.Stdin, cmd.Stderr = &model, &errors
	drawn, err := cmd.Output()
	require.NoError(t, err, errors.String())
	if *update {
		page = bytes.Replace(page, []byte(shown), []byte(call+"\n"+string(drawn)), 1)
		require.NoError(t, os.WriteFile(path, page, 0o644))
		return
	}
	require.Equal(t, output, string(drawn))
}
