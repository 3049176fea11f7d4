package check

import (
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/stretchr/testify/require"
)

const primObjects = `
object Point = R[3]
object Flat = R[2, 3]
object Token = Fin[3]
object Amount
object Model = { weight: R[2, 3], bias: R[2] }
object Pair = R[2]
`

// primOf checks one arrow by equations among primObjects.
func primOf(t *testing.T, text string) (*category.PrimDecl, *diag.List) {
	t.Helper()
	c, diags := Check(diag.NewSource("test.cat", primObjects+text), Options{})
	if c == nil {
		return nil, diags
	}
	last := c.Arrows[len(c.Arrows)-1]
	return last.Diagram.Nodes[0].Op.(*category.Apply).Prim.Decl, diags
}

func TestFaultyEquations(t *testing.T) {
	for _, c := range []struct {
		name, text string
		code       diag.Code
		says       string
	}{
		{"unknown name", "arrow f(x: Point) -> Point { means y[i] = xx[i] }", diag.CT0801, "`f` has no xx here"},
		{"unknown bare name", "arrow f(x: Point) -> Amount { means y = rate }", diag.CT0801, "`f` has no rate here"},
		{"too few indices", "arrow f(x: Flat) -> Point { means y[i] = x[i] }", diag.CT0802, "x has 2 indices, and here it has 1"},
		{"no index", "arrow f(x: Point) -> Point { means y[i] = x }", diag.CT0802, "x has 1 index, and here it has 0"},
		{"target index", "arrow f(x: Point) -> Flat { means y[i] = x[i] }", diag.CT0802, "y has 2 indices, and here it has 1"},
		{"extents differ", "arrow f(x: Point) -> Pair { means y[i] = x[i] }", diag.CT0802, "the index i runs over 2, and this place over 3"},
		{"unbound index", "arrow f(x: Point) -> Point { means y[i] = x[j] }", diag.CT0801, "no j here"},
		{"unranged index", "arrow f(x: Amount) -> Amount { means s[j] = x  y = x }", diag.CT0807, "nothing says what j runs over"},
		{"unranged sum", "arrow f(x: Amount) -> Amount { means y = sum j: x }", diag.CT0807, "nothing says what j runs over"},
		{"bound twice", "arrow f(x: Flat) -> Pair { means y[i] = sum i: x[i, i] }", diag.CT0808, "the index i is bound already"},
		{"index named as tensor", "arrow f(x: Point) -> Point { means y[x] = x[x] }", diag.CT0808, "x is no index"},
		{"function", "arrow f(x: Amount) -> Amount { means y = expo(x) }", diag.CT0803, "no elementary function expo"},
		{"arity", "arrow f(x: Amount) -> Amount { means y = max(x) }", diag.CT0811, "max takes 2 arguments, here it has 1"},
		{"writes input", "arrow f(x: Amount) -> Amount { means x = 1  y = x }", diag.CT0804, "x comes from outside"},
		{"writes parameter", "arrow f(x: Amount) -> Amount given Amount { means p = 1  y = x }", diag.CT0804, "p comes from outside"},
		{"output missing", "arrow f(x: Amount) -> Amount * Amount { means y1 = x }", diag.CT0805, "no line of means defines the output y2"},
		{"twice", "arrow f(x: Amount) -> Amount { means y = x  y = 1 }", diag.CT0808, "y is defined twice"},
		{"later line", "arrow f(x: Amount) -> Amount * Amount { means y1 = y2  y2 = x }", diag.CT0813, "y2 is read before its line"},
		{"not kept", "arrow f(x: Amount) -> Amount { means y = x * x  reverse dx = 2 * x * dy }", diag.CT0806, "reverse lines read x, which is not kept"},
		{"keeps unknown", "arrow f(x: Amount) -> Amount { means y = x  keeps z  reverse dx = dy }", diag.CT0801, "no z here"},
		{"keeps parameter", "arrow f(x: Amount) -> Amount given Amount { means y = p * x  keeps x, p  reverse dx = p * dy  dp = x * dy }", diag.CT0812, "p is a parameter"},
		{"keeps twice", "arrow f(x: Amount) -> Amount { means y = x  keeps x, x  reverse dx = dy }", diag.CT0812, "x is kept twice"},
		{"cotangent missing", "arrow f(x: Point) -> Pair given Model { means y[o] = bias[o] + sum i: weight[o, i] * x[i]  keeps x  reverse dx[i] = sum o: weight[o, i] * dy[o]  dbias[o] = dy[o] }", diag.CT0805, "no reverse line defines dweight"},
		{"cotangent of index", "arrow f(c: Token) -> Amount { means y = c  reverse dc = dy }", diag.CT0804, "c holds indices, which have no cotangent"},
		{"reads own cotangent", "arrow f(x: Amount) -> Amount { means y = x  reverse dx = dx }", diag.CT0801, "no dx here"},
		{"index from elsewhere", "arrow f(x: Flat, c: Token) -> Amount { means y = sum i: x[c, i] }", diag.CT0802, "an index here lies in Fin[2]"},
		{"real index", "arrow f(x: Point, a: Amount) -> Amount { means y = x[a] }", diag.CT0802, "a does not"},
		{"quotient index", "arrow f(x: Point) -> Point { means y[i] = x[i / 2] }", diag.CT0802, "a quotient need not be a whole number"},
		{"quotient of a setting", "arrow f(x: Point) -> Point with (by: Int in [0, 9] = 0) { means y[i] = padded(x[i / by]) }", diag.CT0802, "divided by what may be 0"},
		{"quotient of a variable", "arrow f(x: Point) -> Point { means y[i] = padded(x[i / i]) }", diag.CT0802, "divided by what may be 0"},
		{"real index in a padded element", "arrow f(x: Point, a: Amount) -> Point { means y[i] = padded(x[i + a]) }", diag.CT0802, "an index is a variable"},
		{"padded is no function", "arrow f(x: Point) -> Point { means y[i] = padded(x[i] + 1) }", diag.CT0811, "padded takes one element"},
		{"padded scalar", "arrow f(x: Amount) -> Amount { means y = padded(x) }", diag.CT0811, "padded takes one element"},
		{"padded, unknown", "arrow f(x: Point) -> Point { means y[i] = padded(z[i]) }", diag.CT0801, "no z here"},
		{"padded function", "arrow f(x: Point) -> Point { means y[i] = paded(x[i]) }", diag.CT0803, "no elementary function paded"},
		{"below a number that is none", "arrow f(x: Point) -> Amount { means y = sum i < 2.5: padded(x[i]) }", diag.CT0807, "i stays below a dimension"},
		{"below nothing", "arrow f(x: Point) -> Amount { means y = sum i < 0: padded(x[i]) }", diag.CT0807, "i stays below a dimension"},
		{"below a real setting", "arrow f(x: Point) -> Amount with (n: R = 2) { means y = sum i < n: padded(x[i]) }", diag.CT0807, "i stays below a dimension"},
		{"below what may be 0", "arrow f(x: Point) -> Amount with (n: Int in [0, 3] = 2) { means y = sum i < n: padded(x[i]) }", diag.CT0807, "n may be 0, and then i has no value"},
		{"below another range", "arrow f(x: Point) -> Amount { means y = sum i < 2: x[i] }", diag.CT0802, "the index i runs over 2, and this place over 3"},
		{"default outside", "arrow f(x: Point) -> Amount with (n: Int in [1, 3] = 4) { means y = x[0] }", diag.CT0503, "the default of n does not lie in [1, 3]"},
		{"default that follows", "arrow f(x: Point) -> Amount with (n: Int in [1, 9] = 4, m: Int in [1, 3] = n) { means y = x[0] }", diag.CT0503, "m lies in [1, 3], and 4 does not"},
		{"half a whole", "arrow f(x: Point) -> Amount with (n: Int in [0, 3] = 0.5) { means y = x[0] }", diag.CT0402, "a whole number of at least 0, and not 0.5"},
		{"no computed dimension", "arrow f(x: Point) -> Amount { where n = exp(2)  means y = x[0] }", diag.CT0817, "dimensions, numbers, + - * / and floor"},
		{"computed from the unknown", "arrow f(x: Point) -> Amount { where n = m  means y = x[0] }", diag.CT0817, "dimensions, numbers, + - * / and floor"},
		{"negative quotient", "arrow f(x: Point) -> Point { means y[i] = x[floor((i - 1) / 2) + 1] }", diag.CT0802, "an index of x divides numbers from -1 on"},
		{"quotient by nothing", "arrow f(x: Point) -> Point { means y[i] = x[floor(i / i)] }", diag.CT0802, "an index of x runs from"},
		{"quotient out of range", "arrow f(x: Flat) -> Flat { means y[i, j] = x[i, floor(2 * j / 1)] }", diag.CT0802, "an index of x runs from 0 to"},
		{"computed dimension named as tensor", "arrow f(x: Point) -> Point { where x = 2\n means y[i] = 1 }", diag.CT0808, "x is both an input and a dimension"},
		{"out of range", "arrow f(x: Point) -> Point { means y[i] = x[i + 1] }", diag.CT0802, "an index of x runs from 1 to 3, and the tensor has 0 to 2"},
		{"kink", "arrow f(x: Amount) -> Amount { means y = x  kink q = 0 }", diag.CT0815, "q is neither"},
		{"kernel", "arrow f(x: Amount) -> Amount { means y = x  kernel affine }", diag.CT0810, "only standard arrows have kernels"},
		{"each", "arrow f(x: Amount) -> Amount { each P  means y = x }", diag.CT0810, "`each P`"},
		{"record input", "arrow f(x: Model) -> Amount { means y = 1 }", diag.CT0814, "equations speak of numbers and tensors, and Model is neither"},
		{"names clash", "arrow f(x: Amount, dx: Amount) -> Amount { means y = x }", diag.CT0808, "dx is an input and the cotangent of x"},
		{"default", "arrow f(x: Amount) -> Amount with (rate: R in (0, inf) = 0) { means y = rate * x }", diag.CT0503, "the default of rate does not lie in (0, inf)"},
		{"setting", "arrow f(x: Amount) -> Amount with (rate: Point) { means y = x }", diag.CT0816, "a setting is one number, and Point is not"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, diags := primOf(t, strings.ReplaceAll(c.text, "  ", "\n"))
			all := diags.All()
			require.NotEmpty(t, all)
			require.Contains(t, all[0].Message, c.says)
			require.Equal(t, c.code, all[0].Code)
			require.True(t, all[0].Span.Known())
			require.Len(t, all, 1, "one fault, one diagnostic")
		})
	}
}

func TestEquationsOfUsers(t *testing.T) {
	d, diags := primOf(t, `arrow blend(x: Point, c: Token) -> Amount given Model with (rate: R = 2) {
    means   s[o] = bias[o] + sum i: weight[o, i] * x[i]
            y    = rate * (sum o: s[o] * s[o]) + x[c]
    keeps   x, c, s
    reverse g[o]          = 2 * rate * s[o] * dy
            dx[i]         = dy * (i == c) + sum o: g[o] * weight[o, i]
            dweight[o, i] = g[o] * x[i]
            dbias[o]      = g[o]
}`)
	require.False(t, diags.HasErrors(), "%v", diags.All())
	require.Equal(t, []string{"x", "c"}, portNames(d.Ins))
	require.Equal(t, []string{"weight", "bias"}, portNames(d.Given))
	require.Equal(t, []string{"y"}, portNames(d.Outs))
	require.Equal(t, []category.DimTerm{{Const: 2}}, d.Local("s").Shape)
	require.False(t, d.Local("s").Reverse)
	require.True(t, d.Local("g").Reverse)
	require.Equal(t, category.DimTerm{Const: 3}, d.Means[0].Range["i"])
	require.False(t, d.Std)
	require.Empty(t, d.Kernel)
}

// Computed dimensions of users' equations range over indices, and quotients
// find the block that an index lies in.
func TestComputedDimensions(t *testing.T) {
	d, diags := primOf(t, `arrow blocks(x: R[12]) -> R[12] {
    where   block = 3
            e    = 12 / block
    means   s[block] = sum e: x[block*size(e) + e]
            y[i]     = x[i] - s[floor(i / size(e))]
    keeps   x
    reverse g[block] = sum e: dy[block*size(e) + e]
            dx[i]    = dy[i] - g[floor(i / size(e))]
}`)
	require.False(t, diags.HasErrors(), "%v", diags.All())
	require.Equal(t, []string{"block", "e"}, d.Dims)
	require.Equal(t, []category.DimTerm{{Var: "block"}}, d.Local("s").Shape)
}

func TestSchemesOfStd(t *testing.T) {
	prims := loadStd().prims
	affine := prims["affine"]
	require.Equal(t, []string{"t", "i", "o"}, affine.Dims)
	require.Equal(t, map[string]bool{"t": true, "o": true}, affine.Segments)
	require.Equal(t, "glorot", affine.Given[0].Init.Name)
	require.True(t, affine.Given[1].NoDecay)
	require.True(t, prims["relabel"].IdentityLike())
	require.False(t, prims["relu"].IdentityLike())

	adam := prims["adam"]
	require.Equal(t, "Adam", adam.State)
	require.True(t, adam.Each)
	require.Equal(t, []string{"params", "mean", "variance", "count"}, portNames(adam.Given))
	require.Equal(t, []string{"params'", "mean'", "variance'", "count'"}, portNames(adam.Outs))
	require.Equal(t, category.Int, adam.Given[3].Kind)
	require.True(t, adam.Given[1].TangentOf)
	require.Equal(t, []string{"p'"}, portNames(prims["sgd"].Outs))
}

func TestFaultyStd(t *testing.T) {
	for _, c := range []struct{ old, new, says string }{
		{"y[t, o] = bias[o] + sum i: weight[o, i] * x[t, i]", "y[t, o] = bias[o] + sum i: weight[o, i] * x[i, t]", "the index i runs over i, and this place over ..t"},
		{"keeps    y\n    reverse  dx[s] = dy[s] * y[s] * (1 - y[s])", "reverse  dx[s] = dy[s] * y[s] * (1 - y[s])", "which is not kept"},
		{"each     A", "each     B", "`each B`"},
		{"p'[s] = p[s]", "p[s] = p[s]", "p comes from outside"},
		{"dx[t, i]      = sum o: weight[o, i]", "dx[t, j]      = sum o: weight[o, i]", "nothing binds the index i here"},
		{"size(s)", "size(u)", "size takes one dimension"},
		{"stores   affine_transposed\n", "stores   affine_turned\n", "no arrow by equations is called affine_turned"},
		{"stores   affine_transposed\n", "stores   sigmoid\n", "sigmoid differs from affine in more than the order of axes"},
		{"adds     dweight, dbias", "adds     dweight, dy", "`affine_transposed` has no reverse line for dy"},
		{"splits   y, dx", "splits   y, x", "`affine_transposed` has no line for x that has columns"},
		{"arrow relu: R[..s] -> R[..s] in [0, inf) {", "arrow relu: R[..s] {", "expected `->`"},
		{"arrow relu: R[..s] -> R[..s] in [0, inf) {", "arrow relu(x: R[..s]) {", "expected `->`"},
		{"arrow relu: R[..s] -> R[..s] in [0, inf) {", "arrow relu {", "`relu` is given by equations and needs its objects"},
		{"arrow relu: R[..s]", "arrow relu: Text", "a scheme is made of R[…]"},
		{"object Momentum[P] = { params: P, velocity: tangent P }", "object Momentum[P] = P", "the state Momentum is no record"},
		{"arrow leaky_relu", "arrow relu", "relu is declared twice"},
		{"affine >> relu = affine_relu", "affine >> relu = relu", "the law relu_into_affine is no rewrite"},
		{"affine >> relu = affine_relu", "affine >> relu = affine_tank", "no primitive affine_tank"},
		{"affine >> relu = affine_relu", "affine >> relu = (affine, relu)", "a rewrite is made of primitives"},
		{"affine >> relu = affine_relu", "relu >> squared_error = affine_relu", "these do not compose"},
		{"affine >> relu = affine_relu", "affine >> affine = affine_relu", "at most one primitive with parameters"},
	} {
		_, diags := CheckStd(func(_, text string) string { return strings.Replace(text, c.old, c.new, 1) })
		require.True(t, diags.HasErrors(), c.new)
		require.Contains(t, hints(diags), c.says)
	}
}
