package train

import (
	"errors"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// check is what a checked run does around each step. Nil does nothing.
type check struct {
	instance Checker
	trace    *runtime.Trace
}

var errNotChecked = errors.New("the package was generated without checked arrows; run `ctgen generate --checked`")

var errListsNotChecked = errors.New("steps on lists have no checked form; train without --checked")

// newCheck returns nil where no trace is to be filled.
func newCheck(in Instance, trace *runtime.Trace) (*check, error) {
	if trace == nil {
		return nil, nil
	}
	c, ok := in.(Checker)
	if !ok {
		return nil, errNotChecked
	}
	return &check{c, trace}, nil
}

func (c *check) before(step int64, b *data.Batch) error {
	if c == nil {
		return nil
	}
	return c.instance.CheckBatch(c.trace, int(step), b)
}

func (c *check) after(step int64, loss float32) error {
	if c == nil {
		return nil
	}
	return c.instance.CheckState(c.trace, int(step), loss)
}
