package check

import (
	"fmt"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// literalFits reports a literal that is no value of t.
func (c *checker) literalFits(t *category.Type, v float64, span diag.Span) bool {
	outside := func(message string) bool {
		c.report(diag.CT0503, span, message)
		return false
	}
	switch carrier := t.Carrier(); {
	case carrier.Kind == category.Fin:
		if v != math.Trunc(v) || v < 0 || v >= float64(carrier.N) {
			return outside(fmt.Sprintf("%s holds the integers 0 to %d, and %g is none of them", t, carrier.N-1, v))
		}
	case carrier.Kind == category.Int:
		if v != math.Trunc(v) {
			return outside(fmt.Sprintf("%s holds integers, and %g is none", t, v))
		}
	case carrier.Kind != category.Real || len(carrier.Dims) > 0:
		c.report(diag.CT0510, span, fmt.Sprintf("a number cannot be a value of %s, which is %s", t, carrier))
		return false
	case !t.RefinedSet().Contains(v):
		return outside(fmt.Sprintf("%g is no value of %s: it does not lie in %s", v, t, t.RefinedSet()))
	}
	return true
}
