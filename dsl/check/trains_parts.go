package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// microBatch reads how many examples of a batch a step takes at once.
func (t *training) microBatch() {
	e := t.entries["micro_batch"]
	if e == nil {
		return
	}
	k := t.count(e, "a micro-batch is a whole number of examples above 0", "without `micro_batch`, a step takes its batch as a whole")
	if k == 0 {
		return
	}
	t.train.MicroBatch = k
	switch n := t.train.Batch; {
	case t.train.On.InLists():
		t.fail(diag.CT0909, entrySpan(e), "a step on lists takes one of them, and no part of it").
			Label(t.train.On.Span, fmt.Sprintf("a row of `%s` is %s", t.train.On.Name, t.train.On.Type)).Hint("leave `micro_batch` out")
		return
	case n > 0 && k > n:
		d := t.fail(diag.CT0909, entrySpan(e), "a batch of %d examples has no part of %d", n, k)
		if b := t.entries["batch"]; b != nil {
			d.Label(entrySpan(b), "the batch")
		} else {
			d.Hint(fmt.Sprintf("without an entry `batch`, it has %d examples", defaultBatch))
		}
		return
	}
	if node := t.train.Step.Diagram.ReadsBatch(); node != nil {
		name := node.Op.(*category.Apply).Prim.Decl.Name
		t.fail(diag.CT0909, e.Key.Span, "`%s` gathers gradients from parts of a batch, and `%s` in `%s` is about the whole of it", e.Key.Text, name, t.train.Step.Name).
			Label(node.Span, "gathers over the batch").
			Hint("its mean and variance over a part are not those over the batch; `std.layer_norm` and `std.rms_norm` are about one example")
	}
}
