package kernel

import (
	"fmt"
	"testing"
)

// atLevel runs the rest of a test at a level. Lanes run everywhere: on a
// machine without arm64's instructions neon means the same bits, slower.
func atLevel(t testing.TB, l level) {
	t.Helper()
	if l != neon && !l.supported(best()) {
		t.Skipf("this machine has no %v", l)
	}
	before := active
	active = l
	t.Cleanup(func() { active = before })
}

// sameBits are the levels of this machine that give the same bits.
func sameBits() []level {
	list := []level{neon}
	for _, l := range []level{avx2, avx512} {
		if l.supported(best()) {
			list = append(list, l)
		}
	}
	return list
}

func eachLevel(t *testing.T, levels []level, f func(t *testing.T)) {
	for _, l := range levels {
		t.Run(fmt.Sprint(l), func(t *testing.T) {
			atLevel(t, l)
			f(t)
		})
	}
}
