package main

import (
	"os"
	"path/filepath"
	"testing"
)

// The committed files are what the generator writes.
func TestCommittedFilesAreFresh(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is stale: run go generate ./... in runtime/kernel/asm", name)
		}
	}
}

func TestForeignInstructionsAreRefused(t *testing.T) {
	narrow := []byte("TEXT ·fAVX2(SB), NOSPLIT, $0-8\n\tVADDPS  Y1, Y16, Y2\n\tRET\n")
	if requireNarrow(narrow) == nil {
		t.Error("AVX2 has no Y16")
	}
	wide := []byte("TEXT ·fAVX512(SB), NOSPLIT, $0-8\n\tVADDPS  Z1, Z16, Z2\n\tRET\n")
	if err := requireNarrow(wide); err != nil {
		t.Error(err)
	}
	for line, bad := range map[string]bool{"\tMOVSS   X1, X2\n": true, "\tADDPS X1, X2\n": true, "\tVMOVSS X1, X2\n": false, "\tMOVQ AX, BX\n": false} {
		if (requireVex([]byte(line)) != nil) != bad {
			t.Errorf("%q", line)
		}
	}
}
