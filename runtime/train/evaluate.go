package train

import (
	"errors"
	"math"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// evaluator computes the loss and the metrics of a part of the data, a chunk
// of rows at a time.
type evaluator struct {
	program  *Program
	instance Instance
	chunk    int
	meters   []meter // parallel to program.Metrics; nil for perplexity
	readings []int   // the readings that meters need, each once
	batch    data.Batch
	scalers  []*data.Scaler // of the data
	restored [2][]float32   // prediction and target in the units of the data
}

func newEvaluator(p *Program, in Instance, chunk int) (*evaluator, error) {
	e := &evaluator{program: p, instance: in, chunk: chunk}
	needed := map[int]bool{}
	for i := range p.Metrics {
		m := &p.Metrics[i]
		meter, err := newMeter(m)
		if err != nil {
			return nil, err
		}
		e.meters = append(e.meters, meter)
		if meter != nil && !needed[m.Reading] {
			needed[m.Reading] = true
			e.readings = append(e.readings, m.Reading)
		}
	}
	return e, nil
}

// part evaluates t, which has at least one row.
func (e *evaluator) part(t *data.Table) (loss float64, metrics []Figure, err error) {
	for _, m := range e.meters {
		if m != nil {
			m.reset()
		}
	}
	e.batch.Factors = append(e.batch.Factors[:0], t.Factors...)
	sum := 0.0
	for from := 0; from < t.Rows; from += e.chunk {
		e.batch.View(t, from, min(from+e.chunk, t.Rows))
		sum += float64(e.instance.Loss(&e.batch)) * float64(e.batch.N)
		for _, r := range e.readings {
			if err := e.read(r); err != nil {
				return 0, nil, err
			}
		}
	}
	loss = sum / float64(t.Rows)
	for i := range e.program.Metrics {
		f := Figure{Name: e.program.Metrics[i].Title(), Value: math.Exp(loss)}
		if e.meters[i] != nil {
			f.Value = e.meters[i].value()
		}
		if d, ok := e.meters[i].(detailed); ok {
			d.detail(&f)
			f.Labels = e.program.Metrics[i].Labels
		}
		metrics = append(metrics, f)
	}
	return loss, metrics, nil
}

// restore gives prediction and target back the units of the data, where the target
// is a column that was scaled. Values of the batch are left as they are.
func (e *evaluator) restore(prediction, target *data.Values) {
	spec := &e.program.Data
	for i := range spec.Columns {
		c := &spec.Columns[i]
		if c.Object != target.Object || !c.Standardize && c.Scale == 0 || len(prediction.Real) != len(target.Real) {
			continue
		}
		for k, v := range []*data.Values{prediction, target} {
			e.restored[k] = append(e.restored[k][:0], v.Real...)
			v.Real = e.restored[k]
			spec.Restore(i, e.scalers, v.Real, v.Real)
		}
		return
	}
}

// read feeds reading r of the batch at hand to the meters that read it.
func (e *evaluator) read(r int) error {
	prediction, target := e.instance.Read(r, &e.batch)
	for i, m := range e.program.Metrics {
		if e.meters[i] == nil || m.Reading != r {
			continue
		}
		p, t := prediction, target
		if m.Name == "mse" || m.Name == "mae" || m.Name == "r2" {
			e.restore(&p, &t)
		}
		if err := e.meters[i].add(&p, &t); err != nil {
			return errors.New("report: " + err.Error())
		}
	}
	return nil
}
