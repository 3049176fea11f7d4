package sample

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Options say how a token is chosen from its scores.
type Options struct {
	// Temperature divides the logits: below 1 likely tokens become likelier,
	// above 1 less so. At 0 the likeliest token is taken.
	Temperature float64
	// TopK draws from the k likeliest tokens only; 0 draws from all.
	TopK int
	// Seed decides what is drawn: same model, prompt and options, same text.
	Seed uint64
}

// Sampler writes text with a model. Next allocates nothing. It is not safe for
// concurrent use; several samplers may share one predictor.
type Sampler struct {
	model    Model
	alphabet *data.Alphabet
	values   int
	places   bool // there is a row of scores for each place
	options  Options
	seen     int // tokens of the context that are set
	rand     *rng.Rand
	weights  []float64
	best     []int32 // the TopK likeliest, best first
	text     []byte  // of one token
}

// New returns a sampler of the text that spec describes. It fails where the
// model's shapes do not fit, or where scores at a place depend on tokens behind
// it. Start gives it something to go on from.
func New(spec *data.Spec, m Model) (*Sampler, error) {
	alphabet, err := alphabetOf(spec)
	if err != nil {
		return nil, err
	}
	s := &Sampler{model: m, alphabet: alphabet, values: alphabet.Size()}
	if err := m.check(s.values); err != nil {
		return nil, err
	}
	s.places = m.places(s.values)
	s.weights, s.text = make([]float64, s.values), make([]byte, 0, 8)
	s.best = make([]int32, 0, s.values)
	return s, s.Start("", Options{Temperature: 1})
}

// Start begins a new text behind the prompt. Of a prompt longer than the
// context its end counts. An empty one stands for the end of a line, or the
// first token of an alphabet without line ends. It fails where a character of
// the prompt is not in the alphabet, an option is out of its range, or the model
// scores what follows a full context only and the prompt is shorter.
func (s *Sampler) Start(prompt string, o Options) error {
	switch {
	case !(o.Temperature >= 0) || math.IsInf(o.Temperature, 1):
		return fmt.Errorf("the temperature is a number from 0, not %v", o.Temperature)
	case o.TopK < 0:
		return fmt.Errorf("the likeliest tokens to draw from are at least 1, or 0 for all, not %d", o.TopK)
	}
	tokens, err := s.alphabet.Encode(nil, prompt)
	if err != nil {
		return fmt.Errorf("the prompt: %w", err)
	}
	if prompt == "" {
		if tokens, err = s.alphabet.Encode(nil, "\n"); err != nil {
			tokens = []int32{0}
		}
	}
	if width := len(s.model.Context); !s.places && len(tokens) < width && prompt != "" {
		return fmt.Errorf("the prompt has %d tokens, and the model takes the last %d", len(tokens), width)
	}
	s.options, s.rand = o, rng.New(o.Seed, "sample")
	clear(s.model.Context)
	s.seen = 0
	for _, t := range tokens[max(0, len(tokens)-len(s.model.Context)):] {
		s.push(t)
	}
	return nil
}

// push puts t behind the text.
func (s *Sampler) push(t int32) {
	context := s.model.Context
	if s.seen == len(context) {
		copy(context, context[1:])
		s.seen--
	}
	context[s.seen] = t
	s.seen++
}

var (
	errScores = errors.New("the model's scores are no numbers")
	errShort  = errors.New("the model scores what follows a full context, so it needs a prompt")
)

// Next draws the token that follows and puts it behind the text.
func (s *Sampler) Next() (int32, error) {
	if !s.places && s.seen < len(s.model.Context) {
		return 0, errShort
	}
	row := s.model.Scores
	switch {
	case s.model.At != nil:
		*s.model.At = int32(s.seen - 1)
	case s.places:
		row = row[(s.seen-1)*s.values:][:s.values]
	}
	s.model.Score()
	t, err := s.draw(row)
	if err != nil {
		return 0, err
	}
	s.push(t)
	return t, nil
}

// AppendNext appends the text of the next token to dst.
func (s *Sampler) AppendNext(dst []byte) ([]byte, error) {
	t, err := s.Next()
	if err != nil {
		return dst, err
	}
	return s.alphabet.Decode(dst, t), nil
}

// Write writes the text of the next n tokens to w, each as soon as it is
// drawn.
func (s *Sampler) Write(w io.Writer, n int) error {
	for range n {
		text, err := s.AppendNext(s.text[:0])
		if err != nil {
			return err
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	return nil
}
