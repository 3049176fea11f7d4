package export

import (
	"encoding/json"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// number is a float64 that JSON can hold: the infinities are the texts "inf"
// and "-inf".
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	switch v := float64(n); {
	case math.IsInf(v, 1):
		return []byte(`"inf"`), nil
	case math.IsInf(v, -1):
		return []byte(`"-inf"`), nil
	default:
		return json.Marshal(v)
	}
}

func numbers(vs []float64) []number {
	all := []number{}
	for _, v := range vs {
		all = append(all, number(v))
	}
	return all
}

// set is what restricts the numbers of an object.
type set struct {
	Kind     string   `json:"kind"` // interval, finite, simplex
	Text     string   `json:"text"`
	Low      *number  `json:"low,omitempty"` // of an interval
	High     *number  `json:"high,omitempty"`
	OpenLow  *bool    `json:"openLow,omitempty"`
	OpenHigh *bool    `json:"openHigh,omitempty"`
	Values   []number `json:"values,omitempty"` // of a finite set, ascending
}

// setOf is nil for all of the reals.
func setOf(s *category.Set) *set {
	if s == nil {
		return nil
	}
	out := &set{Text: s.String()}
	switch {
	case s.Simplex:
		out.Kind = "simplex"
	case s.Finite:
		out.Kind, out.Values = "finite", numbers(s.Elems)
	default:
		low, high := number(s.Low), number(s.High)
		out.Kind, out.Low, out.High = "interval", &low, &high
		out.OpenLow, out.OpenHigh = &s.OpenLow, &s.OpenHigh
	}
	return out
}
