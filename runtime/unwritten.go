package runtime

// UnwrittenError is what the stub of a hand-written arrow panics with until
// somebody writes it.
type UnwrittenError struct {
	Arrow string // as the spec names it
	Place string // file:line of its declaration
}

func (e *UnwrittenError) Error() string {
	return "arrow `" + e.Arrow + "` (" + e.Place + ") is not written yet"
}

// Unwritten is the panic value of a stub: panic(runtime.Unwritten("sigmoid",
// "neuron.cat:11")).
func Unwritten(arrow, place string) error { return &UnwrittenError{arrow, place} }
