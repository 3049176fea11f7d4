package checkpoint

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	ct "github.com/ctgen-lang/ctgen/runtime"
)

func real(name, object string, shape ...int) Tensor {
	t := Tensor{Name: name, Object: object, Shape: shape}
	t.F32 = make([]float32, t.Size())
	return t
}

func values(t Tensor, v ...float32) Tensor {
	t.F32 = append([]float32(nil), v...)
	return t
}

func in(t Tensor, s ct.Set) Tensor {
	t.Set = s
	return t
}

// network is two layers as generated code describes them.
func network() []Tensor {
	return []Tensor{
		real("first.weight", "Hidden.weight", 3, 2), real("first.bias", "Hidden.bias", 3),
		real("second.weight", "Output.weight", 1, 3), real("second.bias", "Output.bias", 1),
	}
}

func renamed(tensors []Tensor, from, to string) []Tensor {
	for i := range tensors {
		tensors[i].Name = strings.Replace(tensors[i].Name, from, to, 1)
	}
	return tensors
}

var (
	nan       = float32(math.NaN())
	infinite  = float32(math.Inf(-1))
	unit      = ct.Interval{High: 1}
	chances   = in(real("prior", "Probability", 3), unit)
	mixture   = in(real("mix", "Mixture", 2, 2), ct.Simplex{Axis: 2})
	one       = in(real("shares", "Shares", 2), ct.Simplex{Axis: 2})
	chance    = in(real("start", "Probability"), unit)
	kinds     = Tensor{Name: "kinds", Object: "Kind", Shape: []int{2, 2}, I32: make([]int32, 4), Classes: 3}
	single    = Tensor{Name: "kind", Object: "Kind", I32: make([]int32, 1), Classes: 3}
	wide      = Tensor{Name: "cohort.Features.mean", Object: "Features", Shape: []int{2}, F64: make([]float64, 2)}
	trainings = map[string]string{"category": "wdbc", "train": "fit"}
)

// mismatches are files, and models that they do not fit.
var mismatches = []struct {
	name        string
	metadata    map[string]string
	file, model []Tensor
}{
	{"a longer vector", nil, []Tensor{real("weights", "", 31)}, []Tensor{real("weights", "Weights", 30)}},
	{"more axes", nil, []Tensor{real("weight", "", 2, 3)}, []Tensor{real("weight", "Neuron.weight", 6)}},
	{"turned axes", nil, []Tensor{real("weight", "", 2, 3)}, []Tensor{real("weight", "Neuron.weight", 3, 2)}},
	{"a scalar", nil, []Tensor{real("bias", "")}, []Tensor{real("bias", "Neuron.bias", 1)}},
	{"no scalar", nil, []Tensor{real("bias", "", 1)}, []Tensor{real("bias", "Neuron.bias")}},
	{"no elements", nil, []Tensor{real("weight", "", 0, 2)}, []Tensor{real("weight", "Neuron.weight", 1, 2)}},
	{"indices of another shape", nil, []Tensor{{Name: "kinds", Shape: []int{4}, I32: make([]int32, 4)}}, []Tensor{kinds}},
	{"integers of another shape", nil, []Tensor{{Name: "count", Shape: []int{2}, I64: make([]int64, 2)}}, []Tensor{{Name: "count", Object: "Adam[Neuron].count", I64: make([]int64, 1)}}},
	{"another type", nil, []Tensor{{Name: "bias", F64: make([]float64, 1)}}, []Tensor{real("bias", "Neuron.bias")}},
	{"another type and shape", nil, []Tensor{{Name: "bias", Shape: []int{4}, I64: make([]int64, 4)}}, []Tensor{real("bias", "Neuron.bias")}},
	{"missing", nil, []Tensor{real("weight", "", 3)}, []Tensor{real("weight", "Neuron.weight", 3), real("bias", "Neuron.bias")}},
	{"too much", nil, []Tensor{real("weight", "", 3), real("bias", "")}, []Tensor{real("weight", "Neuron.weight", 3)}},
	{"nothing", nil, nil, []Tensor{real("weight", "Neuron.weight", 3), real("bias", "Neuron.bias")}},
	{"misspelt", nil, []Tensor{real("layer1.wieght", "", 3)}, []Tensor{real("layer1.weight", "Neuron.weight", 3)}},
	{"misspelt and of another shape", nil, []Tensor{real("layer1.wieght", "", 4)}, []Tensor{real("layer1.weight", "Neuron.weight", 3)}},
	{"a renamed layer", trainings, renamed(network(), "first", "input"), network()},
	{"two renamed layers", trainings, renamed(renamed(network(), "first", "layer1"), "second", "layer2"), network()},
	{"a renamed field", nil, renamed(network(), ".weight", ".matrix"), network()},
	{"layers in a record of their own", nil, network(), renamed(renamed(network(), "first", "body.first"), "second", "body.second")},
	{"one renamed, one of another shape", nil, renamed([]Tensor{real("first.weight", "", 4, 2), real("first.bias", "", 4), real("second.weight", "", 1, 3), real("second.bias", "", 1)}, "second", "last"), network()},
	{"quite another model", map[string]string{"category": "iris"}, []Tensor{real("encoder.matrix", "", 9, 9), real("shift", "", 9)}, network()},
	{"very much", nil, many("left", 30), many("right", 30)},
	{"NaN", nil, []Tensor{values(real("weight", "", 2, 3), 0, 1, 2, 3, nan, nan)}, []Tensor{real("weight", "Neuron.weight", 2, 3)}},
	{"infinite", nil, []Tensor{values(real("bias", ""), infinite)}, []Tensor{real("bias", "Neuron.bias")}},
	{"infinite where scaling is", nil, []Tensor{{Name: wide.Name, Shape: []int{2}, F64: []float64{0, math.Inf(1)}}}, []Tensor{wide}},
	{"outside", nil, []Tensor{values(chances, 0, 1, 1.5)}, []Tensor{chances}},
	{"outside, a scalar", nil, []Tensor{values(chance, -0.25)}, []Tensor{chance}},
	{"NaN where a set is", nil, []Tensor{values(chances, 0, nan, 0.5)}, []Tensor{chances}},
	{"no member", nil, []Tensor{values(real("label", ""), 2)}, []Tensor{in(real("label", "Label"), ct.Finite{0, 1})}},
	{"no distribution", nil, []Tensor{values(mixture, 0.5, 0.5, 0.5, 0.25)}, []Tensor{mixture}},
	{"no distribution, the only one", nil, []Tensor{values(one, 0.5, 0.25)}, []Tensor{one}},
	{"negative in a distribution", nil, []Tensor{values(mixture, 0.5, 0.5, 1.5, -0.5)}, []Tensor{mixture}},
	{"no class", nil, []Tensor{{Name: "kinds", Shape: []int{2, 2}, I32: []int32{0, 1, 2, 3}}}, []Tensor{kinds}},
	{"negative class", nil, []Tensor{{Name: "kind", I32: []int32{-1}}}, []Tensor{single}},
	{"everything at once", trainings, []Tensor{values(chances, 0, 2, 2), real("wieght", "", 3), real("bias", "", 2), real("rest", "", 4)},
		[]Tensor{chances, real("weight", "Neuron.weight", 3), real("bias", "Neuron.bias", 1)}},
}

func many(name string, n int) []Tensor {
	var list []Tensor
	for i := range n {
		list = append(list, real(fmt.Sprintf("%s.%c%d", name, 'a'+i%26, i*i*7919), "", i+1))
	}
	return list
}

// What differs is said in the spec's words, all at once, in both forms of a
// model at rest, and nothing is loaded by halves.
func TestMismatches(t *testing.T) {
	var got strings.Builder
	for _, c := range mismatches {
		var faults [2][]string
		for i, encode := range []func(map[string]string, []Tensor) ([]byte, error){EncodeNPZ, Encode} {
			b, err := encode(c.metadata, c.file)
			require.NoError(t, err, c.name)
			f, err := DecodeAny(b)
			require.NoError(t, err, c.name)
			model := slices.Clone(c.model)
			for k := range model {
				model[k].F32 = slices.Clone(model[k].F32)
			}
			var mismatch *MismatchError
			err = f.LoadFinite(model)
			require.ErrorAs(t, err, &mismatch, c.name)
			require.Equal(t, c.model, model, c.name)
			if faults[i] = mismatch.Faults; i == 1 {
				fmt.Fprintf(&got, "# %s\n%s\n\n", c.name, err)
			}
		}
		require.ElementsMatch(t, faults[0], faults[1], c.name) // in the order of each file
	}
	golden := filepath.Join("testdata", "mismatch.golden")
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got.String()), 0o666))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}
