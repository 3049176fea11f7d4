package sample

import (
	"errors"
	"math"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// Model is what scores tokens. Generated code makes it of an arrow from tokens
// to scores and the memory that the arrow reads and writes.
type Model struct {
	Context []int32   // the tokens that Score reads
	At      *int32    // the place of Context whose row Score writes; nil: it writes all that there are
	Scores  []float32 // what Score writes: the row at At, or a row for each place of Context, or one row for what follows them all
	Shares  bool      // rows are distributions; otherwise logits, whose softmax they are
	Score   func()    // computes Scores from Context; it must not allocate for Next not to
}

// errNotCausal refuses a model that sees what it is to predict.
var errNotCausal = errors.New("the scores at a place depend on tokens behind it, so the model cannot write; causal_attention looks back only")

// check holds m against the alphabet. Where there is a row of scores for each
// place, none may depend on a token behind that place: then what stands behind
// the end of a text that is shorter than the context does not matter.
func (m *Model) check(values int) error {
	rows := len(m.Scores) / values
	if len(m.Context) == 0 || len(m.Scores) != rows*values || rows != 1 && (m.At != nil || rows != len(m.Context)) {
		return errors.New(strconv.Itoa(len(m.Scores)) + " scores are no row of " + strconv.Itoa(values) + " for each of " + strconv.Itoa(len(m.Context)) + " tokens, or for the next one")
	}
	if !m.places(values) {
		return nil
	}
	if m.At != nil {
		*m.At = 0
	}
	clear(m.Context)
	m.Score()
	first := append([]float32(nil), m.Scores[:values]...)
	for i := range m.Context[1:] {
		m.Context[1+i] = int32(values - 1)
	}
	m.Score()
	for i, a := range first {
		// A product in other blocks may round otherwise.
		if d := math.Abs(float64(a - m.Scores[i])); d > 1e-3*max(1, math.Abs(float64(a))) {
			return errNotCausal
		}
	}
	return nil
}

// places reports whether there is a row for each place, also if one is written
// at a time.
func (m *Model) places(values int) bool { return m.At != nil || len(m.Scores) > values }

// alphabetOf is the alphabet of a text that a spec describes.
func alphabetOf(spec *data.Spec) (*data.Alphabet, error) {
	if spec.Format != "text" {
		return nil, errors.New("data " + spec.Name + " is no text")
	}
	return data.NewAlphabet(spec.Alphabet, spec.Other)
}
