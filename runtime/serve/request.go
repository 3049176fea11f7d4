package serve

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime"
)

// body reads what r holds, or says why it is refused. JSON is read by time and
// size only; what it says is for decode.
func (s *Service) body(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	if r.ContentLength > s.maxBody {
		return nil, s.tooLarge()
	}
	var b bytes.Buffer
	if r.ContentLength > 0 {
		b.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	if _, err := io.Copy(&b, http.MaxBytesReader(w, r.Body, s.maxBody)); err != nil {
		return nil, s.unread(err)
	}
	return b.Bytes(), nil
}

func (s *Service) tooLarge() *refusal {
	return &refusal{http.StatusRequestEntityTooLarge, "the body has more than " + strconv.FormatInt(s.maxBody, 10) + " bytes"}
}

// form refuses requests that are no POST of JSON.
func form(w http.ResponseWriter, r *http.Request) *refusal {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return &refusal{http.StatusMethodNotAllowed, "arrows are applied by POST"}
	}
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := parameters["charset"]; err != nil || kind != "application/json" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return &refusal{http.StatusUnsupportedMediaType, "the body must be Content-Type: application/json, in UTF-8"}
	}
	if e := r.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return &refusal{http.StatusUnsupportedMediaType, "the body must not be compressed"}
	}
	return nil
}

// Object is what generated types are: their pointers decode JSON strictly, by
// the object's shape and set.
type Object[A any] interface {
	*A
	UnmarshalJSON(text []byte) error
}

// decodeBatch reads an array of at most limit inputs.
func decodeBatch[In any, P Object[In]](text []byte, limit int) ([]In, error) {
	var inputs []In
	count := 0
	err := runtime.DecodeList(text, "the batch", &inputs, func(in *In, text []byte) error {
		if count++; count > limit {
			return &refusal{http.StatusRequestEntityTooLarge, "the batch has more than " + strconv.Itoa(limit) + " inputs"}
		}
		if err := P(in).UnmarshalJSON(text); err != nil {
			return &itemError{count - 1, err}
		}
		return nil
	})
	return inputs, err
}

// itemError is a fault of one input of a batch. Bytes count from the input's
// own beginning.
type itemError struct {
	index int
	err   error
}

func (e *itemError) Error() string { return "input " + strconv.Itoa(e.index) + ": " + e.err.Error() }
func (e *itemError) Unwrap() error { return e.err }
