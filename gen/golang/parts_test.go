package golang_test

import "testing"

// Steps that take their batch in parts of any size give the interpreter's
// states, with what dropout draws for each example of the whole batch, and the
// same bits for any number of threads.
func TestPartsOfBatches(t *testing.T) {
	t.Parallel()
	const trainings = `
data rows: X * D from csv "rows.csv" { X: columns 1..6, D: column 7 }
train fit { step: step, on: rows, batch: 16, micro_batch: 4 }
train quick { step: plain, on: rows, micro_batch: 3 }
`
	requireBatches(t, "parted", "category parted\n"+dropSpec+trainings, []batchStep{{"step", "NetAdam"}, {"plain", "Net"}}, []int{0, 1, 3, 4, 16, 40})
}
