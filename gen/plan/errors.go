package plan

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Error says why a diagram has no plan, and which line of the spec is to
// blame.
type Error struct {
	Span    diag.Span
	Message string
}

func (e *Error) Error() string {
	if !e.Span.Known() {
		return e.Message
	}
	return e.Span.String() + ": " + e.Message
}

// fail leaves the planner. Only guard, at the package's border, catches it.
func fail(span diag.Span, format string, args ...any) {
	panic(&Error{span, fmt.Sprintf(format, args...)})
}

// guard turns a failure into the error that the caller returns.
func guard(err *error) {
	switch r := recover().(type) {
	case nil:
	case *Error:
		*err = r
	default:
		panic(r)
	}
}

// errBatchedState asks for a plan of one example at a time.
var errBatchedState = &Error{Message: "the new state depends on the example"}
