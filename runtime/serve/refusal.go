package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime"
)

// InputError says that an input, though it lies in its object, is one that the
// arrow has no answer to. It is answered 422 with its text.
type InputError struct{ Err error }

func (e *InputError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong with the input.
func (e *InputError) Unwrap() error { return e.Err }

// refusal is an answer without a value.
type refusal struct {
	code    int
	message string
}

func (r *refusal) Error() string { return r.message }

// maxMessage keeps long names of a client's from coming back to it.
const maxMessage = 400

// refuse answers with r.
func refuse(w http.ResponseWriter, r *refusal) {
	message := r.message
	if len(message) > maxMessage {
		message = strings.ToValidUTF8(message[:maxMessage], "") + "…"
	}
	body, _ := json.Marshal(struct { // strings always have a form
		Error string `json:"error"`
	}{message})
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.code == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	w.WriteHeader(r.code)
	_, _ = w.Write(append(body, '\n'))
}

// malformed is the refusal of a body that does not decode.
func malformed(err error) *refusal {
	var r *refusal
	if errors.As(err, &r) {
		return r
	}
	return &refusal{http.StatusBadRequest, err.Error()}
}

// unread is the refusal of a body that did not arrive.
func (s *Service) unread(err error) *refusal {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return s.tooLarge()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &refusal{http.StatusRequestTimeout, "the body did not arrive within " + s.timeout.String()}
	}
	return &refusal{http.StatusBadRequest, "the body ends early"}
}

// unanswered is the refusal where the arrow gave err instead of an answer. What
// is a fault of the service goes to its log, and no word of it to the client.
func (s *Service) unanswered(path string, err error) *refusal {
	var input *InputError
	var list *runtime.ListError
	switch {
	case errors.As(err, &input):
		return &refusal{http.StatusUnprocessableEntity, input.Error()}
	case errors.As(err, &list):
		return &refusal{http.StatusUnprocessableEntity, list.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return &refusal{http.StatusServiceUnavailable, "no answer within " + s.timeout.String()}
	case errors.Is(err, context.Canceled):
		return &refusal{http.StatusServiceUnavailable, "the request was given up"}
	}
	s.log.Error("no answer", "path", path, "error", err)
	return &refusal{http.StatusInternalServerError, "the service failed; its log says why"}
}
