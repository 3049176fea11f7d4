package kernel

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// Scripts that run the tests on an emulated processor say at which level they
// mean to: an emulator without its vectors would test another one unnoticed.
func TestRunsAtTheExpectedLevel(t *testing.T) {
	want, ok := os.LookupEnv("CTGEN_EXPECT_KERNELS")
	if !ok {
		t.Skip("no level is expected")
	}
	require.Equal(t, want, Level())
}
