package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestCommittedAssemblyIsFresh(t *testing.T) {
	fresh := filepath.Join(t.TempDir(), "fresh.s")
	if out, err := exec.Command("go", "run", ".", "-out", fresh).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var texts [2][]byte
	for i, name := range []string{"../../gemm_amd64.s", fresh} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, texts[i], _ = bytes.Cut(text, []byte("\n")) // the first line names the command
	}
	if !bytes.Equal(texts[0], texts[1]) {
		t.Fatal("gemm_amd64.s is stale: run go generate in runtime/kernel/asm")
	}
}
