package check

import (
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/stretchr/testify/require"
)

// prelude declares enough to compose.
const prelude = `category t
object A
object B
object C
object V = R[4]
object W = R[4]
object S = R in [0, inf)
object U = R in [0, 1]
object L1 = { weight: R[4, 4], bias: R[4] }
object L2 = { weight: R[4], bias: R }
object Pair = A * B
object Four = A ^ 4
arrow f: A -> B
arrow g: B -> C
arrow h: A * B -> C
arrow back: B -> A
arrow dense: V -> V given L1 = std.affine
arrow head: V -> A given L2 = std.affine
arrow size: A -> S
`

func sound(t *testing.T, text string) *category.Category {
	t.Helper()
	c, diags := Check(diag.NewSource("t.cat", text), Options{})
	for _, d := range diags.All() {
		t.Logf("%s %s %s %q", d.Code, d.Span, d.Message, d.Help)
	}
	require.NotNil(t, c)
	return c
}

func arrowOf(t *testing.T, c *category.Category, name string) *category.Arrow {
	t.Helper()
	for _, a := range c.Arrows {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no arrow %s", name)
	return nil
}

func TestTermTypes(t *testing.T) {
	for _, tc := range []struct{ decl, dom, cod, given string }{
		{"arrow x = f >> g", "A", "C", "1"},
		{"arrow x = f * g", "A * B", "B * C", "1"},
		{"arrow x = (f, f >> g)", "A", "B * C", "1"},
		{"arrow x = (id, f) >> h", "A", "C", "1"},
		{"arrow x = copy[A] >> f * f", "A", "B * B", "1"},
		{"arrow x = f >> copy >> back * g", "A", "A * C", "1"},
		{"arrow x = h >> drop[C]", "A * B", "1", "1"},
		{"arrow x = id[A] >> f", "A", "B", "1"},
		{"arrow x = (f * id[B]) >> swap >> (id * g)", "A * B", "B * C", "1"},
		{"arrow x: A * B -> C = first >> f >> g", "A * B", "C", "1"},
		{"arrow x: A * B * C -> C = third", "A * B * C", "C", "1"},
		{"arrow x = dense", "V", "V", "L1"},
		{"arrow x = dense >> (dense as other)", "V", "V", "{ dense: L1, other: L1 }"},
		{"arrow x = share (dense >> dense)", "V", "V", "L1"},
		{"arrow x: V -> A given Net = dense >> head", "V", "A", "Net"},
		{"arrow x = repeat[3] dense", "V", "V", "L1 ^ 3"},
		{"arrow x = map[4] f", "A ^ 4", "B ^ 4", "1"},
		{"arrow x = dense + dense as other", "V", "V", "{ dense: L1, other: L1 }"},
		{"arrow x = id[V] + dense", "V", "V", "L1"},
		{"arrow x: 1 -> U = 0.5", "1", "U", "1"},
		{"arrow x = grad (dense >> head)", "V", "tangent { dense: L1, head: L2 }", "{ dense: L1, head: L2 }"},
		{"arrow x = grad head", "V", "tangent L2", "L2"},
		{"arrow x(a: A, b: B) -> C { h(a, f(a)) }", "A * B", "C", "1"},
		{"arrow x(p: Pair) -> C { h(p) }", "A * B", "C", "1"},
		{"arrow x(v: V) -> V { r = v + dense(v)\n r + (dense as late)(r) }", "V", "V", "{ dense: L1, late: L1 }"},
		{"arrow x(v: V) -> A given (p: L1, q: L2) { head(dense(v given p) given q) }", "V", "A", "{ p: L1, q: L2 }"},
		{"arrow x(v: V) -> A given (w: R[4], b: R) { head(v given { weight: w, bias: b }) }", "V", "A", "{ w: R[4], b: R }"},
		{"arrow x(v: V) -> R[4] given (p: L1) { p.bias }", "V", "R[4]", "{ p: L1 }"},
		{"arrow x(a: A) -> B * A { b, c = (f(a), a)\n (b, c) }", "A", "B * A", "1"},
		{"arrow lk: V -> V = std.leaky_relu\narrow x = lk(slope: 0.2) >> lk", "V", "V", "1"},
		{"arrow x = grad head >> sgd(rate: 1)", "V", "L2", "{ head: L2, sgd: L2 }"},
	} {
		t.Run(tc.decl, func(t *testing.T) {
			a := arrowOf(t, sound(t, prelude+tc.decl+"\n"), "x")
			require.Equal(t, tc.dom, a.Dom.String())
			require.Equal(t, tc.cod, a.Cod.String())
			require.Equal(t, tc.given, a.Given.String())
			wellFormed(t, a.Diagram)
		})
	}
}

// wellFormed requires SSA: every wire is written once, before it is read.
func wellFormed(t *testing.T, d *category.Diagram) {
	t.Helper()
	written := map[category.WireID]bool{}
	write := func(w category.WireID) {
		require.False(t, written[w], "wire %d is written twice", w)
		written[w] = true
	}
	for _, w := range d.Ins {
		write(w)
	}
	for _, w := range []category.WireID{d.Given, d.State, d.Seed} {
		if w != category.NoWire {
			write(w)
		}
	}
	for _, w := range d.Settings {
		write(w)
	}
	for _, n := range d.Nodes {
		for _, w := range append(append([]category.WireID{}, n.In...), n.Settings...) {
			require.True(t, written[w], "wire %d is read before it is written", w)
		}
		if n.Given != category.NoWire {
			require.True(t, written[n.Given])
		}
		for _, w := range n.Out {
			write(w)
		}
		switch op := n.Op.(type) {
		case *category.Grad:
			wellFormed(t, op.Body)
		case *category.Map:
			wellFormed(t, op.Body)
		case *category.Repeat:
			wellFormed(t, op.Body)
		}
	}
	for _, w := range d.Outs {
		require.True(t, written[w])
	}
}

func TestTermFaults(t *testing.T) {
	for _, tc := range []struct {
		decl string
		code diag.Code
		span string
	}{
		{"arrow x = f >> f", diag.CT0301, ">>"},
		{"arrow x = g >> f", diag.CT0301, ">>"},
		{"arrow x = (f, g)", diag.CT0305, "g"},
		{"arrow x = f + h", diag.CT0305, "h"},
		{"arrow x = dense >> dense", diag.CT0601, "dense"},
		{"arrow x = share dense", diag.CT0602, "share dense"},
		{"arrow x = dense as y >> f as z", diag.CT0605, "f as z"},
		{"arrow x = id >> id", diag.CT0303, ""},
		{"arrow x = std.relu >> f", diag.CT0304, "std.relu"},
		{"arrow x = relu >> f", diag.CT0304, "relu"},
		{"arrow x = std.relu", diag.CT0304, "std.relu"},
		{"arrow x = fo >> g", diag.CT0203, "fo"},
		{"arrow x: A -> B = std.sigmoyd", diag.CT0204, "std.sigmoyd"},
		{"arrow x: A -> C = f", diag.CT0302, "f"},
		{"arrow x: B -> B = f", diag.CT0302, "f"},
		{"arrow x: A -> V = std.relu", diag.CT0401, "std.relu"},
		{"arrow x: V -> A = std.affine", diag.CT0607, "std.affine"},
		{"arrow x: V -> V given L1 = std.relu", diag.CT0604, "std.relu"},
		{"arrow x = grad f", diag.CT0704, "grad f"},
		{"arrow x = grad dense", diag.CT0703, "grad dense"},
		{"arrow x = grad (grad head)", diag.CT0705, "grad (grad head)"},
		{"arrow x: U -> U = id + id", diag.CT0315, "id + id"},
		{"endo x on L2 = grad head", diag.CT0701, "grad head"},
		{"endo x on L2 = grad head >> sgd", diag.CT0707, "sgd"},
		{"endo x on L2 = grad head >> sgd(rate: 0)", diag.CT0503, "0"},
		{"endo x on L2 = grad head >> sgd(rat: 1)", diag.CT0706, "rat"},
		{"endo x on L2 given U = grad head >> sgd", diag.CT0710, ""},
		{"endo x on L2 = grad head >> adam(rate: 1)", diag.CT0711, ""},
		{"endo y on L2 = grad head >> sgd(rate: 1)\narrow x = y >> f", diag.CT0708, "y"},
		{"arrow x = y\narrow y = x", diag.CT0207, "x"},
		{"arrow x: 1 -> U = 2", diag.CT0503, "2"},
		{"arrow x = dense >> .weight", diag.CT0307, "weight"},
		{"arrow x(a: A) -> B { f }", diag.CT0312, "f"},
		{"arrow x(a: A) -> B { f(b) }", diag.CT0203, "b"},
		{"arrow x(a: A) -> B { g(a) }", diag.CT0308, "g(a)"},
		{"arrow x(a: A) -> B { f = f(a)\n f }", diag.CT0206, "f"},
		{"arrow x(a: A) -> B { a = f(a)\n a }", diag.CT0206, "a"},
		{"arrow x = a(b)", diag.CT0318, "a(b)"},
		{"arrow x: A -> C given Nix = f >> g", diag.CT0604, ""},
		{"arrow x given L2 = dense >> (dense as e)", diag.CT0603, ""},
		{"arrow x = f(rate: 1)", diag.CT0706, "rate"},
		{"arrow lk: V -> V = std.leaky_relu\narrow x = lk(slop: 0.2)", diag.CT0706, "slop"},
		{"arrow lk: V -> V = std.leaky_relu\narrow x = lk(slope: 2)", diag.CT0503, "2"},
		{"arrow x: R[..s] -> V { means y[s] = x[s] }", diag.CT1006, "..s"},
		{"arrow x", diag.CT0310, "x"},
		{"law x: f = g", diag.CT0309, "x"},
		{"law x: dense = head", diag.CT0309, "x"},
		{"law x: f >> back = id within -1", diag.CT0503, "-1"},
	} {
		t.Run(tc.decl, func(t *testing.T) {
			_, diags := Check(diag.NewSource("t.cat", prelude+tc.decl+"\n"), Options{})
			all := diags.All()
			for _, d := range all {
				t.Logf("%s %s %q %s", d.Code, d.Span, d.Span.Text(), d.Message)
			}
			require.NotEmpty(t, all)
			require.Equal(t, tc.code, all[0].Code)
			require.Len(t, all, 1)
			if tc.span != "" {
				require.Equal(t, tc.span, all[0].Span.Text())
			}
		})
	}
}
