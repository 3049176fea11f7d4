package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/ctgen-lang/ctgen/runtime"
)

// Handle serves predict at path, such as "/predict":
//
//	POST /predict         an In as JSON, answered by an Out
//	POST /predict/batch   an array of In, answered by an array of Out
//
// Bodies are decoded by In's own UnmarshalJSON. A domain of several factors is a
// Pair or a Triple, or a struct of the program's with a decoder of its own.
// predict must be safe for concurrent use, as arrows and predictors are. It
// panics where the path is taken, or a part of In has no decoder.
func Handle[In, Out any, P Object[In]](s *Service, path string, predict func(ctx context.Context, in In) (Out, error)) {
	handle[In, Out, P](s, path, func() (string, func(context.Context, In) (Out, error)) { return "", predict })
}

// HandleModel is Handle for an arrow of a model that may be replaced while it
// serves. All inputs of a request see one model, and the header Model-Version of
// the answer says which.
func HandleModel[M, In, Out any, P Object[In]](s *Service, path string, models *Models[M], predict func(ctx context.Context, model M, in In) (Out, error)) {
	s.metrics.version(path, models.Version)
	handle[In, Out, P](s, path, func() (string, func(context.Context, In) (Out, error)) {
		model, version := models.Get()
		return version, func(ctx context.Context, in In) (Out, error) { return predict(ctx, model, in) }
	})
}

func handle[In, Out any, P Object[In]](s *Service, path string, current func() (string, func(context.Context, In) (Out, error))) {
	mustDecode(new(In))
	add := func(path string, answer func(ctx context.Context, predict func(context.Context, In) (Out, error), body []byte) (any, error)) {
		s.mux.Handle(path, s.endpoint(path, func(ctx context.Context, h http.Header, body []byte) (any, error) {
			version, predict := current()
			if version != "" {
				h.Set("Model-Version", version)
			}
			return answer(ctx, predict, body)
		}))
	}
	add(path, func(ctx context.Context, predict func(context.Context, In) (Out, error), body []byte) (any, error) {
		var in In
		if err := P(&in).UnmarshalJSON(body); err != nil {
			return nil, malformed(err)
		}
		return predict(ctx, in)
	})
	add(path+"/batch", func(ctx context.Context, predict func(context.Context, In) (Out, error), body []byte) (any, error) {
		inputs, err := decodeBatch[In, P](body, s.maxBatch)
		if err != nil {
			return nil, malformed(err)
		}
		outputs := make([]Out, len(inputs))
		for i := range inputs {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if outputs[i], err = predict(ctx, inputs[i]); err != nil {
				return nil, inBatch(i, err)
			}
		}
		return outputs, nil
	})
}

// inBatch says which input an arrow has no answer to.
func inBatch(i int, err error) error {
	var input *InputError
	var list *runtime.ListError
	switch {
	case errors.As(err, &input):
		return &InputError{&itemError{i, input.Err}}
	case errors.As(err, &list):
		return &InputError{&itemError{i, list}}
	}
	return &itemError{i, err}
}

// endpoint is what all arrows have in common: limits, metrics, and that nothing
// but an answer or a refusal leaves.
func (s *Service) endpoint(path string, answer func(ctx context.Context, h http.Header, body []byte) (any, error)) http.Handler {
	m := s.metrics.path(path)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		m.inFlight.Add(1)
		code := http.StatusOK
		defer func() {
			m.inFlight.Add(-1)
			m.observe(code, time.Since(start))
		}()
		text, refused := s.answer(w, r, path, start, answer)
		if refused != nil {
			code = refused.code
			refuse(w, refused)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text) // a client that has gone needs no answer
	})
}

// answer is the text of an answer, or why there is none.
func (s *Service) answer(w http.ResponseWriter, r *http.Request, path string, start time.Time, answer func(context.Context, http.Header, []byte) (any, error)) (text []byte, refused *refusal) {
	until := start.Add(s.timeout)
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(until) // holds also for what the server reads of a body that is refused
	if refused := form(w, r); refused != nil {
		return nil, refused
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	default:
		return nil, &refusal{http.StatusServiceUnavailable, "too many requests at once"}
	}
	defer func() {
		if p := recover(); p != nil {
			refused = s.unanswered(path, fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	body, refused := s.body(w, r)
	if refused != nil {
		return nil, refused
	}
	_ = connection.SetReadDeadline(time.Time{}) // else it would end the arrow's context as if the client had gone
	ctx, cancel := context.WithDeadline(r.Context(), until)
	defer cancel()
	value, err := answer(ctx, w.Header(), body)
	if errors.As(err, &refused) {
		return nil, refused
	}
	if err == nil {
		// NaN and the infinities have no form in JSON: an arrow's overflow is an
		// error here, not a value.
		text, err = json.Marshal(value)
	}
	if err != nil {
		return nil, s.unanswered(path, err)
	}
	return append(text, '\n'), nil
}
