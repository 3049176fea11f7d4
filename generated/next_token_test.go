package generated_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand"
	"reflect"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/generated/next_token"
	"github.com/ctgen-lang/ctgen/internal/agree"
	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// starting is how the program of the workshop's book starts: the value at a
// row and a column of a rows × cols matrix with seed s.
func starting(row, col, cols, s int) float32 {
	return float32((float64(((row*cols+col)*37+s*101)%1000)/1000 - 0.5) * 0.2)
}

// bookModel is the model as the book's program starts it. Its head is stored
// width × vocabulary, ours is the transpose of that.
func bookModel() *next_token.Model {
	m := new(next_token.Model)
	for token := range m.Embed {
		for i := range m.Embed[token] {
			m.Embed[token][i] = starting(token, i, next_token.DimWidth, 1)
			m.Linear.Weight[token][i] = starting(i, token, next_token.DimVocab, 2)
		}
	}
	return m
}

var bookCorpus = []next_token.Token{1, 2, 3, 4, 1, 2, 3, 4}

// The program of the workshop's book (Category Theory for Tiny ML in Rust)
// prints these losses before and after 80 steps over its whole corpus at a
// rate of 1.
func TestNextTokenIsTheBooksProgram(t *testing.T) {
	const before, after, steps = 1.609389, 0.009720, 80
	m := bookModel()
	loss, err := m.Corpus(bookCorpus)
	require.NoError(t, err)
	require.InDelta(t, before, float64(loss), 1e-5)

	for _, threads := range []int{1, 2} {
		trainer, err := next_token.NewStepTrainer(m, len(bookCorpus), runtime.Threads(threads))
		require.NoError(t, err)
		for k := range steps {
			loss, err = trainer.Step(bookCorpus)
			require.NoError(t, err)
			if k == 0 {
				require.InDelta(t, before, float64(loss), 1e-5)
			}
		}
		loss, err = trainer.State().Corpus(bookCorpus)
		require.NoError(t, err)
		require.InDelta(t, after, float64(loss), 1e-5)
	}

	for _, n := range []int{len(bookCorpus), 5 * len(bookCorpus)} { // in scalars and by kernels
		text := slices.Repeat(bookCorpus, n/len(bookCorpus))
		trainer, err := next_token.NewStepTrainer(m, n)
		require.NoError(t, err)
		require.Zero(t, testing.AllocsPerRun(50, func() { _, _ = trainer.Step(text) }), "a list of %d", n)
	}

	for range steps { // the step as a method of the model
		_, err = m.Step(bookCorpus)
		require.NoError(t, err)
	}
	loss, err = m.Corpus(bookCorpus)
	require.NoError(t, err)
	require.InDelta(t, after, float64(loss), 1e-5)
	for _, pair := range [][2]next_token.Token{{1, 2}, {2, 3}, {3, 4}, {4, 1}} {
		require.Greater(t, m.Predict(pair[0])[pair[1]], float32(0.97))
	}
}

// A training reads the lists from a text, and makes the steps that a trainer
// makes of them.
func TestNextTokenTrainsFromText(t *testing.T) {
	run, err := train.Run(t.Context(), next_token.FitProgram(), train.Data("../specs/next_token.txt"), train.Seed(3), train.Threads(2))
	require.NoError(t, err)
	require.Equal(t, 1, run.Report.TrainingRows)

	start := next_token.InitModel(3)
	trainer, err := next_token.NewStepTrainer(start, len(bookCorpus))
	require.NoError(t, err)
	var loss next_token.Loss
	for range 80 {
		loss, err = trainer.Step(bookCorpus)
		require.NoError(t, err)
	}
	require.Equal(t, float64(loss), run.Report.Loss)
	got, want := run.Instance.Tensors(), trainer.State()
	require.Equal(t, runtime.Flat(&want.Linear.Weight), got[1].F32)
}

// A text that is too short is an error that names the arrow and the object,
// and so is one that a trainer has no room for. The state stays as it was.
func TestNextTokenTakesListsAsLongAsItSays(t *testing.T) {
	m := bookModel()
	start := *m
	trainer, err := next_token.NewStepTrainer(m, 4)
	require.NoError(t, err)
	for n, says := range map[int]string{
		0: "step: a List[Token] of 0, want at least 2",
		1: "step: a List[Token] of 1, want at least 2",
		5: "step: a List[Token] of 5, want at most 4",
	} {
		_, err := trainer.Step(bookCorpus[:n])
		require.EqualError(t, err, says)
		var list *runtime.ListError
		require.True(t, errors.As(err, &list))
		require.Equal(t, n, list.Got)
	}
	_, err = m.Step(bookCorpus[:1])
	require.EqualError(t, err, "step: a List[Token] of 1, want at least 2")
	require.Equal(t, start, *m)
	require.Equal(t, start, *trainer.State())

	_, err = m.Corpus(nil)
	require.EqualError(t, err, "windows: a List[Token] of 0, want at least 2")
	_, err = next_token.Average(nil)
	require.EqualError(t, err, "average: a List[Loss] of 0, want at least 1")

	loss, err := trainer.Step(bookCorpus[:2]) // the shortest
	require.NoError(t, err)
	require.False(t, math.IsNaN(float64(loss)))
	for n := 2; n <= 4; n++ { // lists of several lengths, one after the other
		want, err := trainer.State().Corpus(bookCorpus[4-n : 4])
		require.NoError(t, err)
		got, err := trainer.Step(bookCorpus[4-n : 4])
		require.NoError(t, err)
		require.InDelta(t, float64(want), float64(got), 1e-6)
	}
}

// Every arrow of the specification on lists of several lengths, the shortest
// included: values and errors, in the JSON that both sides read and write.
func TestListsAgree(t *testing.T) {
	src, err := source("../specs/next_token.cat")
	require.NoError(t, err)
	c, diags := check.Check(src, check.Options{})
	require.False(t, diags.HasErrors())
	it, r := eval.New(c), rand.New(rand.NewSource(1))
	m := new(next_token.Model)
	compiled := map[string]func(in json.RawMessage) (any, error){
		"windows": func(in json.RawMessage) (any, error) { return next_token.Windows(read[[]next_token.Token](t, in)) },
		"embed":   func(in json.RawMessage) (any, error) { return m.Embed.Embed(read[next_token.Token](t, in)), nil },
		"linear":  func(in json.RawMessage) (any, error) { return m.Linear.Linear(read[next_token.Vector](t, in)), nil },
		"softmax": func(in json.RawMessage) (any, error) { return next_token.Softmax(read[next_token.Logits](t, in)), nil },
		"average": func(in json.RawMessage) (any, error) { return next_token.Average(read[[]next_token.Loss](t, in)) },
		"predict": func(in json.RawMessage) (any, error) { return m.Predict(read[next_token.Token](t, in)), nil },
		"measure": func(in json.RawMessage) (any, error) {
			p := read[next_token.Pair](t, in)
			return m.Measure(p.First, p.Second), nil
		},
		"corpus": func(in json.RawMessage) (any, error) { return m.Corpus(read[[]next_token.Token](t, in)) },
		"step": func(in json.RawMessage) (any, error) {
			next := *m
			_, err := next.Step(read[[]next_token.Token](t, in))
			trainer, _ := next_token.NewStepTrainer(m, 9, runtime.Threads(2))
			_, err2 := trainer.Step(read[[]next_token.Token](t, in))
			require.Equal(t, err, err2)
			a, b := agree.Numbers(nil, reflect.ValueOf(next)), agree.Numbers(nil, reflect.ValueOf(*trainer.State()))
			requireClose(t, "the trainer's step", b, a)
			return next, err
		},
	}
	for _, a := range c.Arrows {
		if a.Name == "direct" || a.Name == "surprise" { // laws and measure hold them
			continue
		}
		run := compiled[a.Name]
		require.NotNil(t, run, "arrow %s is not held against its compiled form", a.Name)
		for n := range 10 {
			require.Empty(t, agree.Fill(reflect.ValueOf(m).Elem(), agree.Draw(r, arrowNamed(c, "corpus").Given)))
			in := listed(r, a.Dom, n)
			text := eval.Encode(in, a.Dom)
			given := a.Given
			if a.Endo {
				given = a.State
			}
			var params eval.Value
			if !given.IsUnit() {
				params = jsonValue(t, paramsOf(m, a), given)
			}
			ins := []eval.Value{in}
			if len(a.Dom.Factors()) > 1 {
				ins = in.Parts
			}
			want, wantErr := it.Run(a.Diagram, ins, params, nil)
			got, gotErr := run(json.RawMessage(text))
			require.Equal(t, wantErr == nil, gotErr == nil, "%s of %s: %v, %v", a.Name, text, wantErr, gotErr)
			if wantErr == nil {
				requireClose(t, a.Name, jsonValue(t, got, a.Cod).Flat(), want[0].Flat())
			}
		}
	}
}

// listed draws a value of t; a list has n elements.
func listed(r *rand.Rand, t *category.Type, n int) eval.Value {
	switch c := t.Carrier(); c.Kind {
	case category.List:
		v := eval.Tuple()
		for range n {
			v.Parts = append(v.Parts, listed(r, c.Elem, n))
		}
		return v
	case category.Product:
		v := eval.Tuple()
		for _, it := range c.Items {
			v.Parts = append(v.Parts, listed(r, it, n))
		}
		return v
	}
	v, _ := eval.Unflat(t, agree.Draw(r, t))
	return v
}

func arrowNamed(c *category.Category, name string) *category.Arrow {
	for _, a := range c.Arrows {
		if a.Name == name {
			return a
		}
	}
	return nil
}

func paramsOf(m *next_token.Model, a *category.Arrow) any {
	switch a.Name {
	case "embed":
		return m.Embed
	case "linear":
		return m.Linear
	}
	return m
}

func jsonValue(t *testing.T, v any, typ *category.Type) eval.Value {
	text, err := json.Marshal(v)
	require.NoError(t, err)
	out, err := eval.Decode(text, typ)
	require.NoError(t, err)
	return out
}

func read[A any](t *testing.T, text []byte) (v A) {
	require.NoError(t, json.Unmarshal(text, &v))
	return v
}
