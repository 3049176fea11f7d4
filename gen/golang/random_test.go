package golang_test

import (
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRandomSpecs generates packages from random sound specs, all of one
// module: they build, pass vet and agree with the interpreter; some of them are
// tested by their own tests as well. Nothing of it is optimized: what that changes, the other tests see.
func TestRandomSpecs(t *testing.T) {
	t.Parallel()
	count, tested, seed := 3, 1, int64(1) // a test binary takes as long as a package and its checks
	if os.Getenv("CTGEN_FULL") != "" {
		count, tested = 30, 12
	}
	sources := map[string]source{}
	for i := range count {
		name := fmt.Sprintf("random%d", i)
		sources[name] = source{text: newRandomSpec(seed+int64(i), name)}
	}
	p := compile(t, false, sources)
	for name := range sources {
		p.requireAgreement(t, name, 2)
	}
	args := []string{"test", "-vet=off", p.flag}
	for i := range tested {
		args = append(args, fmt.Sprintf("%s/random%d", p.pattern, i))
	}
	out, err := exec.Command("go", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}
