package sample

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// spec is a text of the characters a, b, c and the end of a line, in contexts of
// the given width.
func spec(width int) *data.Spec {
	return &data.Spec{Name: "corpus", Format: "text", Alphabet: "abc\n", Stride: 1, Columns: []data.Column{
		{Object: "Context", Kind: data.Fin, N: 4, Shape: []int{width}}, {Object: "Next", Kind: data.Fin, N: 4}}}
}

// after is a model that scores, at each place, what f says of the tokens up to
// it.
func after(width int, f func(seen []int32, scores []float32)) Model {
	m := Model{Context: make([]int32, width), Scores: make([]float32, 4*width)}
	m.Score = func() {
		for i := range width {
			clear(m.Scores[4*i : 4*i+4])
			f(m.Context[:i+1], m.Scores[4*i:4*i+4])
		}
	}
	return m
}

// turn scores the character behind the last one highest.
func turn(seen []int32, scores []float32) { scores[(seen[len(seen)-1]+1)%4] = 3 }

func written(t *testing.T, s *Sampler, n int) string {
	var b bytes.Buffer
	require.NoError(t, s.Write(&b, n))
	return b.String()
}

func TestLikeliest(t *testing.T) {
	for _, width := range []int{1, 3, 8} {
		s, err := New(spec(width), after(width, turn))
		require.NoError(t, err)
		require.NoError(t, s.Start("ab", Options{Temperature: 0}))
		require.Equal(t, "c\nabc\nab", written(t, s, 8))
		require.NoError(t, s.Start("", Options{TopK: 1, Temperature: 2}))
		require.Equal(t, "abc", written(t, s, 3), "an empty prompt is the end of a line")
	}
}

// What the model reads is the end of the text, from its beginning on while it
// is short, and nothing stands before it.
func TestContext(t *testing.T) {
	var shown []string
	m := after(3, func(seen []int32, scores []float32) {
		text := ""
		for _, k := range seen {
			text += string("abc\n"[k])
		}
		shown = append(shown, text)
		turn(seen, scores)
	})
	s, err := New(spec(3), m)
	require.NoError(t, err)
	for prompt, want := range map[string][]string{
		"b":     {"b", "bc", "bc\n", "c\na"},
		"abcab": {"cab", "abc", "bc\n", "c\na"},
	} {
		require.NoError(t, s.Start(prompt, Options{}))
		for _, text := range want {
			shown = nil
			_, err := s.Next()
			require.NoError(t, err)
			require.Contains(t, shown, text)
			if len(text) == 3 {
				require.Equal(t, text, shown[2])
			}
		}
	}
}

// One row of scores is for what follows a full context.
func TestOneRow(t *testing.T) {
	m := Model{Context: make([]int32, 3), Scores: make([]float32, 4)}
	m.Score = func() { clear(m.Scores); turn(m.Context, m.Scores) }
	s, err := New(spec(3), m)
	require.NoError(t, err)
	_, err = s.Next()
	require.EqualError(t, err, "the model scores what follows a full context, so it needs a prompt")
	require.EqualError(t, s.Start("ab", Options{}), "the prompt has 2 tokens, and the model takes the last 3")
	require.NoError(t, s.Start("cab", Options{}))
	require.Equal(t, "c\na", written(t, s, 3))
}

// Tokens come as often as softmax of the tempered scores says.
func TestShares(t *testing.T) {
	logits := []float32{1, 0, -1, 2}
	exp := func(temperature float64, among ...int) []float64 {
		want, sum := make([]float64, 4), 0.0
		for _, i := range among {
			want[i] = math.Exp(float64(logits[i]) / temperature)
			sum += want[i]
		}
		for i := range want {
			want[i] /= sum
		}
		return want
	}
	for _, c := range []struct {
		o    Options
		want []float64
	}{
		{Options{Temperature: 1}, exp(1, 0, 1, 2, 3)},
		{Options{Temperature: 0.5}, exp(0.5, 0, 1, 2, 3)},
		{Options{Temperature: 3}, exp(3, 0, 1, 2, 3)},
		{Options{Temperature: 1, TopK: 2}, exp(1, 0, 3)},
		{Options{Temperature: 2, TopK: 3}, exp(2, 0, 1, 3)},
		{Options{Temperature: 2, TopK: 9}, exp(2, 0, 1, 2, 3)},
	} {
		for _, shares := range []bool{false, true} {
			m := after(1, func(_ []int32, scores []float32) {
				copy(scores, logits)
				if shares { // the same as a distribution
					for i, p := range exp(1, 0, 1, 2, 3) {
						scores[i] = float32(p)
					}
				}
			})
			m.Shares = shares
			s, err := New(spec(1), m)
			require.NoError(t, err)
			require.NoError(t, s.Start("a", c.o))
			const n = 40000
			seen := make([]float64, 4)
			for range n {
				k, err := s.Next()
				require.NoError(t, err)
				seen[k] += 1.0 / n
			}
			require.InDeltaSlice(t, c.want, seen, 0.012, "%+v, shares %v", c.o, shares)
		}
	}
}

func TestSeed(t *testing.T) {
	text := func(seed uint64) string {
		s, err := New(spec(4), after(4, turn))
		require.NoError(t, err)
		require.NoError(t, s.Start("a", Options{Temperature: 2, Seed: seed}))
		first := written(t, s, 100)
		require.NoError(t, s.Start("a", Options{Temperature: 2, Seed: seed}))
		require.Equal(t, first, written(t, s, 100))
		return first
	}
	require.Equal(t, text(1), text(1))
	require.NotEqual(t, text(1), text(2))
}

// Of equal scores the first is the likeliest.
func TestTies(t *testing.T) {
	s, err := New(spec(1), after(1, func([]int32, []float32) {}))
	require.NoError(t, err)
	s.likeliest([]float32{1, 3, 3, 2}, 3)
	require.Equal(t, []int32{1, 2, 3}, s.best)
	s.likeliest([]float32{0, 0, 0, 0}, 2)
	require.Equal(t, []int32{0, 1}, s.best)
}

func TestNoAllocations(t *testing.T) {
	for _, o := range []Options{{}, {Temperature: 1}, {Temperature: 1, TopK: 2}} {
		s, err := New(spec(8), after(8, turn))
		require.NoError(t, err)
		require.NoError(t, s.Start("ab", o))
		dst := make([]byte, 0, 8)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			if _, err := s.AppendNext(dst); err != nil {
				panic(err)
			}
		}))
	}
}

func TestRefused(t *testing.T) {
	ahead := after(3, turn)
	score := ahead.Score
	ahead.Score = func() { score(); ahead.Scores[0] += float32(ahead.Context[2]) }
	_, err := New(spec(3), ahead)
	require.ErrorIs(t, err, errNotCausal)

	_, err = New(spec(3), Model{Context: make([]int32, 3), Scores: make([]float32, 7)})
	require.EqualError(t, err, "7 scores are no row of 4 for each of 3 tokens, or for the next one")
	_, err = New(spec(3), Model{Context: make([]int32, 3), Scores: make([]float32, 8)})
	require.ErrorContains(t, err, "8 scores are no row")
	_, err = New(&data.Spec{Name: "rows", Format: "csv"}, Model{})
	require.EqualError(t, err, "data rows is no text")
	_, err = New(&data.Spec{Name: "rows", Format: "text", Alphabet: "aa"}, Model{})
	require.EqualError(t, err, "the alphabet holds 'a' twice")

	s, err := New(spec(3), after(3, turn))
	require.NoError(t, err)
	require.EqualError(t, s.Start("abd", Options{}), "the prompt: 'd' is not in the alphabet")
	require.EqualError(t, s.Start("", Options{Temperature: -1}), "the temperature is a number from 0, not -1")
	require.ErrorContains(t, s.Start("", Options{Temperature: math.NaN()}), "not NaN")
	require.ErrorContains(t, s.Start("", Options{Temperature: math.Inf(1)}), "not +Inf")
	require.ErrorContains(t, s.Start("", Options{TopK: -1}), "not -1")

	for _, bad := range []float32{float32(math.NaN()), float32(math.Inf(1))} {
		s, err := New(spec(1), after(1, func(_ []int32, scores []float32) { scores[2] = bad }))
		if err == nil {
			_, err = s.Next()
		}
		require.ErrorIs(t, err, errScores)
	}
	none := after(1, func([]int32, []float32) {})
	none.Shares = true
	s, err = New(spec(1), none)
	require.NoError(t, err)
	_, err = s.Next()
	require.ErrorIs(t, err, errScores)
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "m")
	require.NoError(t, os.WriteFile(file, []byte("weights"), 0o600))
	load := func(b []byte) (*Sampler, error) {
		if string(b) != "weights" {
			return nil, errors.New("is no model")
		}
		return New(spec(3), after(3, turn))
	}
	run := func(args ...string) (code int, out, errs string) {
		var o, e bytes.Buffer
		code = Main(load, args, &o, &e)
		return code, o.String(), e.String()
	}
	code, out, errs := run("--model", file, "--prompt=ab", "--length", "6", "--temperature", "0")
	require.Equal(t, []any{exitFine, "abc\nabc\n", ""}, []any{code, out, errs})
	_, first, _ := run("--model", file, "--top-k", "3", "--seed", "7")
	_, again, _ := run("--model", file, "--top-k", "3", "--seed", "7")
	require.Len(t, first, defaultLength)
	require.Equal(t, first, again)
	code, out, _ = run("--help")
	require.Equal(t, exitFine, code)
	require.Equal(t, usage, out)

	other := filepath.Join(t.TempDir(), "other")
	require.NoError(t, os.WriteFile(other, nil, 0o600))
	for want, args := range map[string][]string{
		"which model? --model FILE names it":     {},
		`"x" is one argument too many`:           {"--model", file, "x"},
		"want a whole number from 0":             {"--model", file, "--length", "-1"},
		"parse error":                            {"--model", file, "--temperature", "hot"},
		"no such file":                           {"--model", file + "x"},
		other + ": is no model":                  {"--model", other},
		"the prompt: 'x' is not in the alphabet": {"--model", file, "--prompt", "x"},
		"the temperature is a number from 0":     {"--model", file, "--temperature", "-1"},
	} {
		code, out, errs := run(args...)
		require.Equal(t, exitUsage, code, want)
		require.Empty(t, out)
		require.Contains(t, errs, want)
		require.True(t, strings.HasPrefix(errs, "ctgen sample: "))
	}
	require.Equal(t, exitUsage, Main(load, []string{"--model", file}, full{}, &bytes.Buffer{}))
	require.Equal(t, exitUsage, Main(load, []string{"--model", file, "--prompt", "a"}, full{}, &bytes.Buffer{}))

	load = func([]byte) (*Sampler, error) { return nil, errNotCausal }
	code, _, _ = run("--model", file)
	require.Equal(t, exitFinding, code)
	load = func([]byte) (*Sampler, error) {
		return New(spec(1), after(1, func(_ []int32, s []float32) { s[0] = float32(math.NaN()) }))
	}
	code, _, errs = run("--model", file)
	require.Equal(t, exitFinding, code)
	require.Contains(t, errs, "the model's scores are no numbers")
}
