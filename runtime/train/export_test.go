package train

import "github.com/ctgen-lang/ctgen/runtime/data"

// Measure computes a metric over batches of predictions and targets.
func Measure(m Metric, batches ...[2]data.Values) (float64, error) {
	meter, err := newMeter(&m)
	if err != nil {
		return 0, err
	}
	meter.reset()
	for i := range batches {
		if err := meter.add(&batches[i][0], &batches[i][1]); err != nil {
			return 0, err
		}
	}
	return meter.value(), nil
}

// Detail computes the whole figure of a metric.
func Detail(m Metric, batches ...[2]data.Values) Figure {
	f := Figure{Name: m.Title()}
	meter, _ := newMeter(&m)
	meter.reset()
	for i := range batches {
		if err := meter.add(&batches[i][0], &batches[i][1]); err != nil {
			panic(err)
		}
	}
	f.Value = meter.value()
	if d, ok := meter.(detailed); ok {
		d.detail(&f)
	}
	return f
}

// Stepper returns a function that makes single steps of the loop.
func Stepper(in Instance, rows *data.Table, batch int) func() {
	l := newLoop(in, rows, batch, true, 1)
	return func() {
		if l.at.step == 0 {
			l.enter()
		}
		l.next()
	}
}

// LiveText is what a terminal shows of a report, rewritten once.
var (
	ProgressText   = progressText
	EpochText      = epochText
	ClassTables    = classTables
	UndefinedNotes = undefinedNotes
)

// SetStepsPerEpoch says how many steps an epoch of r has.
func SetStepsPerEpoch(r *Report, n int) { r.stepsPerEpoch = n }
