package serve

import (
	"encoding/json"
	"fmt"

	"github.com/ctgen-lang/ctgen/runtime"
)

// Pair is A * B, in JSON an array of two.
type Pair[A, B any] struct {
	First  A
	Second B
}

// Triple is A * B * C, in JSON an array of three.
type Triple[A, B, C any] struct {
	First  A
	Second B
	Third  C
}

// product is what has parts, each of which decodes itself.
type product interface{ parts() []any }

func (p *Pair[A, B]) parts() []any      { return []any{&p.First, &p.Second} }
func (p *Triple[A, B, C]) parts() []any { return []any{&p.First, &p.Second, &p.Third} }

// UnmarshalJSON reads an array of two values, strictly.
func (p *Pair[A, B]) UnmarshalJSON(text []byte) error { return decodeParts(text, p) }

// UnmarshalJSON reads an array of three values, strictly.
func (p *Triple[A, B, C]) UnmarshalJSON(text []byte) error { return decodeParts(text, p) }

// MarshalJSON writes an array of two values.
func (p Pair[A, B]) MarshalJSON() ([]byte, error) { return json.Marshal([]any{p.First, p.Second}) }

// MarshalJSON writes an array of three values.
func (p Triple[A, B, C]) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{p.First, p.Second, p.Third})
}

func decodeParts(text []byte, p product) error {
	var decoders []func([]byte) error
	for _, part := range p.parts() {
		d, ok := part.(json.Unmarshaler)
		if !ok {
			return fmt.Errorf("%T has no decoder of its own", part)
		}
		decoders = append(decoders, d.UnmarshalJSON)
	}
	return runtime.DecodeProduct(text, "the product", decoders...)
}

// mustDecode panics where a part of a product has no decoder: encoding/json
// would let pass what its object refuses.
func mustDecode(value any) {
	p, ok := value.(product)
	if !ok {
		return
	}
	for _, part := range p.parts() {
		if _, ok := part.(json.Unmarshaler); !ok {
			panic(fmt.Sprintf("serve: %T has no UnmarshalJSON, so nothing would check it", part))
		}
		mustDecode(part)
	}
}
