package eval

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// batch lets the examples of a batch wait for each other. Each is evaluated by
// a goroutine of its own; where a line gathers over the batch, all meet, the
// last to come computes, and all go on with what it computed. They run the same
// diagram, so that they meet in the same order.
type batch struct {
	mu      sync.Mutex
	all     sync.Cond
	members []any // what each brings to the present meeting
	come    int
	round   int
	result  any
	failed  bool
}

func newBatch(n int) *batch {
	b := &batch{members: make([]any, n)}
	b.all.L = &b.mu
	return b
}

func (b *batch) size() int { return len(b.members) }

// errApart ends the examples that wait for one that has failed.
var errApart = errors.New("another example of the batch failed")

// meet brings what member k has and returns join of what all have.
func (b *batch) meet(k int, what any, join func(all []any) any) (any, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.members[k] = what
	b.come++
	if b.come == len(b.members) {
		b.result = join(b.members)
		b.come = 0
		b.round++
		b.all.Broadcast()
		return b.result, nil
	}
	for round := b.round; b.round == round && !b.failed; {
		b.all.Wait()
	}
	if b.failed {
		return nil, errApart
	}
	return b.result, nil
}

func (b *batch) fail() {
	b.mu.Lock()
	b.failed = true
	b.all.Broadcast()
	b.mu.Unlock()
}

// together evaluates n examples at once and returns the first error that is
// one's own. A panic of one is a panic here.
func together(n int, each func(k int, b *batch) error) error {
	if n == 1 {
		return each(0, newBatch(1))
	}
	b := newBatch(n)
	errs, panics := make([]error, n), make([]any, n)
	var group sync.WaitGroup
	for k := range n {
		group.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panics[k] = fmt.Sprintf("%v\n%s", p, debug.Stack())
					b.fail()
				}
			}()
			if errs[k] = each(k, b); errs[k] != nil {
				b.fail()
			}
		})
	}
	group.Wait()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
	var apart error
	for _, err := range errs {
		if err != nil && err != errApart {
			return err
		}
		if err != nil {
			apart = err
		}
	}
	return apart
}

// RunBatch computes d on a batch of examples, each with one value per factor of
// its domain. What a gradient gives is the mean over the batch, so that the new
// state of an endo is the same for all examples.
func (it *Interp) RunBatch(d *category.Diagram, ins [][]Value, given Value, settings []float64) (outs [][]Value, err error) {
	outs = make([][]Value, len(ins))
	err = together(len(ins), func(k int, b *batch) error {
		f, err := it.member(b, k).forward(d, ins[k], given, settings, nil, false)
		if err != nil {
			return err
		}
		outs[k] = f.outs()
		if d.State != category.NoWire && len(outs[k]) == 1 {
			outs[k][0] = f.advance(outs[k][0])
		}
		return nil
	})
	return outs, err
}

// ReverseBatch computes d on a batch of examples and its reverse derivative:
// for the cotangents of each example's outputs those of its inputs, and of the
// parameters, to which all examples add.
func (it *Interp) ReverseBatch(d *category.Diagram, ins [][]Value, given Value, settings []float64, cots [][]Value) (outs, dins [][]Value, dgiven Value, err error) {
	outs, dins = make([][]Value, len(ins)), make([][]Value, len(ins))
	parts := make([]Value, len(ins))
	err = together(len(ins), func(k int, b *batch) (err error) {
		outs[k], dins[k], parts[k], err = it.member(b, k).reverse(d, ins[k], given, settings, cots[k])
		return err
	})
	if err != nil {
		return nil, nil, Value{}, err
	}
	dgiven = parts[0]
	for _, p := range parts[1:] {
		dgiven.accumulate(p)
	}
	return outs, dins, dgiven, nil
}

// evaluation is an interpreter at one example of a batch.
type evaluation struct {
	*Interp
	batch *batch
	k     int
}

func (it *Interp) member(b *batch, k int) *evaluation { return &evaluation{it, b, k} }

// pool computes a line that is one for the whole batch, from the machines of
// all its examples.
func (f *frame) pool(p *program, m *machine, l *loop) error {
	out, err := f.batch.meet(f.member, m, func(all []any) any {
		peers := make([]*machine, len(all))
		for i, other := range all {
			peers[i] = other.(*machine)
		}
		one := *peers[0]
		one.peers = peers
		out := make([]float64, p.counts[l.slot])
		l.fill(&one, out, 0, 0)
		return out
	})
	if err != nil {
		return err
	}
	m.tensors[l.slot] = out.([]float64)
	return nil
}

// lines computes lines in their order.
func (f *frame) lines(p *program, m *machine, lines []loop) error {
	for i := range lines {
		if !lines[i].pooled {
			p.run(m, lines[i:i+1])
		} else if err := f.pool(p, m, &lines[i]); err != nil {
			return err
		}
	}
	return nil
}

// overBatch sums body over the examples of the batch.
func overBatch(body code) code {
	return func(m *machine) float64 {
		total := 0.0
		for _, other := range m.peers {
			at := *m
			at.tensors = other.tensors
			total += body(&at)
		}
		return total
	}
}

// averaged is the mean over the batch of what a gradient gives for each
// example.
func (f *frame) averaged(v Value) (Value, error) {
	mean, err := f.batch.meet(f.member, v, func(all []any) any {
		total := all[0].(Value).Clone()
		for _, other := range all[1:] {
			total.accumulate(other.(Value))
		}
		total.scale(1 / float64(len(all)))
		return total
	})
	if err != nil {
		return Value{}, err
	}
	return mean.(Value).Clone(), nil
}

func (v *Value) scale(by float64) {
	for i := range v.Data {
		v.Data[i] *= by
	}
	for i := range v.Parts {
		v.Parts[i].scale(by)
	}
}
