package train

import (
	"errors"
	"fmt"
)

// recorder follows a run and writes down what it sees: a page, event files.
type recorder interface {
	// begin comes before the first step. It fails where nothing can be
	// written, so that a long training does not end in a wrong path.
	begin(r *run) error
	// step comes after every step, epoch after the last epoch and about a
	// thousand before, which are evaluated.
	step(r *run)
	epoch(r *run)
	// end comes when the parameters are what the run returns, or with the
	// error that it fails with. It returns where the record is, "" where
	// there is none.
	end(r *run, failed error) (path string, err error)
	// name is what it writes: "report".
	name() string
}

// RecordError says that a record of a run could not be written. Run returns
// its result with it.
type RecordError struct {
	Record string // "report"
	Err    error
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("the %s is not written: %s", e.Record, e.Err)
}
func (e *RecordError) Unwrap() error { return e.Err }

// beginRecords makes what follows the run.
func (r *run) beginRecords() error {
	for _, made := range r.settings.records {
		c := made()
		if err := c.begin(r); err != nil {
			return err
		}
		r.recorders = append(r.recorders, c)
	}
	return nil
}

// record ends what follows the run.
func (r *run) record(failed error) error {
	var all error
	for _, c := range r.recorders {
		path, err := c.end(r, failed)
		if err != nil {
			all = errors.Join(all, &RecordError{c.name(), err})
			continue
		}
		if path == "" {
			continue
		}
		r.out.note(c.name() + " written to " + path)
	}
	return all
}
