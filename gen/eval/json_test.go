package eval

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/stretchr/testify/require"
)

const things = `
object Weight = R[2]
object Chance = R in [0, 1]
object Label = R in {0, 1}
object Guess = R[3] in simplex
object Class = Fin[3]
object Model = { weight: Weight, bias: R }
object Odd = { class: Class, share: Chance }
object Matrix = R[2, 3]
object Three = Chance ^ 3
arrow all: Weight * Chance * Label * Guess * Class * Model * Odd * Matrix * Three -> Model
`

func objects(t *testing.T) map[string]*category.Type {
	out := map[string]*category.Type{
		"Bool": {Kind: category.Bool}, "Int": {Kind: category.Int}, "Text": {Kind: category.Text},
		"1": category.Unit,
	}
	c := load(t, things)
	for _, o := range c.Objects {
		out[o.Name] = category.NewNamed(o)
	}
	out["tangent Odd"] = category.NewTangent(out["Odd"])
	out["Weight * Chance"] = category.NewProduct(out["Weight"], out["Chance"])
	out["List[Class]"] = &category.Type{Kind: category.List, Elem: out["Class"]}
	out["Option[Model]"] = &category.Type{Kind: category.Option, Elem: out["Model"]}
	return out
}

func TestJSONRoundTrips(t *testing.T) {
	types := objects(t)
	for _, c := range []struct{ object, text string }{
		{"Weight", "[0.1,-2]"},
		{"Chance", "0.3333333333333333"},
		{"Label", "1"},
		{"Guess", "[0.25,0.25,0.5]"},
		{"Class", "2"},
		{"Model", `{"weight":[1e-300,3],"bias":1e+21}`},
		{"Odd", `{"class":0,"share":1}`},
		{"tangent Odd", `{"share":-7}`},
		{"Matrix", "[[1,2,3],[4,5,6]]"},
		{"Three", "[0,0.5,1]"},
		{"Weight * Chance", "[[1,2],0.5]"},
		{"List[Class]", "[0,1,2,2]"},
		{"List[Class]", "[]"},
		{"Option[Model]", "null"},
		{"Option[Model]", `{"weight":[1,2],"bias":3}`},
		{"Bool", "true"},
		{"Int", "-12345678901"},
		{"Text", `"a\"b"`},
		{"1", "[]"},
	} {
		v, err := Decode([]byte(c.text), types[c.object])
		require.NoError(t, err, c.text)
		require.Equal(t, c.text, string(Encode(v, types[c.object])))
	}
}

func TestJSONIsStrict(t *testing.T) {
	types := objects(t)
	for _, c := range []struct{ object, text, says string }{
		{"Weight", "[1]", "Weight needs 2 elements here, and there are 1"},
		{"Weight", "[1,2,3]", "Weight needs 2 elements here, and there are more"},
		{"Weight", "[1,null]", "[1]: Weight needs a number, not null"},
		{"Weight", "[1,NaN]", "not JSON: invalid character 'N' looking for beginning of value"},
		{"Weight", "1", "Weight needs an array, not 1"},
		{"Weight", "[1,2] 3", "after the value stands 3"},
		{"Weight", "[1,2", "the JSON ends too early"},
		{"Weight", "", "the JSON ends too early"},
		{"Weight", "[1,1e999]", "[1]: Weight: 1e999 is too large"},
		{"Chance", "1.5", "Chance lies in [0, 1], and 1.5 does not"},
		{"Chance", `"x"`, `Chance needs a number, not "x"`},
		{"Label", "0.5", "Label lies in {0, 1}, and 0.5 does not"},
		{"Guess", "[0.5,0.5,0.5]", "Guess lies in simplex, and these 3 numbers sum to 1.5"},
		{"Class", "3", "Class holds 0 to 2, not 3"},
		{"Class", "0.5", "Class holds 0 to 2, not 0.5"},
		{"Class", "-1", "Class holds 0 to 2, not -1"},
		{"Model", `{"weight":[1,2]}`, `Model lacks the field "bias"`},
		{"Model", `{"weight":[1,2],"bias":1,"extra":2}`, `Model has no field "extra"`},
		{"Model", `{"weight":[1,2],"bias":1,"bias":2}`, `Model has the field "bias" twice`},
		{"Model", `{"weight":[1,"2"],"bias":1}`, `weight[1]: Weight needs a number, not "2"`},
		{"Model", `[1,2]`, "needs an object, not an array"},
		{"Model", `null`, "needs an object, not null"},
		{"Odd", `{"class":0,"share":2}`, "share: Chance lies in [0, 1], and 2 does not"},
		{"Three", "[0,0]", "Chance ^ 3 needs 3 elements here, and there are 2"},
		{"Bool", "1", "Bool needs true or false, not 1"},
		{"Int", "1.5", "Int holds whole numbers, not 1.5"},
		{"Text", "1", "Text needs a text, not 1"},
		{"1", "[1]", "1 holds nothing: leave it out"},
	} {
		typ := types[c.object]
		if c.object == "Three" {
			typ = typ.Object.Type
		}
		_, err := Decode([]byte(c.text), typ)
		require.ErrorContains(t, err, c.says, c.text)
	}
}

func TestArguments(t *testing.T) {
	types := objects(t)
	in, given, err := Arguments([]byte(`{"in": [[1,2],0.5], "given": {"weight":[1,2],"bias":3}}`), types["Weight * Chance"], types["Model"])
	require.NoError(t, err)
	require.Len(t, in, 2)
	require.Equal(t, []float64{1, 2, 3}, given.Flat())
	in, _, err = Arguments([]byte(`{"in": [1,2]}`), types["Weight"], category.Unit)
	require.NoError(t, err)
	require.Equal(t, []float64{1, 2}, in[0].Data)
	in, _, err = Arguments(nil, category.Unit, category.Unit)
	require.NoError(t, err)
	require.Empty(t, in)
	for text, says := range map[string]string{
		`{"in": [1,2]}`:              `"given" is missing: it holds Model`,
		``:                           `"in" is missing: it holds Weight`,
		`{"in": [1,2], "in": [1,2]}`: `"in" is given twice`,
		`{"input": [1,2]}`:           `unknown field "input"`,
		`{"in": [1,2]} x`:            "not JSON",
		`[]`:                         "needs an object, not an array",
	} {
		_, _, err := Arguments([]byte(text), types["Weight"], types["Model"])
		require.ErrorContains(t, err, says, text)
	}
}

func TestNumbersThatJSONLacks(t *testing.T) {
	v := Tensor([]float64{math.NaN(), math.Inf(1), math.Inf(-1)}, 3)
	require.Equal(t, `["NaN","Infinity","-Infinity"]`, string(Encode(v, category.NewReal(3))))
}

func FuzzDecode(f *testing.F) {
	rec := &category.Type{Kind: category.Record, Fields: []category.Field{
		{Name: "a", Type: category.NewReal(2)},
		{Name: "b", Type: &category.Type{Kind: category.Option, Elem: &category.Type{Kind: category.List, Elem: &category.Type{Kind: category.Fin, N: 3}}}},
	}}
	f.Add(`{"a":[1,2],"b":[0]}`)
	f.Add(`{"a":[1,2],"b":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		v, err := Decode([]byte(text), rec)
		if err != nil {
			return
		}
		w, err := Decode(Encode(v, rec), rec)
		require.NoError(t, err)
		require.Equal(t, v, w)
	})
}
