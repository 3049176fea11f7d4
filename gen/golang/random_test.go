package golang_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRandomSpecs generates packages from random sound specs, all of one
// module: they build, pass vet and their own tests, and agree with the
// interpreter.
func TestRandomSpecs(t *testing.T) {
	count, seed := 4, int64(1)
	if os.Getenv("CTGEN_FULL") != "" {
		count = 30
	}
	sources := map[string]source{}
	for i := range count {
		name := fmt.Sprintf("random%d", i)
		sources[name] = source{text: newRandomSpec(seed+int64(i), name)}
	}
	p := compile(t, sources)
	for name := range sources {
		p.requireAgreement(t, name, 2)
	}
	out, err := exec.Command("go", "test", "-vet=off", quickly(p.pattern), p.pattern+"/...").CombinedOutput()
	require.NoError(t, err, "%s", out)
}
