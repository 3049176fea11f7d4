package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

func TestObjectFaults(t *testing.T) {
	runFaults(t, []fault{
		{"number", "object A = 3", []string{"CT0406 3"}},
		{"sum", "object A\nobject B = A + A", []string{"CT0406 A + A"}},
		{"segment", "object A = ..t", []string{"CT0406 ..t"}},
		{"Fin without size", "object A = Fin", []string{"CT0405 Fin"}},
		{"Bool with brackets", "object A = Bool[2]", []string{"CT0405 Bool[2]"}},
		{"object with brackets", "object A\nobject B = A[2]", []string{"CT0405 A[2]"}},
		{"List of none", "object A = List", []string{"CT0405 List"}},
		{"state of none", "object A = Adam", []string{"CT0405 Adam"}},
		{"state of indices", "object D = Fin[3]\nobject A = Adam[D]", []string{"CT0408 Adam[D]"}},
		{"field of nothing", "object A = { a: 1, b: R }", []string{"CT0407 1"}},
		{"quotient", "object A\nobject B = A / A", []string{"CT0406 A / A"}},
		{"negative decay", "object A = { w: R[3] decay(-1), v: R decay(1/2) }", []string{"CT0503 -1"}},
		{"infinite decay", "object A = { w: R[3] decay(inf) }", []string{"CT0503 inf"}},
		{"unfinished decay", "object A = { w: R[3] decay(2 }", []string{"CT0101 }"}},
		{"seed of no count", "object A = { w: R[3] init seed, n: Int init seed }", []string{"CT0614 init seed"}},
		{"infinite initialiser", "object A = { w: R[3] init constant(inf) }", []string{"CT0508 inf"}},
		{"constant initialiser outside", "object A = { w: R in [0, 1] init constant(2) }", []string{"CT0609 init constant(2)"}},
		{"fit for another set", "object A = { w: R[3] in [0, 1] init he }", []string{"CT0609 init he"}},
		{"large state", "object N = R[2000000000]\nobject S = Adam[N]", []string{"CT1007 Adam[N]"}},
		{"cycle", "object A = { b: B }\nobject B = { c: C }\nobject C = A", []string{"CT0207 A"}},
		{"cycle through power", "object A = A ^ 3", []string{"CT0207 A"}},
		{"generic", "object A[P] = { p: R }", []string{"CT1006 P"}},
		{"large object", "object A = R[1000000]\nobject B = A ^ 1000000", []string{"CT1007 A ^ 1000000"}},
		{"power of zero", "object A = R ^ 0", []string{"CT0402 0"}},
		{"unknown initialiser", "object A = { w: R[3] init nromal(1) }", []string{"CT0203 nromal"}},
		{"initialiser arguments", "object A = { w: R[3] init normal }", []string{"CT0608 init normal"}},
		{"initialiser range", "object A = { w: R[3] init uniform(1, 0) }", []string{"CT0608 1, 0"}},
		{"initialiser deviation", "object A = { w: R[3] init normal(-1) }", []string{"CT0608 -1"}},
		{"initialiser of indices", "object A = { w: Fin[3] init zeros }", []string{"CT0614 init zeros"}},
		{"initialiser outside", "object A = { w: R[3] in (0, inf) init zeros }", []string{"CT0609 init zeros"}},
		{"initialiser may leave", "object A = { w: R[3] in (0, inf) init normal(1) }", []string{"CT0609 init normal(1)"}},
	})
}

func TestSetFaults(t *testing.T) {
	runFaults(t, []fault{
		{"set on indices", "object A = Fin[3] in [0, 1]", []string{"CT0504 [0, 1]"}},
		{"set on a record", "object A = { a: R } in [0, 1]", []string{"CT0504 [0, 1]"}},
		{"simplex of a scalar", "object A in simplex", []string{"CT0504 simplex"}},
		{"unknown set", "object A = R[2] in simplx", []string{"CT0203 simplx"}},
		{"ends out of order", "object A in [1, 0]", []string{"CT0505 [1, 0]"}},
		{"faulty set of a field", "object B = { a: R in [2, 1] }", []string{"CT0505 [2, 1]"}},
		{"set on a power", "object B = { a: R ^ 3 in [0, 1] }", []string{"CT0504 [0, 1]"}},
		{"empty", "object A in (1, 1]", []string{"CT0505 (1, 1]"}},
		{"between two floats", "object A in (0, 1e-60)", []string{"CT0505 (0, 1e-60)"}},
		{"closed at infinity", "object A in [0, inf]", []string{"CT0505 [0, inf]"}},
		{"element twice", "object A in {0, 1, 0}", []string{"CT0505 0"}},
		{"infinite element", "object A in {0, inf}", []string{"CT0505 inf"}},
		{"wider", "object A in [0, 1]\nobject B = A in [0, 2]", []string{"CT0507 [0, 2]"}},
		{"set on a named field", "object A\nobject B = { a: A in [0, 1] }", []string{"CT0511 [0, 1]"}},
		{"number too large", "object A in [0, 1e99]", []string{"CT0508 1e99"}},
		{"number beyond float64", "object A in [0, 1e999]", []string{"CT0508 1e999"}},
		{"by zero", "object A in [0, 1/0]", []string{"CT0509 1/0"}},
		{"unknown constant", "dim Width = 3\nobject A in [0, Widht]", []string{"CT0203 Widht"}},
	})
}

func TestNewObjectsAndAbbreviations(t *testing.T) {
	cat := mustCheck(t, `
dim D = 3
object A
object B = A
object V = R[D]
object Digit = Fin[10]
object Row = V ^ 4
object Rec = { a: A, v: V nodecay, w: R[2] in [0, 1] init uniform(0, 1) decay }
object Pair = A * (B * V)
object Twin = Pair * 1
object Nothing = 1
object Many = List[A]
object Maybe = Option[A]
object Grad = tangent Rec
object State = Adam[Rec]
object NoGrad = tangent Digit
object Back = tangent Pair
`)
	require.True(t, mustCheck(t, "object A\nobject B = A\nobject C = (1 * 1) ^ 3").Objects[2].Type.IsUnit())
	abbreviations := []string{"Pair", "Twin", "Nothing", "Many", "Maybe", "Grad", "State", "NoGrad", "Back"}
	for _, o := range cat.Objects {
		require.Equal(t, contains(abbreviations, o.Name), o.Abbreviation, o.Name)
	}
	require.Equal(t, "A * B * V", objectOf(t, cat, "Twin").Type.String())
	require.True(t, objectOf(t, cat, "NoGrad").Type.IsUnit())
	require.Equal(t, "tangent A * tangent B * tangent V", objectOf(t, cat, "Back").Type.String())
	require.Equal(t, category.Real, objectOf(t, cat, "A").Type.Kind)

	rec := objectOf(t, cat, "Rec").Type.Fields
	require.Equal(t, []category.Tri{category.Inherit, category.Yes, category.No}, []category.Tri{rec[0].NoDecay, rec[1].NoDecay, rec[2].NoDecay})
	require.Equal(t, &category.Init{Name: "uniform", Args: []float64{0, 1}}, rec[2].Init)
	require.Equal(t, "[0, 1]", rec[2].Type.Set.String())

	state := objectOf(t, cat, "State").Type.Object
	require.Equal(t, "Adam[Rec]", state.Name)
	require.Equal(t, "Adam", state.State)
	require.Equal(t, "params", state.Type.Fields[0].Name)
	require.Equal(t, "Rec", state.Type.Fields[0].Type.String())
	require.Equal(t, "tangent Rec", state.Type.Fields[1].Type.String())
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestSets(t *testing.T) {
	cat := mustCheck(t, `
object A in [0, 1]
object B = A in {1, 0}
object C = R[3] in simplex
object D = C
object E in (-inf, 1/16]
object F in [-0.5, 2e3)
`)
	for name, want := range map[string]string{
		"A": "[0, 1]", "B": "{0, 1}", "C": "simplex", "D": "simplex", "E": "(-inf, 0.0625]", "F": "[-0.5, 2000)",
	} {
		require.Equal(t, want, objectOf(t, cat, name).EffectiveSet().String(), name)
	}
}

// Doubling through names grows the expanded object beyond any memory; it must
// be refused while it is small.
func TestDoublingIsRefused(t *testing.T) {
	for _, form := range []string{"object O%d = { a: O%d, b: O%d }\n", "object O%d = O%d * O%d\n", "object O%d = List[O%d * O%d]\n"} {
		b := strings.Builder{}
		b.WriteString("object O0\n")
		for i := range 60 {
			fmt.Fprintf(&b, form, i+1, i, i)
		}
		_, list := checkSpec(t, b.String(), Options{})
		require.Len(t, list.All(), 1, form)
		require.Equal(t, "CT1007", string(list.All()[0].Code), form)
	}
}

func TestDeepObjects(t *testing.T) {
	var up, down strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&up, "object O%d = O%d\n", i, i+1)
		fmt.Fprintf(&down, "object O%d = O%d\n", 5000-i, 4999-i)
	}
	for _, spec := range []string{up.String() + "object O5000\n", "object O0\n" + down.String()} {
		_, list := checkSpec(t, spec, Options{})
		require.False(t, list.HasErrors())
	}
}

func TestGathered(t *testing.T) {
	cat := mustCheck(t, `
object A
object B
object N = { w: R, b: R }
object M = { w: R, b: R }
arrow again: A -> A given Net
arrow f: A -> B given N
arrow g: B -> A given M
arrow both: A -> A given Net = f >> g
arrow one: A -> B given Only = f
`)
	net := objectOf(t, cat, "Net")
	require.True(t, net.Gathered)
	require.Equal(t, "{ f: N, g: M }", net.Type.String())
	require.Len(t, net.Labels, 2)
	only := objectOf(t, cat, "Only")
	require.True(t, only.Abbreviation)
	require.Equal(t, "N", only.Type.String())
}

func TestGatherFaults(t *testing.T) {
	const base = "object A\nobject B\nobject N = { w: R, b: R }\narrow f: A -> B given N\narrow g: B -> A given N\narrow h: A -> A\n"
	runFaults(t, []fault{
		{"nothing gathered", base + "arrow k: A -> A given Net = h >> h", []string{"CT0604 given Net"}},
		{"undeclared and never gathered", base + "arrow k: A -> A given Net", []string{"CT0203 Net"}},
		{"object through what it gathers", base + "object X = { n: Net }\narrow k: A -> B given X\narrow m: A -> A given Net = k >> g", []string{"CT0207 X"}},
		{"gathering arrow is faulty", base + "object X = { n: Net }\narrow m: A -> A given Net = f >> nope", []string{"CT0203 nope"}},
	})
}
