package train

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// CrossValidation is what k trainings say of a program, each from the beginning on
// all rows but one fold, and evaluated on that fold.
type CrossValidation struct {
	Category, Name string
	K              int
	Rows           int    // of all folds
	Stratified     string // the object by which the folds are stratified, or ""
	Seed           uint64
	Folds          []Fold // that are finished
	// Loss and Metrics are over the finished folds.
	Loss    Spread
	Metrics []Spread
	Notes   []string      // which figures are not defined, and why
	Skipped *data.Skipped // rows that SkipBad left out; nil without that option
	// Interrupted tells that the context was cancelled before the last fold.
	Interrupted bool
}

// Fold is one training of a cross-validation.
type Fold struct {
	Fold                      int // counted from 1
	TrainingRows, HeldOutRows int
	Epochs                    int
	Loss                      float64 // of the training, as Report has it
	Metrics                   []Figure
	Validation                Validation // of the fold
	Scalers                   []*data.Scaler
}

// Spread is a figure over the folds.
type Spread struct {
	Name string
	// Mean is that of the folds' values, and Deviation their standard deviation,
	// divided by the number of folds. Both are NaN where a fold has no value.
	Mean, Deviation float64
	Counts          [][]int64 // of confusion: those of all folds together
	Labels          []string  // what the data calls the classes, as Figure has them
}

// Stratified parts the rows of each class of an object for themselves, so that each
// fold of CrossValidate, and each part of a split, has its share of it. With "" it is
// the one that the data declares, or the only one that has classes.
func Stratified(object string) Option { return func(s *settings) { s.stratified = &object } }

// parting says which rows of a table are trained on and which are held out.
type parting struct{ train, held []int }

// CrossValidate trains p k times, each time on all rows but one of k folds, from
// the beginning, and evaluates it on that fold. Rows are read once, and whatever is
// fitted to them is fitted anew for each fold, to its training rows alone. A split
// that the data declares plays no part, and so do its patience and what it would
// keep of the best: a fold that ended the training could not judge it. Nothing is
// saved, and progress is told fold by fold. When ctx is cancelled, CrossValidate
// returns the folds that are finished together with ctx's error.
func CrossValidate(ctx context.Context, p *Program, k int, options ...Option) (*CrossValidation, error) {
	s := settings{threads: 1}
	for _, o := range options {
		o(&s)
	}
	if err := s.checkFolds(); err != nil {
		return nil, err
	}
	plain := *p
	plain.Patience, plain.MinDelta, plain.Watch, plain.Keep = 0, 0, "", ""
	r := &run{program: &plain, settings: s}
	table, _, err := r.read()
	if err != nil {
		return nil, err
	}
	c := &CrossValidation{Category: p.Category, Name: p.Name, K: k, Rows: table.Rows, Seed: valueOr(s.seed, defaultSeed), Skipped: r.skipped}
	if c.Stratified, err = s.stratum(&p.Data); err != nil {
		return nil, err
	}
	folds, err := table.Folds(&p.Data, k, c.Stratified, c.Seed)
	if err != nil {
		return nil, err
	}
	out := foldOutput{json: s.json, notes: s.notes, lines: s.lines}
	out.start(c, table)
	for fold := range k {
		part := &parting{}
		part.train, part.held = folds.Part(fold)
		result, err := Run(ctx, &plain, append(options[:len(options):len(options)], func(s *settings) {
			s.table, s.parting, s.stratified = table, part, nil
			s.json, s.notes, s.lines = nil, nil, nil
		})...)
		if err == nil && result.Report.Validation == nil {
			err = errors.New("nothing was evaluated") // cannot be: a fold has rows
		}
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			c.Interrupted = true
			break
		}
		if err != nil {
			return nil, fmt.Errorf("fold %d of %d: %w", fold+1, k, err)
		}
		b := &result.Report
		c.Folds = append(c.Folds, Fold{fold + 1, b.TrainingRows, b.HeldOutRows, b.Epoch, b.Loss, b.Metrics, *b.Validation, result.Scalers})
		out.fold(c)
	}
	c.spread()
	out.done(c)
	if c.Interrupted {
		return c, ctx.Err()
	}
	return c, nil
}

// checkFolds refuses what makes no sense for several trainings.
func (s *settings) checkFolds() error {
	switch {
	case s.save != "" || s.saveEvery != 0 || s.saveSteps != 0:
		return errors.New("a cross-validation trains a model for each fold and saves none")
	case s.resume != "":
		return errors.New("a cross-validation begins anew and resumes nothing")
	case s.patience != nil || s.minDelta != nil || s.watch != nil || s.keep != nil:
		return errors.New("a cross-validation trains to the last epoch: a fold that ended the training could not judge it")
	case len(s.records) > 0:
		return errors.New("a cross-validation is several trainings, and reports and event files are each of one")
	case s.trace != nil:
		return errors.New("a cross-validation is not checked; check one training")
	}
	return s.check()
}

// stratum is the object to stratify by, or "".
func (s *settings) stratum(spec *data.Spec) (string, error) {
	switch {
	case s.stratified == nil:
		return "", nil
	case *s.stratified != "":
		return *s.stratified, nil
	case spec.Stratify != "":
		return spec.Stratify, nil
	}
	return spec.Stratum()
}

// spread computes the figures over the folds.
func (c *CrossValidation) spread() {
	over := func(name string, value func(*Validation) float64) Spread {
		s, n := Spread{Name: name}, float64(len(c.Folds))
		for i := range c.Folds {
			s.Mean += value(&c.Folds[i].Validation) / n
		}
		for i := range c.Folds {
			d := value(&c.Folds[i].Validation) - s.Mean
			s.Deviation += d * d / n
		}
		s.Deviation = math.Sqrt(s.Deviation)
		return s
	}
	if len(c.Folds) == 0 {
		c.Loss = Spread{Name: "loss", Mean: math.NaN(), Deviation: math.NaN()}
		return
	}
	c.Loss = over("loss", func(v *Validation) float64 { return v.Loss })
	for m, f := range c.Folds[0].Validation.Metrics {
		s := over(f.Name, func(v *Validation) float64 { return v.Metrics[m].Value })
		s.Labels = f.Labels
		for i := range c.Folds {
			s.Counts = addCounts(s.Counts, c.Folds[i].Validation.Metrics[m].Counts)
		}
		c.Metrics = append(c.Metrics, s)
	}
	c.Notes = c.undefined()
}

// undefined says which figures are not defined, each once, with its folds.
func (c *CrossValidation) undefined() (notes []string) {
	var texts []string
	in := map[string][]string{}
	for i := range c.Folds {
		fold := strconv.Itoa(c.Folds[i].Fold)
		for _, note := range undefinedNotes(c.Folds[i].Validation.Metrics, "") {
			if in[note] == nil {
				texts = append(texts, note)
			}
			in[note] = append(in[note], fold)
		}
	}
	for _, text := range texts {
		where := "fold "
		if len(in[text]) > 1 {
			where = "folds "
		}
		notes = append(notes, where+strings.Join(in[text], ", ")+text)
	}
	return notes
}

// addCounts adds the counts of a fold to those of the folds before it.
func addCounts(sum, counts [][]int64) [][]int64 {
	for i, row := range counts {
		if i == len(sum) {
			sum = append(sum, make([]int64, len(row)))
		}
		for k, n := range row {
			sum[i][k] += n
		}
	}
	return sum
}
