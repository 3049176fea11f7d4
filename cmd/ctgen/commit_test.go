package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestCommitAllOrNothing fails in the middle of staging and finds the disk as
// it was before.
func TestCommitAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept.go")
	require.NoError(t, os.WriteFile(kept, []byte("old"), 0o644))
	blocker := filepath.Join(dir, "blocker")
	require.NoError(t, os.WriteFile(blocker, nil, 0o644))
	err := commit([]change{
		{kind: stale, path: kept, data: []byte("new")},
		{kind: missing, path: filepath.Join(dir, "a", "b", "c.go"), data: []byte("c")},
		{kind: orphaned, path: blocker},
		{kind: missing, path: filepath.Join(blocker, "d.go"), data: []byte("d")},
	})
	require.Error(t, err)
	data, err := os.ReadFile(kept)
	require.NoError(t, err)
	require.Equal(t, "old", string(data))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 2, "no directory and no temporary file is left: %v", entries)
}

func TestCommit(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "old.go")
	require.NoError(t, os.WriteFile(old, nil, 0o644))
	made := filepath.Join(dir, "a", "b", "c.go")
	require.NoError(t, commit([]change{{kind: missing, path: made, data: []byte("c")}, {kind: orphaned, path: old}}))
	data, err := os.ReadFile(made)
	require.NoError(t, err)
	require.Equal(t, "c", string(data))
	require.NoFileExists(t, old)
	entries, err := os.ReadDir(filepath.Dir(made))
	require.NoError(t, err)
	require.Len(t, entries, 1)
}
