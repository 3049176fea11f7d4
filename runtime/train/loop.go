package train

import (
	"fmt"
	"math"
	"time"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// cursor is a place in a training: what a resumed run needs besides the state
// to go on bit for bit.
type cursor struct {
	epoch   int     // finished epochs
	step    int     // steps done inside the next one
	total   int64   // steps since the very beginning
	lossSum float64 // over the rows seen inside the epoch at hand
	seen    int     // those rows
	loss    float64 // of the last finished epoch; NaN before
}

// loop iterates the step over shuffled batches. One call of next allocates
// nothing.
type loop struct {
	instance Instance
	rows     *data.Table // the training part
	batch    int         // 1 … rows.Rows
	shuffle  bool
	seed     uint64
	at       cursor

	rand  rng.Rand
	order []int // of the epoch at hand; nil where rows keep their order
	slice data.Batch
	tuner *tuner
	check *check // nil: steps are not checked
	err   error  // what a check found
	last  Step
	clock time.Duration // spent in steps
	done  int64         // rows that this run has trained on
}

func newLoop(in Instance, rows *data.Table, batch int, shuffle bool, seed uint64) *loop {
	l := &loop{instance: in, rows: rows, batch: batch, shuffle: shuffle, seed: seed, tuner: &tuner{}}
	l.at.loss = math.NaN()
	// A step over all rows does not depend on their order, so they keep it.
	if shuffle && batch < rows.Rows {
		l.order = make([]int, rows.Rows)
		l.slice = *rows.NewBatch(batch)
	} else {
		l.slice.Factors = append([]data.Values(nil), rows.Factors...)
	}
	return l
}

// steps is the number of steps of an epoch.
func (l *loop) steps() int { return (l.rows.Rows + l.batch - 1) / l.batch }

// enter prepares the epoch that the cursor stands in: its order is a function
// of seed and epoch alone, so that it can be entered anywhere.
func (l *loop) enter() {
	if l.order != nil {
		l.rand.Reset(rng.Key(l.seed, uint64(l.at.epoch)), "shuffle")
		l.rand.Permute(l.order)
	}
}

// enterAt puts the loop where a saved training stopped.
func (l *loop) enterAt(at cursor) error {
	if at.step >= l.steps() {
		return fmt.Errorf("its metadata is damaged: an epoch has no step %d", at.step)
	}
	l.at = at
	l.at.seen = at.step * l.batch
	return nil
}

// next makes one step and reports whether the loss was finite and no check
// failed. When the epoch is over, the cursor stands at the beginning of the
// next.
func (l *loop) next() bool {
	from := l.at.step * l.batch
	to := min(from+l.batch, l.rows.Rows)
	if l.order != nil {
		l.slice.Gather(l.rows, l.order[from:to])
	} else {
		l.slice.View(l.rows, from, to)
	}
	if l.err = l.tuner.before(l.at.total); l.err != nil {
		return false
	}
	if l.err = l.check.before(l.at.total+1, &l.slice); l.err != nil {
		return false
	}
	loss := float64(l.instance.Step(&l.slice))
	if l.err = l.check.after(l.at.total+1, float32(loss)); l.err != nil {
		return false
	}
	n := to - from
	l.last = Step{l.at.total + 1, l.at.epoch + 1, n, float32(loss)}
	l.at.lossSum += loss * float64(n)
	l.at.seen += n
	l.done += int64(n)
	l.at.step++
	l.at.total++
	if to == l.rows.Rows {
		l.at.loss = l.at.lossSum / float64(l.at.seen)
		l.at.epoch++
		l.at.step, l.at.lossSum, l.at.seen = 0, 0, 0
	}
	return loss-loss == 0
}
