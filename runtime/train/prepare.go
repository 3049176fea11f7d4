package train

import (
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// prepare reads the data, makes the instance and fills its state.
func (r *run) prepare() error {
	var saved *saved
	var from *checkpoint.File
	var err error
	if r.save != "" {
		if err = checkpoint.Writable(r.save); err != nil {
			return err
		}
	}
	switch {
	case r.init != "":
		from, err = checkpoint.Open(r.init)
	case r.resume != "":
		from, err = r.openLast()
	}
	if err != nil {
		return err
	}
	if r.resume != "" {
		if saved, err = r.openSaved(from); err != nil {
			return fmt.Errorf("%s: %w", r.resume, err)
		}
	}
	seed := valueOr(r.seed, defaultSeed)
	if err := r.readData(seed, saved); err != nil {
		return err
	}
	if saved != nil && saved.digest != r.digest {
		return fmt.Errorf("%s: was trained on other data than %s; start anew from its parameters with --init", r.resume, r.train.File)
	}
	r.rowsAsked = valueOr(r.batch, r.program.Batch)
	batch := r.rowsAsked
	if batch == 0 || batch > r.train.Rows {
		batch = r.train.Rows
	}
	const evaluated = 256 // rows at a time: enough to keep kernels busy
	chunk := max(batch, min(evaluated/positions(r.train), r.train.Rows))
	if micro, err := r.atOnce(batch); err != nil {
		return err
	} else if micro > 0 {
		chunk = micro
	}
	capacity := chunk
	if r.program.Least > 0 {
		if r.trace != nil {
			return errListsNotChecked
		}
		if batch > 1 {
			return fmt.Errorf("a step takes one list, and a batch of %d was asked for; lists have --batch 1", batch)
		}
		if capacity, err = r.lists(); err != nil {
			return err
		}
		chunk = 1
	}
	if r.instance, err = r.program.New(capacity, r.threads); err != nil {
		return err
	}
	if r.eval, err = newEvaluator(r.program, r.instance, chunk); err != nil {
		return err
	}
	r.eval.scalers = r.scalers
	r.loop = newLoop(r.instance, r.train, batch, valueOr(r.shuffle, true), seed)
	if r.loop.check, err = newCheck(r.instance, r.trace); err != nil {
		return err
	}
	tuned, err := r.program.withGiven(r.given)
	if err != nil {
		return err
	}
	if r.loop.tuner, err = newTuner(r.instance, tuned, int64(valueOr(r.settings.epochs, r.program.Epochs))*int64(r.loop.steps())); err != nil {
		return err
	}
	if saved == nil {
		r.watcher, err = r.newWatcher()
	}
	if err != nil {
		return err
	}
	r.instance.Init(seed)
	switch {
	case saved != nil:
		if err = r.loop.enterAt(saved.at); err == nil {
			err = r.restore(from)
		}
	case from != nil:
		err = loadParameters(from, r.program.Data.Name, r.parameters())
	}
	if err != nil {
		return fmt.Errorf("%s: %w", r.resume+r.init, err)
	}
	r.instance.Changed()
	r.prepareReport(batch, seed)
	r.out = newOutput(r)
	return r.beginRecords()
}

// atOnce is how many rows of a batch a step takes at once; 0 where it cannot
// but take all.
func (r *run) atOnce(batch int) (int, error) {
	if r.program.MicroBatch == 0 {
		if r.micro != nil && *r.micro != 0 {
			return 0, fmt.Errorf("the step of %s takes its batch as a whole; an entry `micro_batch: %d` in the spec makes one that takes it in parts", r.program.Name, *r.micro)
		}
		return 0, nil
	}
	r.microAsked = valueOr(r.micro, r.program.MicroBatch)
	if r.microAsked == 0 {
		return batch, nil
	}
	return min(batch, r.microAsked), nil
}

// lists requires that no list is too short for the step, and returns the length
// of the longest.
func (r *run) lists() (longest int, err error) {
	for _, part := range []*data.Table{r.train, r.held, r.test} {
		if part == nil {
			continue
		}
		if err := part.CheckLists(r.program.Name, r.program.Least); err != nil {
			return 0, err
		}
		longest = max(longest, part.Factors[0].Longest())
	}
	return longest, nil
}

// positions is the number of places in a row of t that each ask a network for
// what a row of numbers asks it for: tokens of a text.
func positions(t *data.Table) int {
	most := 1
	for i := range t.Factors {
		if v := &t.Factors[i]; v.Kind == data.Fin {
			most = max(most, v.Longest())
		}
	}
	return most
}

func (r *run) prepareReport(batch int, seed uint64) {
	held, test := 0, 0
	if r.held != nil {
		held = r.held.Rows
	}
	if r.test != nil {
		test = r.test.Rows
	}
	r.report = Report{
		Category: r.program.Category, Name: r.program.Name,
		Epochs: valueOr(r.settings.epochs, r.program.Epochs), Loss: math.NaN(),
		TrainingRows: r.train.Rows, HeldOutRows: held, TestRows: test, Batch: batch, Seed: seed,
		Header: r.train.Header.Reason, Skipped: r.skipped, stepsPerEpoch: r.loop.steps(), firstStep: int(r.loop.at.total), Resumed: r.resume,
	}
	r.place()
}

// readData reads, splits and preprocesses the rows.
func (r *run) readData(seed uint64, saved *saved) error {
	spec := &r.program.Data
	rows, held, test, err := r.parts(seed)
	if err != nil {
		return err
	}
	all := make([]int, rows.Rows)
	for i := range all {
		all[i] = i
	}
	if r.scalers = rows.Fit(spec, all); saved != nil {
		r.scalers = saved.scalers
	}
	for _, part := range []*data.Table{rows, held, test} {
		if part == nil {
			continue
		}
		if err := part.Standardize(spec, r.scalers); err != nil {
			return err
		}
	}
	r.train, r.held, r.test = rows, held, test
	r.digest = digest(r.train, r.held, r.test)
	return nil
}

// read returns all rows, and those that lie in test files, nil without them.
func (r *run) read() (table, test *data.Table, err error) {
	spec := &r.program.Data
	if table = r.table; table == nil {
		path := r.data
		if path == "" {
			path = spec.Path
		}
		if table, err = r.readRows(spec, path); err != nil {
			return nil, nil, err
		}
		if test, err = data.ReadTest(spec, path); err != nil {
			return nil, nil, err
		}
	}
	if len(table.Factors) != len(spec.Columns) {
		return nil, nil, fmt.Errorf("%s: rows have %d factors, data %s has %d", table.File, len(table.Factors), spec.Name, len(spec.Columns))
	}
	return table, test, nil
}

// readRows reads the file at path, without the rows that do not fit where that
// is asked for, and tells of these.
func (r *run) readRows(spec *data.Spec, path string) (*data.Table, error) {
	if !r.skipBad {
		return data.Read(spec, path)
	}
	r.skipped = &data.Skipped{}
	table, err := data.ReadSkipping(spec, path, r.skipped.Add)
	if r.notes != nil && r.skipped.Rows > 0 {
		for _, f := range r.skipped.First {
			fmt.Fprintf(r.notes, "skipped: %s\n", f)
		}
		rows := 0
		if table != nil {
			rows = table.Rows
		}
		io.WriteString(r.notes, r.skipped.Summary(rows, "read"))
	}
	return table, err
}

// parts reads the rows to train on, those held out and those for a test, which are
// nil where there are none. All are the run's own to preprocess.
func (r *run) parts(seed uint64) (rows, held, test *data.Table, err error) {
	table, held, err := r.read()
	if err != nil {
		return nil, nil, nil, err
	}
	if r.parting != nil {
		return table.Take(r.parting.train), table.Take(r.parting.held), nil, nil
	}
	spec := r.program.Data
	if r.stratified != nil {
		if spec.Split[1] == 0 {
			return nil, nil, nil, fmt.Errorf("data %s has no split to stratify", spec.Name)
		}
		if spec.Stratify, err = r.stratum(&spec); err != nil {
			return nil, nil, nil, err
		}
	}
	train, rest, last, err := table.Split(&spec, seed)
	switch {
	case err != nil:
		return nil, nil, nil, err
	case len(rest) == 0: // train lists all rows in their order
		return table.Share(), held, nil, nil
	case len(last) > 0:
		test = table.Take(last)
	}
	return table.Take(train), table.Take(rest), test, nil
}

// parameters are the tensors of the parameters alone, named as in a file that
// holds nothing else.
func (r *run) parameters() []checkpoint.Tensor {
	return parametersOf(r.instance.Tensors(), r.program.Params)
}

func parametersOf(state []checkpoint.Tensor, prefix string) []checkpoint.Tensor {
	var params []checkpoint.Tensor
	for _, t := range state {
		var ok bool
		if t.Name, ok = strings.CutPrefix(t.Name, prefix); ok {
			params = append(params, t)
		}
	}
	return params
}

// restore fills the state from a saved training, at whose place the loop stands.
func (r *run) restore(from *checkpoint.File) error {
	var err error
	if r.watcher, err = r.newWatcher(); err == nil {
		err = r.watcher.resume(from, r.parameters())
	}
	if err != nil {
		return err
	}
	if r.watcher == nil || r.watcher.kept == nil {
		from = from.Without(keptPrefix)
	}
	return from.Load(r.allTensors())
}

// allTensors are the state, the preprocessing, and what is kept of the best.
func (r *run) allTensors() []checkpoint.Tensor {
	all := append(r.instance.Tensors(), ScalerTensors(r.program.Data.Name, r.scalers)...)
	if r.watcher != nil {
		all = append(all, r.watcher.kept...)
	}
	return all
}
