package runtime_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
)

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		src  []float32
		at   int
		want []float32
	}{
		{[]float32{1, 2}, 0, []float32{1, 2, 0, 0}},
		{[]float32{1, 2}, 1, []float32{0, 1, 2, 0}},
		{[]float32{1, 2}, 2, []float32{0, 0, 1, 2}},
		{[]float32{1, 2, 3, 4}, 0, []float32{1, 2, 3, 4}},
		{nil, 4, []float32{0, 0, 0, 0}},
		{nil, 0, []float32{0, 0, 0, 0}},
	} {
		dst := []float32{9, 9, 9, 9}
		runtime.Place(dst, c.src, c.at)
		require.Equal(t, c.want, dst, "%v at %d", c.src, c.at)
	}
}

func TestListSize(t *testing.T) {
	require.NoError(t, runtime.CheckList("f", "List[A]", 2, 2))
	require.EqualError(t, runtime.CheckList("f", "List[A]", 1, 2), "f: a List[A] of 1, want at least 2")
	require.NoError(t, runtime.ListSize("f", "List[A]", 4, 2, 4))
	require.Equal(t, &runtime.ListError{Arrow: "f", Object: "List[A]", Got: 5, Most: 4}, runtime.ListSize("f", "List[A]", 5, 2, 4))
	require.Equal(t, &runtime.ListError{Arrow: "f", Object: "List[A]", Got: 0, Least: 1}, runtime.ListSize("f", "List[A]", 0, 1, 4))
}

// One chance, with its set, as generated code decodes it.
func chance(v *float32, text []byte) error {
	return runtime.DecodeTensor(text, "Chance", unit, runtime.Flat(v))
}

func TestDecodeList(t *testing.T) {
	for text, want := range map[string][]float32{
		`[]`: {}, ` [ ] `: {}, `[0.5]`: {0.5}, "[0,\n1, 0.25]": {0, 1, 0.25},
	} {
		var got []float32
		require.NoError(t, runtime.DecodeList([]byte(text), "List[Chance]", &got, chance), text)
		require.Equal(t, want, got, text)
	}
	for text, says := range map[string]string{
		``:         "List[Chance]: an array expected, found the end at byte 0",
		`null`:     "List[Chance]: an array expected, found null at byte 0",
		`0.5`:      "List[Chance]: an array expected, found a number at byte 0",
		`[0.5`:     "List[Chance]: a comma or the end of the array expected, found the end at byte 4",
		`[0.5,]`:   "List[Chance]: a number expected, found ']' at byte 5",
		`[0, 2]`:   "Chance: 2 is not in [0, 1]",
		`[0, "a"]`: "Chance: a number expected, found text at byte 4",
		`[0] 1`:    "List[Chance]: something follows the value at byte 4",
	} {
		var got []float32
		err := runtime.DecodeList([]byte(text), "List[Chance]", &got, chance)
		require.Error(t, err, text)
		assert.Equal(t, says, err.Error(), text)
	}

	// Lists of lists and of options.
	inner := func(v *[]*float32, text []byte) error {
		return runtime.DecodeList(text, "List[Option[Chance]]", v, func(v **float32, text []byte) error {
			return runtime.DecodeOption(text, "Option[Chance]", v, chance)
		})
	}
	var got [][]*float32
	require.NoError(t, runtime.DecodeList([]byte(`[[], [null, 0.5]]`), "List", &got, inner))
	again, err := json.Marshal(got)
	require.NoError(t, err)
	require.JSONEq(t, `[[], [null, 0.5]]`, string(again))
}

func TestDecodeOption(t *testing.T) {
	half := float32(0.5)
	for text, want := range map[string]*float32{`null`: nil, ` null `: nil, `0.5`: &half, ` 0.5 `: &half} {
		got := new(float32)
		require.NoError(t, runtime.DecodeOption([]byte(text), "Option[Chance]", &got, chance), text)
		require.Equal(t, want, got, text)
	}
	for _, text := range []string{``, `nul`, `2`, `[0.5]`, `0.5 0.5`, `null null`} {
		var got *float32
		require.Error(t, runtime.DecodeOption([]byte(text), "Option[Chance]", &got, chance), text)
	}
}
