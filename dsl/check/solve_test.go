package check

import (
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/stretchr/testify/require"
)

func objectOver(name string, t *category.Type, set *category.Set) *category.Type {
	return category.NewNamed(&category.Object{Name: name, Type: t, Set: set})
}

func record(fields ...category.Field) *category.Type {
	return &category.Type{Kind: category.Record, Fields: fields}
}

func types(ts ...*category.Type) []*category.Type { return ts }

var (
	unit01   = &category.Set{Low: 0, High: 1}
	positive = &category.Set{Low: 0, High: inf(), OpenHigh: true}
	strictly = &category.Set{Low: 0, High: inf(), OpenLow: true, OpenHigh: true}
	bits     = &category.Set{Finite: true, Elems: []float64{0, 1}}
	simplex  = &category.Set{Simplex: true}
)

func inf() float64 { return constants["inf"] }

func TestSolveShapes(t *testing.T) {
	prims := loadStd().prims
	layer := func(o, i int) *category.Type {
		return record(category.Field{Name: "weight", Type: category.NewReal(o, i)}, category.Field{Name: "bias", Type: category.NewReal(o)})
	}
	for _, c := range []struct {
		name, prim string
		ins        []*category.Type
		given      *category.Type
		outs       []*category.Type
		dims       map[string]int
		segs       map[string][]int
	}{
		{"layer", "affine", types(category.NewReal(64)), layer(10, 64), types(category.NewReal(10)), map[string]int{"i": 64}, map[string][]int{"t": {}, "o": {10}}},
		{"outputs unknown", "affine", types(category.NewReal(64)), layer(10, 64), types(nil), map[string]int{"i": 64}, map[string][]int{"t": {}, "o": {10}}},
		{"one logit", "affine", types(category.NewReal(2)), record(category.Field{Name: "bias", Type: category.NewReal()}, category.Field{Name: "weight", Type: category.NewReal(2)}), types(category.NewReal()), map[string]int{"i": 2}, map[string][]int{"t": {}, "o": {}}},
		{"positions", "affine", types(category.NewReal(7, 5, 3)), layer(4, 3), types(nil), map[string]int{"i": 3}, map[string][]int{"t": {7, 5}, "o": {4}}},
		{"inputs unknown", "affine", types(nil), layer(4, 3), types(category.NewReal(9, 4)), map[string]int{"i": 3}, map[string][]int{"t": {9}, "o": {4}}},
		{"classes", "softmax_cross_entropy", types(category.NewReal(6, 5), &category.Type{Kind: category.Power, N: 6, Elem: &category.Type{Kind: category.Fin, N: 5}}), nil, types(category.NewReal()), map[string]int{"k": 5}, map[string][]int{"t": {6}}},
		{"elementwise", "mul", types(category.NewReal(2, 2), category.NewReal(2, 2)), nil, types(nil), nil, map[string][]int{"s": {2, 2}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, bad := solvePrim(prims[c.prim], c.ins, c.given, c.outs, nil)
			require.Nil(t, bad)
			require.Equal(t, c.dims, p.Dims)
			require.Equal(t, c.segs, p.Segs)
		})
	}
}

func TestMisfits(t *testing.T) {
	prims := loadStd().prims
	r := category.NewReal
	weight := func(dims ...int) *category.Type {
		return objectOver("Layer", record(category.Field{Name: "weight", Type: r(dims...)}, category.Field{Name: "bias", Type: r(dims[0])}), nil)
	}
	image := objectOver("Image", r(64), nil)
	settings := map[string]category.SettingValue{"heads": {Const: 4, Wire: -1}, "to": {Const: 4, Wire: -1}}
	for _, c := range []struct {
		name, prim string
		ins        []*category.Type
		given      *category.Type
		outs       []*category.Type
		code       diag.Code
		says       string
	}{
		{"inner extent", "affine", types(image), weight(10, 32), types(nil), diag.CT0401, "i is 64 in Image = R[64], and 32 in R[10, 32]"},
		{"outer extent", "affine", types(image), weight(10, 64), types(r(9)), diag.CT0401, "..o is [10] in R[10, 64], and [9] in R[9]"},
		{"bias", "affine", types(image), record(category.Field{Name: "weight", Type: r(3, 64)}, category.Field{Name: "bias", Type: r(4)}), types(nil), diag.CT0401, "..o is [3] in R[3, 64], and [4] in R[4]"},
		{"scalar input", "affine", types(r()), weight(10, 32), types(nil), diag.CT0401, "x has at least 1 axis here, and R has 0"},
		{"scalar is no tensor", "squared_error", types(r(1), r(1)), nil, types(r()), diag.CT0401, "p has 0 axes here, and R[1] has 1"},
		{"field missing", "affine", types(image), record(category.Field{Name: "weight", Type: r(3, 64)}), types(nil), diag.CT0401, "has no field bias"},
		{"field unknown", "affine", types(image), record(category.Field{Name: "weight", Type: r(3, 64)}, category.Field{Name: "offset", Type: r(3)}), types(nil), diag.CT0401, "has a field offset"},
		{"no record", "affine", types(image), r(3, 64), types(nil), diag.CT0401, "R[3, 64] is none"},
		{"kind", "sigmoid", types(&category.Type{Kind: category.Fin, N: 3}), nil, types(nil), diag.CT0401, "x is R[..s], and Fin[3] is not"},
		{"record for a tensor", "sigmoid", types(weight(1, 1)), nil, types(nil), diag.CT0401, "and Layer = { weight: R[1, 1], bias: R[1] } is not"},
		{"classes", "cross_entropy", types(objectOver("Guess", r(3), simplex), &category.Type{Kind: category.Fin, N: 4}), nil, types(r()), diag.CT0401, "k is 3 in Guess = R[3] in simplex, and 4 in Fin[4]"},
		{"undecided", "affine", types(nil), weight(3, 2), types(nil), diag.CT0809, "decides the axes ..t"},
		{"domain", "binary_cross_entropy", types(r(), objectOver("Target", r(), bits)), nil, types(r()), diag.CT0501, "R holds any number, and p takes [0, 1]"},
		{"domain of a logarithm", "log", types(r(3)), nil, types(nil), diag.CT0501, "x takes [0, inf)"},
		{"no distribution", "cross_entropy", types(objectOver("Odds", r(3), unit01), &category.Type{Kind: category.Fin, N: 3}), nil, types(r()), diag.CT0501, "p takes simplex"},
		{"codomain", "sigmoid", types(r()), nil, types(objectOver("Label", r(), bits)), diag.CT0502, "it gives numbers in [0, 1], and Label = R in {0, 1} holds {0, 1}"},
		{"float codomain", "exp", types(r()), nil, types(objectOver("Rate", r(), strictly)), diag.CT0502, "it gives numbers in [0, inf)"},
		{"unbounded codomain", "affine", types(r(2)), weight(1, 2), types(objectOver("P", r(1), unit01)), diag.CT0502, "it gives any number"},
		{"identity widens", "relabel", types(r()), nil, types(objectOver("P", r(), unit01)), diag.CT0502, "it gives any number"},
		{"sum leaves", "add", types(objectOver("P", r(), unit01), nil), nil, types(nil), diag.CT0502, "it may leave [0, 1]"},
		{"sum of indices", "add", types(&category.Type{Kind: category.Fin, N: 3}, nil), nil, types(nil), diag.CT0401, "its lines are about real numbers"},
		{"different objects", "add", types(image, objectOver("Other", r(64), nil)), nil, types(nil), diag.CT0401, "it is about Image"},
		{"gradient of another", "sgd", types(category.NewTangent(image)), weight(1, 1), types(nil), diag.CT0401, "it takes tangent Layer"},
		{"no state", "adam", types(category.NewTangent(image)), image, types(nil), diag.CT0401, "works on a state Adam[P]"},
		{"heads", "attention", types(objectOver("Queries", r(8, 10), nil), r(3, 10), r(3, 12)), nil, types(nil), diag.CT0402, "`e = d / heads` would be 2.5, which is no dimension: d is 10 in Queries = R[8, 10], heads is 4"},
		{"keys", "causal_attention", types(r(8, 12), objectOver("Keys", r(9, 12), nil), r(8, 12)), nil, types(nil), diag.CT0401, "t is 8 in R[8, 12], and 9 in Keys = R[9, 12]"},
		{"other number of numbers", "reshape", types(r(3, 4)), nil, types(objectOver("Square", r(3, 3), nil)), diag.CT0401, "Square = R[3, 3] holds 9 numbers, and x has 12"},
		{"flattened to less", "flatten", types(r(3, 4)), nil, types(objectOver("Line", r(9), nil)), diag.CT0401, "k is 9 in Line = R[9], and it is computed to be 12"},
		{"joined to less", "concat", types(r(2, 3), r(2, 4)), nil, types(objectOver("Both", r(2, 6), nil)), diag.CT0401, "k is 6 in Both = R[2, 6], and it is computed to be 7"},
		{"part beyond the end", "slice", types(r(3)), nil, types(r(4)), diag.CT0802, "an index of x runs from 0 to 3, and the tensor has 0 to 2 there"},
		{"rows renamed", "relabel", types(r(3, 4)), nil, types(&category.Type{Kind: category.Power, N: 3, Elem: r(4)}), diag.CT0401, "y is R[..s], and R[4] ^ 3 is not"},
		{"rows beyond a set", "sigmoid", types(r(3, 4)), nil, types(&category.Type{Kind: category.Power, N: 3, Elem: objectOver("Label", r(4), bits)}), diag.CT0502, "it gives numbers in [0, 1]"},
		{"target of a hinge", "hinge", types(r(), objectOver("Target", r(), bits)), nil, types(r()), diag.CT0501, "t takes {-1, 1}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, bad := solvePrim(prims[c.prim], c.ins, c.given, c.outs, settings)
			require.Nil(t, p)
			require.NotNil(t, bad)
			require.Contains(t, bad.Message, c.says)
			require.Equal(t, c.code, bad.Code)
		})
	}
}

func TestSetsThatFollowFromTheLines(t *testing.T) {
	prims := loadStd().prims
	r := category.NewReal
	p := func(set *category.Set, dims ...int) *category.Type { return objectOver("P", r(dims...), set) }
	for _, c := range []struct {
		prim string
		in   *category.Type
		out  *category.Type
		fits bool
	}{
		{"mean", p(unit01, 4), p(unit01), true},
		{"mean", p(positive, 4), p(positive), true},
		{"mean", p(nil, 4), p(positive), false},
		{"sum", p(positive, 4), p(positive), true},
		{"sum", p(strictly, 4), p(strictly), true},
		{"sum", p(unit01, 4), p(unit01), false},
		{"sum", p(unit01, 4), p(&category.Set{Low: 0, High: 4}), true},
		{"relabel", p(simplex, 4), p(simplex, 4), true},
		{"relabel", p(bits, 4), p(bits, 4), true},
		{"relabel", p(bits, 4), p(unit01, 4), true},
		{"relu", p(nil, 4), p(positive, 4), true},
		{"reshape", p(positive, 4, 3), p(positive, 2, 6), true},
		{"reshape", p(simplex, 4, 3), p(unit01, 2, 6), true},
		{"reshape", p(simplex, 4, 3), p(simplex, 2, 6), false},
		{"flatten", p(nil, 4, 3), p(positive, 12), false},
		{"max_trailing", p(unit01, 4, 3), p(unit01, 4), true},
		{"softmax", p(nil, 4), p(simplex, 4), true},
		{"softmax", p(nil, 4), p(unit01, 4), true},
		{"logit", p(unit01), p(nil), true},
	} {
		_, bad := solvePrim(prims[c.prim], types(c.in), nil, types(c.out), nil)
		require.Equal(t, c.fits, bad == nil, "%s: %s to %s %v", c.prim, described(c.in), described(c.out), bad)
	}
	_, bad := solvePrim(prims["add"], types(p(strictly), p(strictly)), nil, types(nil), nil)
	require.NotNil(t, bad, "another object of the same name")
	q := p(strictly)
	_, bad = solvePrim(prims["add"], types(q, q), nil, types(q), nil)
	require.Nil(t, bad)
	_, bad = solvePrim(prims["scale"], types(p(unit01)), nil, types(p(&category.Set{Low: 0, High: 0.5})), map[string]category.SettingValue{"by": {Const: 0.5, Wire: -1}})
	require.Nil(t, bad)
}

func TestOutTypes(t *testing.T) {
	prims := loadStd().prims
	p, bad := solvePrim(prims["softmax"], types(category.NewReal(2, 3)), nil, types(nil), nil)
	require.Nil(t, bad)
	require.Equal(t, "R[2, 3] in simplex", outTypes(p)[0].String())
}
