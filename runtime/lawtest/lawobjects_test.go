package lawtest_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/lawtest"
)

type scored struct {
	Token int32
	Score *float32
}

// objects is a law between two functions of drawn lists, within 1e-6.
func objects(left, right func(in []scored) lawtest.Result) func(t testing.TB) {
	return func(t testing.TB) {
		lawtest.LawOfObjects(t, lawtest.ObjectCase{Name: "objects", Left: "f", Right: "g", Within: 1e-6,
			Run: func(d *lawtest.Draws) ([]lawtest.Input, lawtest.Result, lawtest.Result) {
				in := make([]scored, d.Length())
				for i := range in {
					d.Ints(lawtest.Class("Token", 5), runtime.Ints(&in[i].Token))
					if d.Some() {
						in[i].Score = new(float32)
						d.Reals(lawtest.Data("Score", nil), runtime.Flat(in[i].Score))
					}
				}
				return []lawtest.Input{{Name: "List[Scored]", Value: in}}, left(in), right(in)
			}})
	}
}

func TestLawOfObjects(t *testing.T) {
	id := func(in []scored) lawtest.Result { return lawtest.Made(nil, in) }
	change := func(f func(out []scored) []scored) func([]scored) lawtest.Result {
		return func(in []scored) lawtest.Result { return lawtest.Made(nil, f(append([]scored{}, in...))) }
	}
	some := func(x float32) *float32 { return &x }
	short := func(least int) func([]scored) lawtest.Result {
		return func(in []scored) lawtest.Result {
			if err := runtime.CheckList("f", "List[Scored]", len(in), least); err != nil {
				return lawtest.Made(err, nil)
			}
			return lawtest.Made(nil, in[0])
		}
	}
	require.Empty(t, failure(objects(id, id)))
	require.Empty(t, failure(objects(short(1), short(1))))
	require.Empty(t, failure(objects(id, change(func(s []scored) []scored {
		for i := range s {
			if p := s[i].Score; p != nil {
				s[i].Score = some(*p * (1 + 1e-7))
			}
		}
		return s
	}))))

	wrong := map[string]func([]scored) lawtest.Result{
		"one element less": change(func(s []scored) []scored { return s[:max(len(s)-1, 0)] }),
		"another order":    change(func(s []scored) []scored { return append(s[min(1, len(s)):], s[:min(1, len(s))]...) }),
		"an index": change(func(s []scored) []scored {
			for i := range s {
				s[i].Token = 0
			}
			return s
		}),
		"nothing for something": change(func(s []scored) []scored {
			for i := range s {
				s[i].Score = nil
			}
			return s
		}),
		"something for nothing": change(func(s []scored) []scored {
			for i := range s {
				if s[i].Score == nil {
					s[i].Score = some(1)
				}
			}
			return s
		}),
		"a number": change(func(s []scored) []scored {
			for i := range s {
				if p := s[i].Score; p != nil {
					s[i].Score = some(*p + 0.01)
				}
			}
			return s
		}),
		"NaN": change(func(s []scored) []scored {
			for i := range s {
				s[i].Score = some(float32(math.NaN()))
			}
			return s
		}),
		"no value": func([]scored) lawtest.Result { return lawtest.Made(errors.New("too short"), nil) },
	}
	for name, f := range wrong {
		require.Contains(t, failure(objects(id, f)), "law objects: f = g does not hold", name)
		require.Contains(t, failure(objects(f, id)), "law objects: f = g does not hold", name)
	}
	require.Contains(t, failure(objects(short(1), short(2))), "no value: f: a List[Scored] of 1, want at least 2")
	require.Contains(t, failure(objects(id, wrong["one element less"])), "List[Scored] = [{\"Token\":", "what refutes a law is shown")
	require.Contains(t, failure(objects(wrong["no value"], wrong["no value"])), "neither side had a value in 100 draws")
}
