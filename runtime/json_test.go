package runtime_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

// neuron decodes as generated code does.
type neuron struct {
	Weight [2][2]float32 `json:"weight"`
	Bias   bias          `json:"bias"`
}

type bias float32

func (b *bias) UnmarshalJSON(text []byte) error {
	return runtime.DecodeTensor(text, "Bias", unit, runtime.Flat(b))
}

func (n *neuron) UnmarshalJSON(text []byte) error {
	return runtime.DecodeRecord(text, "Neuron",
		runtime.Field{Name: "weight", Decode: func(text []byte) error {
			return runtime.DecodeTensor(text, "Neuron.weight", nil, runtime.Flat(&n.Weight), 2, 2)
		}},
		runtime.Field{Name: "bias", Decode: n.Bias.UnmarshalJSON})
}

func TestDecodeRecord(t *testing.T) {
	want := neuron{[2][2]float32{{1, -2}, {3.5, 4e-3}}, 0.5}
	for _, text := range []string{
		`{"weight":[[1,-2],[3.5,4e-3]],"bias":0.5}`,
		"  {\n \"bias\" : 5E-1 , \"weight\" : [ [1.0,-2] ,\t[35e-1, 0.004] ] } ",
		`{"weigh\u0074":[[1,-2],[3.5,0.004]],"bias":0.5}`,
	} {
		var got neuron
		require.NoError(t, got.UnmarshalJSON([]byte(text)))
		require.Equal(t, want, got)
		require.NoError(t, json.Unmarshal([]byte(text), &got))
	}
	text, err := json.Marshal(want)
	require.NoError(t, err)
	var got neuron
	require.NoError(t, json.Unmarshal(text, &got))
	require.Equal(t, want, got)
}

func TestDecodeRefuses(t *testing.T) {
	tests := []struct{ text, want string }{
		{``, "Neuron: an object expected, found the end at byte 0"},
		{`null`, "Neuron: an object expected, found null at byte 0"},
		{`[1]`, "Neuron: an object expected, found an array at byte 0"},
		{`{}`, `Neuron: field "weight" is missing at byte 2`},
		{`{"weight":[[1,2],[3,4]]}`, `Neuron: field "bias" is missing at byte 24`},
		{`{"weights":1,"bias":0}`, `Neuron: no field is called "weights" at byte 1`},
		{`{"Bias":0}`, `Neuron: no field is called "Bias" at byte 1`},
		{`{"bias":0,"bias":0}`, `Neuron: field "bias" occurs twice at byte 10`},
		{`{"bias":null}`, "Bias: a number expected, found null at byte 8"},
		{`{"bias":"1"}`, "Bias: a number expected, found text at byte 8"},
		{`{"bias":[1]}`, "Bias: a number expected, found an array at byte 8"},
		{`{"bias":1.5}`, "Bias: 1.5 is not in [0, 1]"},
		{`{"weight":[[1,2],[3]]}`, "Neuron.weight: an array of 1, want 2 at byte 17"},
		{`{"weight":[[1,2],[3,4,5]]}`, "Neuron.weight: an array of 3, want 2 at byte 17"},
		{`{"weight":[[1,2],[3,null]]}`, "Neuron.weight: a number expected, found null at byte 20"},
		{`{"weight":[1,2,3,4]}`, "Neuron.weight: an array expected, found a number at byte 11"},
		{`{"weight":[[1,2],[3,1e60]]}`, "Neuron.weight: 1e60 is too large for a real number of 32 bits at byte 20"},
		{`{"weight":[[1,2],[3,NaN]]}`, "Neuron: a number expected, found 'N' at byte 20"},
		{`{"weight":[[1,2],[3,4]],"bias":0} x`, "Neuron: something follows the value at byte 34"},
		{`{"weight":[[1,2],[3,4]],"bias":0,}`, "Neuron: text expected, found '}' at byte 33"},
		{`{"weight":[[1,2],[3,4]] "bias":0}`, "Neuron: a comma or the end of the object expected, found text at byte 24"},
		{`{"bias":01}`, "Neuron: a comma or the end of the object expected, found a number at byte 9"},
		{`{"bias":+1}`, "Neuron: a number expected, found '+' at byte 8"},
		{`{"bias":1.}`, "Neuron: a number expected, found a number at byte 8"},
		{`{"bias":tru}`, "Neuron: true or false expected, found a truth value at byte 8"},
		{`{"bias`, "Neuron: text without an end at byte 1"},
		{`{"bi\q":1}`, "Neuron: a backslash that escapes nothing at byte 4"},
		{"{\"bi\n\":1}", "Neuron: a control character inside text at byte 4"},
		{"{\"\xff\":1}", "Neuron: text is not UTF-8 at byte 1"},
		{`{"bias":` + strings.Repeat("[", 100_000), "Neuron: values nest too deeply at byte 1009"},
	}
	for _, tt := range tests {
		var n neuron
		require.EqualError(t, n.UnmarshalJSON([]byte(tt.text)), tt.want, tt.text[:min(len(tt.text), 60)])
	}
}

func TestDecodeOthers(t *testing.T) {
	i, c, b, s := make([]int64, 2), make([]int32, 2), make([]bool, 1), ""
	require.NoError(t, runtime.DecodeInts([]byte(`[1,-9007199254740993]`), "Count", i, 2))
	require.Equal(t, []int64{1, -9007199254740993}, i)
	require.Error(t, runtime.DecodeInts([]byte(`[1,2.0]`), "Count", i, 2))
	require.NoError(t, runtime.DecodeIndices([]byte(`[0,9]`), "Digit", 10, c, 2))
	require.Equal(t, []int32{0, 9}, c)
	require.EqualError(t, runtime.DecodeIndices([]byte(`[0,10]`), "Digit", 10, c, 2), "Digit: 10 at 1 is not in 0..9")
	require.NoError(t, runtime.DecodeBools([]byte(` true `), "Flag", b))
	require.True(t, b[0])
	require.Error(t, runtime.DecodeBools([]byte(`1`), "Flag", b))
	require.NoError(t, runtime.DecodeText([]byte(`"a\ud83d\ude00\n\"\\é"`), "Name", &s))
	require.Equal(t, "a😀\n\"\\é", s)
	require.Error(t, runtime.DecodeText([]byte(`null`), "Name", &s))

	var x, y float32
	scalar := func(v *float32) func([]byte) error {
		return func(text []byte) error { return runtime.DecodeTensor(text, "X", nil, runtime.Flat(v)) }
	}
	require.NoError(t, runtime.DecodeProduct([]byte(`[1,2]`), "Pair", scalar(&x), scalar(&y)))
	require.Equal(t, []float32{1, 2}, []float32{x, y})
	require.EqualError(t, runtime.DecodeProduct([]byte(` [1,2,3]`), "Pair", scalar(&x), scalar(&y)), "Pair: an array of 3, want 2 at byte 1")
	rows := make([]float32, 3)
	each := func(i int, text []byte) error { return scalar(&rows[i])(text) }
	require.NoError(t, runtime.DecodePower([]byte(`[1,2,3]`), "Row", 3, each))
	require.EqualError(t, runtime.DecodePower([]byte(`[1,2,x]`), "Row", 3, each), "Row: a number expected, found 'x' at byte 5")
	require.Error(t, runtime.DecodePower([]byte(`[]`), "Row", 3, each))
}

// What the strict decoder accepts encoding/json reads alike.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"weight":[[1,-2],[3.5,4e-3]],"bias":0.5}`, `{"bias":0}`, `[`, `{"\u0062ias":1}`, `{"weight":null}`} {
		f.Add([]byte(s))
	}
	type plain struct {
		Weight [2][2]float32 `json:"weight"`
		Bias   float32       `json:"bias"`
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var n neuron
		if n.UnmarshalJSON(text) != nil {
			return
		}
		var p plain
		require.NoError(t, json.Unmarshal(text, &p))
		require.Equal(t, p, plain{n.Weight, float32(n.Bias)})
	})
}
