package serve_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/generated/digits"
	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/serve"
)

// same answers with what it got, so that what is refused was refused before.
func same[A any](_ context.Context, in A) (A, error) { return in, nil }

func echoes() *serve.Service {
	s := serve.New(quiet, serve.MaxBody(1<<16), serve.MaxBatch(3))
	serve.Handle(s, "/features", same[wdbc.Features])
	serve.Handle(s, "/digit", same[digits.Digit])
	serve.Handle(s, "/chance", same[wdbc.Probability])
	serve.Handle(s, "/neuron", same[wdbc.Neuron])
	serve.Handle(s, "/pair", same[serve.Pair[wdbc.Probability, wdbc.Diagnosis]])
	serve.Handle(s, "/triple", same[serve.Triple[digits.Digit, wdbc.Diagnosis, serve.Pair[wdbc.Logit, digits.Digit]]])
	return s
}

func TestWhatLiesInItsObjectComesBack(t *testing.T) {
	s := echoes()
	neuron := `{"weight":` + row(1) + `,"bias":-0.5}`
	for _, c := range [][2]string{
		{"/features", row(3)},
		{"/features/batch", "[" + row(1) + "," + row(2) + "]"},
		{"/digit", "9"},
		{"/digit/batch", "[]"},
		{"/chance", "0.25"},
		{"/neuron", neuron},
		{"/neuron/batch", "[" + neuron + "]"},
		{"/pair", "[0.5,1]"},
		{"/pair/batch", "[[0.5,1],[0,0]]"},
		{"/triple", "[3,1,[-2.5,0]]"},
	} {
		w := post(s, c[0], " "+c[1]+"\n")
		require.Equal(t, http.StatusOK, w.Code, "%s %s", c, w.Body)
		assert.JSONEq(t, c[1], w.Body.String())
		assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	}
}

// Every body that is not a value of its object is answered 4xx, in the object's
// own words.
func TestMalformedBodies(t *testing.T) {
	s := echoes()
	r := row(0)
	cases := []struct {
		path, body string
		code       int
		says       string
	}{
		{"/features", "", 400, "Features: an array expected, found the end"},
		{"/features", " \n", 400, "found the end"},
		{"/features", "null", 400, "Features: an array expected, found null"},
		{"/features", "3", 400, "found a number"},
		{"/features", `"text"`, 400, "found text"},
		{"/features", "{}", 400, "found an object"},
		{"/features", "true", 400, "found a truth value"},
		{"/features", "[]", 400, "an array of 0, want 30"},
		{"/features", "[1,2,3]", 400, "an array of 3, want 30"},
		{"/features", r[:len(r)-1] + ",1]", 400, "an array of 31, want 30"},
		{"/features", r[:len(r)-1], 400, "found the end"},
		{"/features", r[:len(r)-1] + ",]", 400, ""},
		{"/features", r + r, 400, "something follows the value"},
		{"/features", r + "x", 400, "something follows the value"},
		{"/features", r + "\x00", 400, "something follows the value"},
		{"/features", "\xef\xbb\xbf" + r, 400, "an array expected"},
		{"/features", strings.Replace(r, "[0", "[NaN", 1), 400, "a number expected"},
		{"/features", strings.Replace(r, "[0", "[Infinity", 1), 400, "a number expected"},
		{"/features", strings.Replace(r, "[0", "[-Infinity", 1), 400, "a number expected"},
		{"/features", strings.Replace(r, "[0", "[1e39", 1), 400, "1e39 is too large"},
		{"/features", strings.Replace(r, "[0", "[1e999999999", 1), 400, "too large"},
		{"/features", strings.Replace(r, "[0", "[null", 1), 400, "found null"},
		{"/features", strings.Replace(r, "[0", `["0"`, 1), 400, "found text"},
		{"/features", strings.Replace(r, "[0", "[+1", 1), 400, "a number expected"},
		{"/features", strings.Replace(r, "[0", "[.5", 1), 400, "a number expected"},
		{"/features", strings.Replace(r, "[0", "[0x1p3", 1), 400, ""},
		{"/features", strings.Replace(r, "[0", "[[0]", 1), 400, "found an array"},
		{"/features", strings.Repeat("[", 60000), 400, ""},
		{"/features/batch", strings.Repeat("[", 60000), 400, "nest too deeply"},
		{"/features", strings.Repeat(`{"a":`, 10000), 400, ""},
		{"/features", "\x1f\x8b\x08\x00", 400, ""},
		{"/features", "[" + strings.Repeat(" ", 1<<16), 413, "more than 65536 bytes"},
		{"/features/batch", r, 400, "input 0: Features: an array expected"},
		{"/features/batch", "[" + r + ",[1]]", 400, "input 1: Features: an array of 1, want 30"},
		{"/features/batch", "[" + r + ",]", 400, ""},
		{"/features/batch", `{"inputs":[]}`, 400, "the batch: an array expected"},
		{"/features/batch", "[" + r + "," + r + "," + r + "," + r + "]", 413, "more than 3 inputs"},
		{"/digit", "10", 400, "Digit: 10 is not in 0..9"},
		{"/digit", "-1", 400, "Digit: -1 is not in 0..9"},
		{"/digit", "1.5", 400, "1.5 is not an integer"},
		{"/digit", "1e0", 400, "1e0 is not an integer"},
		{"/digit", "99999999999999999999", 400, "is not an integer"},
		{"/digit", "1 2", 400, "something follows the value"},
		{"/chance", "1.5", 400, "Probability: 1.5 is not in [0, 1]"},
		{"/chance", "-0.001", 400, "Probability: -0.001 is not in [0, 1]"},
		{"/chance/batch", "[0.5,2]", 400, "input 1: Probability: 2 is not in [0, 1]"},
		{"/neuron", `{}`, 400, `field "weight" is missing`},
		{"/neuron", `{"weight":` + r + `}`, 400, `field "bias" is missing`},
		{"/neuron", `{"weight":` + r + `,"bias":1,"bias":2}`, 400, `field "bias" occurs twice`},
		{"/neuron", `{"weight":` + r + `,"bias":1,"Bias":2}`, 400, `no field is called "Bias"`},
		{"/neuron", `{"weight":` + r + `,"bias":null}`, 400, "Neuron.bias"},
		{"/neuron", `{"weight":` + r + `,"bias":1`, 400, ""},
		{"/neuron", `{"weight":` + r + `,"bias":1}}`, 400, "something follows"},
		{"/neuron", `{weight:1}`, 400, ""},
		{"/neuron", `{"` + strings.Repeat("x", 5000) + `":1}`, 400, "…"},
		{"/neuron", `{"\ud800":1}`, 400, "no field is called"},
		{"/neuron", "{\"\xff\":1}", 400, "text is not UTF-8"},
		{"/pair", "[0.5]", 400, "the product: an array of 1, want 2"},
		{"/pair", "[0.5,1,0]", 400, "the product: an array of 3, want 2"},
		{"/pair", "[0.5,0.5]", 400, "Diagnosis: 0.5 is not in {0, 1}"},
		{"/pair", "[1,[1]]", 400, "Diagnosis"},
		{"/triple", "[3,1,[-2.5]]", 400, "an array of 1, want 2"},
		{"/triple", "[3,1,-2.5,0]", 400, "the product: an array expected, found a number"},
	}
	require.GreaterOrEqual(t, len(cases), 40)
	for i, c := range cases {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			w := post(s, c.path, c.body)
			require.Equal(t, c.code, w.Code, w.Body)
			var body map[string]string
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &body), "%q", w.Body)
			require.Len(t, body, 1)
			require.NotEmpty(t, body["error"])
			require.Contains(t, body["error"], c.says)
			require.Less(t, len(body["error"]), 450)
		})
	}
}

// Whatever bytes come, the answer is 200 with JSON or 4xx with an error.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{"", "[[0.5,1]]", `{"weight":[],"bias":1}`, "9", "[3,1,[-2.5,0]]", row(1), "\xff", `"\u12"`} {
		f.Add(seed)
	}
	s := echoes()
	paths := []string{"/features", "/digit", "/chance", "/neuron", "/pair", "/triple"}
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range paths {
			for _, path := range []string{path, path + "/batch"} {
				w := post(s, path, body)
				require.True(t, json.Valid(w.Body.Bytes()))
				require.True(t, w.Code == 200 || w.Code == 400 || w.Code == 413, "%d %s", w.Code, w.Body)
			}
		}
	})
}
