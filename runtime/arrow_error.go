package runtime

import (
	"strconv"
	"strings"
)

// ArrowError says which arrow of a checked run made a value that does not
// belong to its object: one outside the object's set, or not finite. Err says
// which value, as a *SetError or *ClassError.
type ArrowError struct {
	Arrow string   // as the spec names it; a line of a derivative by its rule: "affine† dweight"
	Line  string   // of the spec that declares it: "wdbc.cat:12"
	Input bool     // the value was given to the outermost arrow, Arrow: none made it
	Given []string // the arrow's inputs and parameters: "Rates = [0.5, 0, 1]"
	Path  []string // the composites around the arrow, innermost first: "predict (wdbc.cat:16)"

	Step    int // of a checked trainer, counted from 1; 0 outside one
	Example int // its index in the batch; -1 where none is to blame
	Err     error
}

func (e *ArrowError) Error() string {
	s := e.Arrow + " (" + e.Line + "): "
	if e.Input {
		s = "given to " + s
	}
	s += e.Err.Error()
	if len(e.Given) > 0 {
		s += "; given " + strings.Join(e.Given, ", ")
	}
	if len(e.Path) > 0 {
		s += "; in " + strings.Join(e.Path, ", in ")
	}
	if e.Step > 0 {
		s += "; step " + strconv.Itoa(e.Step)
		if e.Example >= 0 {
			s += ", example " + strconv.Itoa(e.Example) + " of its batch"
		}
	}
	return s
}

// Unwrap returns Err.
func (e *ArrowError) Unwrap() error { return e.Err }

// elementOf is the position of the element that an error is about, or -1.
func elementOf(err error) int {
	switch err := err.(type) {
	case *SetError:
		if !err.Sum {
			return err.Index
		}
	case *ClassError:
		return err.Index
	}
	return -1
}
