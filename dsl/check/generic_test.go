package check

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// combinators are generic arrows of every form.
const combinators = `
object Wide = R[6]
object Up = { weight: R[6, 4], bias: R[6] }
object Down = { weight: R[4, 6], bias: R[4] }
arrow widen: V -> Wide given Up = std.affine
arrow narrow: Wide -> V given Down = std.affine
arrow relu: V -> V = std.relu
arrow residual[X](k: X -> X): X -> X = id + k
arrow named[X](k: X -> X)(at: X) -> X { at + k(at) }
arrow between[X, Y](up: X -> Y, down: Y -> X) = up >> down
arrow around[X, Y](up: X -> Y, down: Y -> X): X -> X = residual(between(up, down))
arrow twice[X](k: X -> X): X -> X = (k as one) >> (k as two)
arrow tied[X](k: X -> X): X -> X = share (k >> k)
arrow along[X, Y, dim n](k: X -> Y): X ^ n -> Y ^ n = map k
arrow often[X, dim n](k: X -> X): X -> X = repeat[n] k
arrow doubled[X]: X -> X * X = copy
arrow beside[X, Y, Z](k: X -> Y): X * Z -> Y * Z = k * id[Z]
arrow turned[X, Y]: X * Y -> Y * X = (second, first)
arrow dense2[dim n](k: R[n] -> R[2*n]): R[n] -> R[2*n] = k
arrow fixed(k: V -> V): V -> V = k >> relu
arrow pairs[X]: X ^ 2 -> X ^ 2 = id
arrow slope[X](k: X -> S) = grad k
arrow grow: R[3] -> R[6]
arrow cost: V -> S given L2
`

func TestGenericArrows(t *testing.T) {
	for _, tc := range []struct{ decl, dom, cod, given string }{
		{"arrow x = residual(dense)", "V", "V", "L1"},
		{"arrow x = residual[V](relu)", "V", "V", "1"},
		{"arrow x = residual(widen >> narrow)", "V", "V", "{ widen: Up, narrow: Down }"},
		{"arrow x = named(dense) >> (named(relu))", "V", "V", "L1"},
		{"arrow x = named(dense) >> (named(dense) as second_one)", "V", "V", "{ dense: L1, second_one: L1 }"},
		{"arrow x = share (residual(dense) >> named(dense))", "V", "V", "L1"},
		{"arrow x = repeat[3] residual(dense)", "V", "V", "L1 ^ 3"},
		{"arrow x(v: V) -> V { w = residual(dense)(v)  named(relu)(w) }", "V", "V", "L1"},
		{"arrow x(v: V) -> V given (p: L1) { residual(dense)(v given p) }", "V", "V", "{ p: L1 }"},
		{"arrow x: V -> V given Both = around(widen, narrow)", "V", "V", "Both"},
		{"arrow x = between[V, Wide](widen, narrow)", "V", "V", "{ widen: Up, narrow: Down }"},
		{"arrow x = twice(relu)", "V", "V", "1"},
		{"arrow x = twice(dense)", "V", "V", "{ one: L1, two: L1 }"},
		{"arrow x = twice(widen >> narrow)", "V", "V", "{ one: { widen: Up, narrow: Down }, two: { widen: Up, narrow: Down } }"},
		{"arrow x = repeat[2] twice(widen >> narrow)", "V", "V", "{ one: { widen: Up, narrow: Down }, two: { widen: Up, narrow: Down } } ^ 2"},
		{"arrow x = tied(dense)", "V", "V", "L1"},
		{"arrow x = tied(relu)", "V", "V", "1"},
		{"arrow x = along[3](f)", "A ^ 3", "B ^ 3", "1"},
		{"arrow x: A ^ 3 -> B ^ 3 = along[A, B, 3](f)", "A ^ 3", "B ^ 3", "1"},
		{"arrow x = often[3](dense)", "V", "V", "L1 ^ 3"},
		{"arrow x = f >> doubled", "A", "B * B", "1"},
		{"arrow x = doubled[A * B]", "A * B", "A * B * A * B", "1"},
		{"arrow x: A * C -> B * C = beside(f)", "A * C", "B * C", "1"},
		{"arrow x = beside[A, B, C * C](f)", "A * C * C", "B * C * C", "1"},
		{"arrow x: A * B -> B * A = turned", "A * B", "B * A", "1"},
		{"arrow x = dense2(grow)", "R[3]", "R[6]", "1"},
		{"arrow x = fixed(dense)", "V", "V", "L1"},
		{"arrow x: A ^ 2 -> A ^ 2 = pairs", "A ^ 2", "A ^ 2", "1"},
		{"arrow x = slope(cost)", "V", "tangent L2", "L2"},
	} {
		t.Run(tc.decl, func(t *testing.T) {
			c := sound(t, prelude+combinators+tc.decl)
			a := arrowOf(t, c, "x")
			assert.Equal(t, tc.dom, a.Dom.String())
			assert.Equal(t, tc.cod, a.Cod.String())
			assert.Equal(t, tc.given, a.Given.String())
			for _, other := range c.Arrows {
				assert.NotContains(t, []string{"residual", "named", "along"}, other.Name, "no arrow of its own")
			}
		})
	}
}

// What a generic arrow is for: the diagram is that of the term written out.
func TestGenericIsWrittenOut(t *testing.T) {
	c := sound(t, prelude+combinators+`
arrow x = residual(dense) >> named(relu)
arrow y(v: V) -> V {
    w = v + dense(v)
    w + relu(w)
}
`)
	ops := func(name string) (list []string) {
		for _, n := range arrowOf(t, c, name).Diagram.Nodes {
			text := fmt.Sprintf("%T", n.Op)
			if call, ok := n.Op.(*category.Call); ok {
				text = call.Arrow.Name
			}
			list = append(list, fmt.Sprint(text, len(n.In), n.Given != category.NoWire))
		}
		return list
	}
	assert.Equal(t, ops("y"), ops("x"))
}

func TestGenericFaults(t *testing.T) {
	const spec = prelude + combinators
	runFaults(t, []fault{
		// Of the declaration: once, there, however often it is used.
		{"unknown in a body", spec + "arrow g1[X](k: X -> X): X -> X = k >> kk\narrow x = g1(relu)\narrow y = g1(dense)", []string{"CT0203 kk"}},
		{"body of its own object", spec + "arrow g1[X](k: X -> X): X -> X = k >> relu\narrow x = g1(relu)", []string{"CT0301 >>"}},
		{"body gives another", spec + "arrow g1[X, Y](k: X -> Y): Y -> X = k", []string{"CT0302 k"}},
		{"body takes another", spec + "arrow g1[X, Y](k: X -> X): Y -> X = k", []string{"CT0302 k"}},
		{"cycle", spec + "arrow g1[X](k: X -> X): X -> X = g2(k)\narrow g2[X](k: X -> X): X -> X = g1(k)\narrow x = g1(relu)", []string{"CT0207 g1"}},
		{"cycle through an arrow", spec + "arrow g1[X](k: X -> X): X -> X = k >> k1\narrow k1 = g1(relu)", []string{"CT0207 g1"}},
		{"no body", spec + "arrow g1[X](k: X -> X): X -> X", []string{"CT1006 g1"}},
		{"equations", "arrow g1[X]: X -> X {\n means y[s] = x[s]\n}", []string{"CT1006 g1"}},
		{"written in Go", spec + "arrow g1[X](k: X -> X): X -> X = hand implements k", []string{"CT1006 hand implements k"}},
		{"given", spec + "arrow g1[X](k: X -> X): X -> X given L1 = k", []string{"CT1006 given L1"}},
		{"with", spec + "arrow g1[X](k: X -> X): X -> X with (rate: R) = k", []string{"CT1006 rate"}},
		{"set of an open object", spec + "arrow g1[X](k: X -> X): X in [0, 1] -> X = k", []string{"CT1006 [0, 1]"}},
		{"set out of place", spec + "arrow g1(k: V -> V): V in simplex2 -> V = k", []string{"CT0203 simplex2"}},
		{"named twice", spec + "arrow g1[X, X](k: X -> X): X -> X = k", []string{"CT0206 X"}},
		{"named as a word", spec + "arrow g1[X](id: X -> X): X -> X = id", []string{"CT0206 id"}},
		{"named as an object", spec + "arrow g1[A](k: A -> A): A -> A = k", []string{"CT0206 A"}},
		{"dim for an object", spec + "arrow g1[dim n](k: n -> n) = k", []string{"CT0205 n"}},
		{"brackets on an open object", spec + "arrow g1[X](k: X[3] -> X) = k", []string{"CT0405 X[3]"}},
		{"unknown object", spec + "arrow g1[X](k: X -> Q) = k\narrow x = g1(relu)", []string{"CT0203 Q"}},
		{"unknown object in a product", spec + "arrow g1[X](k: X * Q -> X) = k", []string{"CT0203 Q"}},
		{"inputs without names", spec + "arrow g1[X](k: X -> X): X -> X { k(x) }", []string{"CT0317 g1"}},
		{"local like an argument", spec + "arrow g1[X](k: X -> X)(at: X) -> X { k = at  k }", []string{"CT0206 k"}},
		{"argument for a value", spec + "arrow g1[X](k: X -> X)(at: X) -> X { k }", []string{"CT0312 k"}},
		{"brackets on an argument", spec + "arrow g1[X](k: X -> X): X -> X = k[X]", []string{"CT0405 k[X]"}},
		{"nothing to share", spec + "arrow g1[X](k: X -> X): X -> X = k >> share id", []string{"CT0602 share id"}},

		// Of a use.
		{"too few", spec + "arrow x = between(widen)", []string{"CT0320 between(widen)"}},
		{"none", spec + "arrow x = residual", []string{"CT0320 residual"}},
		{"too many", spec + "arrow x = doubled(relu)", []string{"CT0320 doubled(relu)"}},
		{"brackets", spec + "arrow x = residual[V, V](relu)", []string{"CT0320 residual[V, V]"}},
		{"brackets of what leaves nothing open", spec + "arrow x = fixed[V](relu)", []string{"CT0320 fixed[V]"}},
		{"given among arrows", spec + "arrow x(v: V) -> V given (p: L1) { residual(dense given p)(v) }", []string{"CT0320 p"}},
		{"a value of it", spec + "arrow x(v: V) -> V { residual(relu) }", []string{"CT0312 residual(relu)"}},
		{"value as an argument", spec + "arrow x(v: V) -> V { residual(v)(v) }", []string{"CT0318 v"}},
		{"other ends", spec + "arrow x = residual(widen)", []string{"CT0321 widen"}},
		{"other ends in the middle", spec + "arrow x = residual(id >> f >> g)", []string{"CT0321 id >> f >> g"}},
		{"other object", spec + "arrow x = residual[A](relu)", []string{"CT0321 relu"}},
		{"not of the form", spec + "arrow x = f >> pairs", []string{"CT0321 pairs"}},
		{"not of the form R[n]", spec + "arrow x = dense2(relu)", []string{"CT0321 dense2(relu)"}},
		{"not twice the size", spec + "arrow bad: R[3] -> R[7]\narrow x = dense2(bad)", []string{"CT0321 dense2(bad)"}},
		{"not whole", spec + "arrow halved[dim n](k: R[n] -> R[n/2]) = k\narrow k5: R[5] -> R[2]\narrow x = halved(k5)", []string{"CT0403 n/2"}},
		{"dim left open", spec + "arrow x = often(relu)", []string{"CT0322 n"}},
		{"argument with a fault", spec + "arrow x = twice(relu >> wrong)", []string{"CT0203 wrong"}},
		{"argument with a fault inside", spec + "arrow x = twice(widen >> relu)", []string{"CT0301 >>"}},
		{"one label twice", spec + "arrow chain[X](k: X -> X): X -> X = k >> k\narrow x = chain(dense)\narrow y = chain(relu)", []string{"CT0601 dense"}},
		{"no sum", spec + "arrow prob: U -> U\narrow x = residual(prob)", []string{"CT0315 id + k"}},
		{"no gradient", spec + "arrow free: V -> S\narrow x = slope(free)", []string{"CT0704 grad k"}},
		{"swallowed", spec + "arrow x = sort(relu)", []string{"CT0318 sort(relu)"}},
		{"metric of it", spec + "arrow measure(v: V) -> S given L2 { cost(v) }\nendo step on L2 = grad cost >> sgd(rate: 0.1)\n" +
			"data d: V from csv \"a.csv\" { V: columns 1..4 }\ntrain fit { step: step, on: d, batch: 2, epochs: 1, report: accuracy of residual }", []string{"CT0320 residual"}},
		{"brackets on an arrow", spec + "arrow x = relu[V]", []string{"CT0405 relu[V]"}},
		{"brackets on a standard arrow", spec + "arrow x = grad cost >> sgd[L2](rate: 0.1)", []string{"CT0405 sgd[L2]"}},
		{"brackets on a projection", spec + "arrow p = dense >> id[V]\narrow x = p.weight[V]", []string{"CT0405 p.weight[V]"}},
		{"brackets on a part", spec + "arrow x(p: L1) -> V { p.bias[V] }", []string{"CT0405 p.bias[V]"}},
		{"two objects for id", spec + "arrow x = id[A, B]", []string{"CT0405 id[A, B]"}},
		{"unknown in brackets", spec + "arrow x = residual[Q](relu)", []string{"CT0203 Q"}},
		{"unknown dim in brackets", spec + "arrow x = often[V, q](relu)", []string{"CT0203 q"}},
		{"nothing says which", spec + "arrow x = copy[A] >> beside(f) >> drop * drop\narrow y = turned >> drop * drop", []string{"CT0303 second"}},
	})
}

// A use that unfolds without end is cut off, and so is one that would take for
// ever.
func TestGenericLimit(t *testing.T) {
	text := prelude + "arrow d0[X](k: X -> X): X -> X = k >> k\n"
	for i := range 40 {
		text += fmt.Sprintf("arrow d%d[X](k: X -> X): X -> X = d%d(d%d(k))\n", i+1, i, i)
	}
	_, list := checkSpec(t, text+"arrow relu: V -> V = std.relu\narrow x = d3(relu)\n", Options{})
	assert.Equal(t, []string{"CT1011 d3(k)"}, found(list), "d4 is the first that is too large, and what uses it is silent")
}

// A fault in the body that only this use brings about shows both.
func TestGenericFaultShowsBoth(t *testing.T) {
	_, list := checkSpec(t, prelude+combinators+"arrow prob: U -> U\narrow around2[X](k: X -> X): X -> X = residual(k)\narrow x = around2(prob)", Options{})
	require.Equal(t, 1, list.Len())
	d := list.All()[0]
	assert.Equal(t, "id + k", d.Span.Text())
	var labels []string
	for _, l := range d.Labels {
		labels = append(labels, l.Span.Text()+": "+l.Message)
	}
	assert.Subset(t, labels, []string{"residual(k): in this use of `residual`", "around2(prob): in this use of `around2`"})
}

// Names in a body mean what they mean where it stands, and names in an
// argument what they mean where that stands.
func TestGenericAcrossImports(t *testing.T) {
	p, files := folder(`
-- lib.cat --
object V = R[4]
object L = { weight: R[4, 4], bias: R[4] }
arrow inner: V -> V given L = std.affine
arrow residual[X](f: X -> X)(x: X) -> X { x + f(x) }
arrow framed[dim n](f: V -> V): V -> V = repeat[n] (inner >> residual(f))
-- a.cat --
import "lib.cat"
import "lib.cat" as again
-- b.cat --
import "lib.cat"
object M = { weight: R[4, 4], bias: R[4] }
arrow inner: lib.V -> lib.V given M = std.affine
arrow x = lib.framed[3](inner as mine)
arrow y = lib.residual[lib.V](inner) >> lib.residual(lib.inner as other)
arrow z = lib.residual(lib.residual(inner))
-- c.cat --
import "lib.cat"
object T = R[2]
arrow f: lib.V -> T
arrow x = lib.residual(f)
arrow y = lib.residual
arrow z = lib.inner[T]
-- d.cat --
import "lib.cat"
object Loss
object T = R[4]
arrow loss: T -> Loss
data d: T from csv "a.csv" { T: columns 1..4 }
endo step on lib.L = grad (see >> lib.inner >> unsee >> loss) >> sgd(rate: 0.1)
arrow see: T -> lib.V = std.relabel
arrow unsee: lib.V -> T = std.relabel
train fit { step: step, on: d, batch: 2, epochs: 1, report: accuracy of lib.residual }
`)
	c, list := Check(files["b.cat"], Options{Program: p})
	require.Empty(t, list.All())
	assert.Equal(t, "{ inner: lib.L, mine: M } ^ 3", arrowOf(t, c, "x").Given.In(c))
	assert.Equal(t, "{ inner: M, other: lib.L }", arrowOf(t, c, "y").Given.In(c))
	assert.Equal(t, "M", arrowOf(t, c, "z").Given.In(c))
	_, list = Check(files["c.cat"], Options{Program: p})
	assert.Equal(t, []string{"CT0321 f", "CT0320 lib.residual", "CT0405 lib.inner[T]"}, found(list))
	_, list = Check(files["d.cat"], Options{Program: p})
	assert.Equal(t, []string{"CT0320 lib.residual"}, found(list))
}

func TestGenericHoles(t *testing.T) {
	for _, tc := range []struct{ decls, want string }{
		{"arrow open[X](k: X -> X): X -> X = ? >> k\narrow x = open(relu)", "`?` stands for an arrow X -> X"},
		{"arrow x: V -> V = twice(?)", "`?` stands for an arrow V -> V"},
		{"arrow x(v: V) -> V { residual(?)(v) }", "`?` stands for an arrow V -> V"},
	} {
		_, list := checkSpec(t, prelude+combinators+tc.decls, Options{Holes: true})
		require.Equal(t, 1, list.Len(), tc.decls)
		assert.Equal(t, tc.want, list.All()[0].Message, tc.decls)
	}
}
