package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// maxOperations bounds what an arrow unfolds to when calls are followed and
// repetitions written out, as plans and the interpreter do.
const maxOperations = 1 << 15

// small reports whether d, which name stands for, unfolds to no more than can
// be compiled, and reports where not. Arrows that call others twice, level
// upon level, grow beyond every bound in a few lines.
func (c *checker) small(name string, span diag.Span, d *category.Diagram) bool {
	if d == nil || c.operations(d) <= maxOperations {
		return true
	}
	c.report(diag.CT1011, span, fmt.Sprintf("`%s` unfolds to more than %d operations, those of the arrows that it calls counted", name, maxOperations)).
		Hint("call other arrows fewer times, or repeat less often")
	return false
}

// operations counts what d unfolds to; beyond the bound it stops counting.
// Each diagram is counted once.
func (c *checker) operations(d *category.Diagram) int {
	if n, known := c.unfolded[d]; known {
		return n
	}
	total := len(d.Nodes)
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Call:
			if op.Arrow.Diagram != nil {
				total += c.operations(op.Arrow.Diagram)
			}
		case *category.Grad:
			total += c.operations(op.Body)
		case *category.Map:
			total += c.operations(op.Body)
		case *category.Repeat:
			total += max(op.N, 1) * c.operations(op.Body)
		}
		if total > maxOperations {
			total = maxOperations + 1
			break
		}
	}
	c.unfolded[d] = total
	return total
}
