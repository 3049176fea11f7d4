package main

import (
	"os"
	"testing"
)

func TestCommittedAssemblyIsFresh(t *testing.T) {
	committed, err := os.ReadFile("../../gemm_arm64.s")
	if err != nil {
		t.Fatal(err)
	}
	if string(committed) != text() {
		t.Fatal("gemm_arm64.s is stale: run go run ./neon in runtime/kernel/asm")
	}
}
