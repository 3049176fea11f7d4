package laws

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
)

// batchOf is how many examples a diagram that reads the batch is tried on.
const batchOf = 3

// examples is the number of examples that a law of d is about: one, unless some
// arrow of d reads all of its batch.
func examples(d *category.Diagram) int {
	if d.ReadsBatch() != nil {
		return batchOf
	}
	return 1
}

// run computes the subject at p: the results of one example after another.
func (j *subject) run(p *point) ([]eval.Value, error) {
	outs, err := j.it.RunBatch(j.d, j.split(p.in), p.given, p.settings)
	return join(outs), err
}

// reverse computes it with its reverse derivative, for cotangents of the
// results of one example after another.
func (j *subject) reverse(p *point, cot []eval.Value) (out, din []eval.Value, dgiven eval.Value, err error) {
	cots := cut(cot, len(j.split(p.in)))
	outs, dins, dgiven, err := j.it.ReverseBatch(j.d, j.split(p.in), p.given, p.settings, cots)
	return join(outs), join(dins), dgiven, err
}

func (j *subject) split(all []eval.Value) [][]eval.Value { return cut(all, examples(j.d)) }

// cut cuts values into n parts of equal length.
func cut(all []eval.Value, n int) [][]eval.Value {
	out, each := make([][]eval.Value, n), len(all)/n
	for k := range out {
		out[k] = all[k*each : (k+1)*each]
	}
	return out
}

func join(parts [][]eval.Value) (all []eval.Value) {
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

// beside puts what two batches have for each example together.
func beside(a, b []eval.Value, n int) (all []eval.Value) {
	for k, part := range cut(a, n) {
		all = append(append(all, part...), cut(b, n)[k]...)
	}
	return all
}
