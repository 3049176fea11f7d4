package check

import (
	"errors"
	"fmt"
	"math/rand"
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// folder is a program over the files of an archive.
func folder(archive string) (*Program, map[string]*diag.Source) {
	sources := map[string]*diag.Source{}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		sources[f.Name] = diag.NewSource(f.Name, string(f.Data))
	}
	return NewProgram(func(from *diag.Source, to string) (*diag.Source, error) {
		if s := sources[path.Join(path.Dir(from.Name), to)]; s != nil {
			return s, nil
		}
		return nil, &ImportError{Message: "there is no file `" + to + "`", Help: []string{"help from the loader"}}
	}), sources
}

const layers = `
-- layers.cat --
dim D = 3
object Hidden = R[D]
object Score
object Weights = { weight: R[D], bias: R }
object Chance = R in [0, 1]
arrow encode: Hidden -> Score given Weights = std.affine
arrow squash: Score -> Chance = std.sigmoid
arrow score: Hidden -> Chance given Net = encode >> squash
arrow byHand: Score -> Score
endo step on Weights = grad (encode >> squash) >> sgd(rate: 0.1)
-- other/layers.cat --
object Other
arrow turn: Other -> Other = std.tanh
`

func TestImportedNames(t *testing.T) {
	p, files := folder(layers + `
-- a.cat --
import "layers.cat"
import "other/layers.cat" as l
dim E = layers.D * 2
object Mine   = R[layers.D] in [0, layers.D]
object Score  = layers.Score
object Pair   = layers.Hidden * l.Other
object Params = { first: layers.Weights, second: R[E] init uniform(0, layers.D) }
arrow see: Mine -> layers.Hidden = std.relabel
arrow rate: Mine -> layers.Score given layers.Weights = see >> layers.encode
arrow both: Mine -> layers.Chance given Two = see >> (layers.score as mine) >> id
arrow sides: Pair -> layers.Chance * l.Other given layers.Weights = layers.score * l.turn
arrow again(m: Mine) -> layers.Chance given (w: layers.Weights) {
    h = see(m)
    layers.squash(layers.encode(h given w))
}
law same: rate = see >> layers.encode
endo step on layers.Weights = grad (see >> layers.encode) >> sgd(rate: 0.1)
data rows: Mine * layers.Chance from csv "a.csv" { Mine: columns 1..3  layers.Chance: column 4 }
`)
	c, diags := Check(files["a.cat"], Options{Program: p})
	require.Empty(t, diags.All())
	require.Len(t, c.Imports, 2)
	assert.Equal(t, "layers", c.Imports[0].Name)
	assert.Equal(t, "l", c.Imports[1].Name)
	text := func(name string) string {
		a := arrowOf(t, c, name)
		return fmt.Sprintf("%s -> %s given %s", a.Dom.In(c), a.Cod.In(c), a.Given.In(c))
	}
	assert.Equal(t, "Mine -> layers.Score given layers.Weights", text("rate"))
	assert.Equal(t, "layers.Hidden * l.Other -> layers.Chance * l.Other given layers.Weights", text("sides"))
	assert.Equal(t, "Mine -> layers.Chance given layers.Weights", text("both"), "Two is another word for the one slot's object")
	assert.Equal(t, "Mine -> layers.Chance given { w: layers.Weights }", text("again"))
	assert.Equal(t, 6, c.Dims[0].Value)

	there, _ := Check(files["layers.cat"], Options{Program: p})
	assert.Same(t, there, c.Imports[0].Category)
	assert.True(t, arrowOf(t, c, "rate").Cod.Equal(arrowOf(t, there, "encode").Cod), "the same objects, whoever imports them")
	assert.Equal(t, "Score", arrowOf(t, there, "encode").Cod.In(there))
	assert.Equal(t, "layers.Score", arrowOf(t, there, "encode").Cod.String())
}

// Two that import a third see one category, and the states in it.
func TestDiamond(t *testing.T) {
	p, files := folder(layers + `
-- b.cat --
import "layers.cat"
arrow b: layers.Hidden -> layers.Score given layers.Weights = layers.encode
arrow keep: Adam[layers.Weights] -> Adam[layers.Weights] = id
-- sub/c.cat --
import "../layers.cat"
arrow c: layers.Score -> layers.Chance = layers.squash
-- a.cat --
import "b.cat"
import "sub/c.cat"
arrow a = b.b >> c.c
`)
	c, diags := Check(files["a.cat"], Options{Program: p})
	require.Empty(t, diags.All())
	assert.Equal(t, "layers.Hidden -> layers.Chance", arrowOf(t, c, "a").Dom.In(c)+" -> "+arrowOf(t, c, "a").Cod.In(c))
	assert.Same(t, c.Imports[0].Category.Imports[0].Category, c.Imports[1].Category.Imports[0].Category)
}

func TestImportFaults(t *testing.T) {
	for _, tc := range []struct{ spec, want string }{
		{`import "lairs.cat"
arrow f: layers.Hidden -> lairs.Hidden
arrow g(x: layers.A) -> layers.B { layers.score(x) }
arrow h = layers.score`, "CT0215 a.cat:1:8 there is no file `lairs.cat` | help from the loader"},
		{`import ""`, "CT0215 a.cat:1:8 an import names a file, and this text is empty"},
		{`import "/layers.cat"`, "CT0215 a.cat:1:8 `/layers.cat` is not relative to this specification"},
		{`import "https://example.org/layers.cat"`, "CT0215 a.cat:1:8 `https://example.org/layers.cat` is an address, and an import names a file | copy the specification beside this one"},
		{`import "other\\layers.cat"`, "CT0215 a.cat:1:8 `other\\layers.cat` holds a backslash | write paths with /"},
		{`import "a.cat"`, "CT0207 a.cat:1:8 `a.cat` imports itself: a.cat → a.cat"},
		{`import "layers.cat"
import "other/../layers.cat" as again`, "CT0201 a.cat:2:8 `layers.cat` is imported twice | its names stand behind `layers.`; remove this line"},
		{`import "layers.cat"
import "other/layers.cat"`, "CT0201 a.cat:2:8 two imports are called `layers` | give the import another name: import \"other/layers.cat\" as …"},
		{`import "layers.cat"
object layers`, "CT0201 a.cat:1:8 `layers` is an object here, so it cannot be the name of an import too | give the import another name: import \"layers.cat\" as …"},
		{`import "layers.cat" as std`, "CT0202 a.cat:1:24 `std` is the standard library of the language and cannot be the name of an import | choose another name: import \"layers.cat\" as …"},
		{`import "layers.cat"
object A = layer.Hidden
object B = layer.Score`, "CT0203 a.cat:2:12 no import is called `layer` | did you mean `layers.Hidden`?"},
		{`import "layers.cat"
arrow f = layer.score >> layers.squash`, "CT0203 a.cat:2:11 no import is called `layer` | did you mean `layers.score`?"},
		{`object A = layers.Hidden`, "CT0203 a.cat:1:12 no import is called `layers` | a line `import \"layers.cat\"` gives the names of that specification"},
		{`object A
object B = A.x`, "CT0205 a.cat:2:12 `A` is an object, and only an import has names behind a dot here"},
		{`import "layers.cat"
object A = layers.Hiden`, "CT0203 a.cat:2:12 `layers.cat` declares no object `Hiden` | did you mean `layers.Hidden`?"},
		{`import "layers.cat"
arrow f = layers.score >> layers.sqash`, "CT0203 a.cat:2:27 `layers.cat` declares no arrow `sqash` | did you mean `layers.squash`?"},
		{`import "layers.cat"
dim N = layers.E`, "CT0203 a.cat:2:9 `layers.cat` declares no dim `E`"},
		{`import "layers.cat"
object A = layers.encode`, "CT0205 a.cat:2:12 `layers.encode` is an arrow, and an object is needed here"},
		{`import "layers.cat"
arrow f = layers.step`, "CT0708 a.cat:2:11 `layers.step` is an endo: it acts on its state and does not compose with arrows"},
		{`import "layers.cat"
arrow f: Hidden -> layers.Score given layers.Weights = std.affine`, "CT0203 a.cat:2:10 there is no object `Hidden` | did you mean `layers.Hidden`, of `layers.cat`?"},
		{`import "layers.cat"
arrow f = layers.score >> squash`, "CT0203 a.cat:2:27 no arrow `squash` is declared | did you mean `layers.squash`, of `layers.cat`?"},
		{`import "layers.cat"
arrow squad: layers.Chance -> layers.Chance
arrow f = layers.score >> squash >> squad`, "CT0203 a.cat:3:27 no arrow `squash` is declared | did you mean `layers.squash`, of `layers.cat`?"},
		{`import "layers.cat"
object A = std.Hidden`, "CT0205 a.cat:2:12 `std` has arrows, and no objects or dims"},
		{`import "layers.cat"
arrow f(layers: layers.Hidden) -> layers.Hidden { layers }`, "CT0206 a.cat:2:9 a local cannot be named `layers`: that is an import"},
		{`import "layers.cat"
object Score = R
arrow f: layers.Hidden -> Score given layers.Weights = layers.encode`, "CT0302 a.cat:3:56 `f` is declared to give Score, but its body gives layers.Score | both are R, under two names: use one of them, or say how one becomes the other: arrow name: layers.Score -> Score = std.relabel"},
		{`import "layers.cat"
arrow f = layers.encode >> layers.encode as two`, "CT0301 a.cat:2:25 these arrows do not compose | layers.Score  is R\nlayers.Hidden is R[3]"},
		{`import "layers.cat"
arrow f = layers.byHand
arrow g: layers.Hidden -> layers.Score given layers.Weights = layers.encode >> f
endo s on layers.Weights = grad g >> sgd(rate: 0.1)`, "CT0709 a.cat:2:11 `byHand` is differentiated here and written in Go by hand, and its reverse is no part of the package of layers | a package owes the reverse of what its own specification differentiates: put an arrow that is a gradient through `byHand` there"},
		{`import "layers.cat"
object X = R[2]
data d: X * layers.Chance from csv "a.csv" { X: columns 1..2  layers.Chance: column 3 }
train fit { step: layers.step, on: d }`, "CT0205 a.cat:4:19 `layers.step` is an endo of another specification, and a training declaration names its own | an endo on the imported state does the same: endo step on … = …"},
	} {
		p, files := folder(layers + "-- a.cat --\n" + tc.spec + "\n")
		_, diags := Check(files["a.cat"], Options{Program: p})
		var got []string
		for _, d := range diags.All() {
			got = append(got, strings.Join(append([]string{fmt.Sprintf("%s %s %s", d.Code, d.Span, d.Message)}, d.Help...), " | "))
		}
		assert.Equal(t, []string{tc.want}, got, tc.spec)
	}
}

// Without files there is nothing to import.
func TestImportWithoutProgram(t *testing.T) {
	_, diags := Check(diag.NewSource("a.cat", `import "layers.cat"`), Options{})
	require.Len(t, diags.All(), 1)
	assert.Equal(t, "there are no files here to import `layers.cat` from", diags.All()[0].Message)
	p := NewProgram(func(*diag.Source, string) (*diag.Source, error) { return nil, errors.New("the disk is on fire") })
	_, diags = Check(diag.NewSource("a.cat", `import "layers.cat"`), Options{Program: p})
	assert.Equal(t, "the disk is on fire", diags.All()[0].Message)
}

// A fault is told once, in its own file; who imports it is silent about what
// depends on it, and tells its own.
func TestFaultsOfImports(t *testing.T) {
	p, files := folder(`
-- l.cat --
object A = Unknown
object B
arrow f: A -> B
arrow g: B -> = f
-- a.cat --
import "l.cat"
arrow h: l.A -> l.B = l.f
arrow k = l.g
arrow m: l.B -> Mine
-- b.cat --
import "l.cat"
`)
	told := func(name string) []string {
		c, diags := Check(files[name], Options{Program: p})
		assert.Nil(t, c)
		var all []string
		for _, d := range diags.All() {
			all = append(all, d.Span.String()+" "+d.Message)
		}
		return all
	}
	own := []string{"l.cat:1:12 there is no object `Unknown`", "l.cat:4:15 expected an object or a dimension after `->`, found `=`"}
	assert.Equal(t, append([]string{"a.cat:4:17 there is no object `Mine`"}, own...), told("a.cat"))
	assert.Equal(t, own, told("b.cat"))
}

func TestImportCycles(t *testing.T) {
	p, files := folder(`
-- x.cat --
import "a.cat"
arrow f = a.f
-- a.cat --
import "sub/b.cat"
object A
arrow f: A -> b.B
-- sub/b.cat --
import "c.cat"
object B = c.C
-- sub/c.cat --
import "../a.cat" as top
object C = top.A
`)
	_, diags := Check(files["x.cat"], Options{Program: p})
	require.Len(t, diags.All(), 1)
	d := diags.All()[0]
	assert.Equal(t, "a.cat:1:8 `a.cat` imports itself: a.cat → sub/b.cat → sub/c.cat → a.cat", d.Span.String()+" "+d.Message)
	require.Len(t, d.Labels, 2)
	assert.Equal(t, "sub/b.cat:1:8 `sub/b.cat` imports `sub/c.cat`", d.Labels[0].Span.String()+" "+d.Labels[0].Message)
	assert.Equal(t, "sub/c.cat:1:8 `sub/c.cat` imports `a.cat`", d.Labels[1].Span.String()+" "+d.Labels[1].Message)
}

// chain is n specifications of which each imports the next, the last one last.
func chain(n int, last string) string {
	var b strings.Builder
	for i := range n - 1 {
		fmt.Fprintf(&b, "-- s%d.cat --\nimport \"s%d.cat\" as next\narrow f = next.f\n", i, i+1)
	}
	fmt.Fprintf(&b, "-- s%d.cat --\n%s\n", n-1, last)
	return b.String()
}

func TestLongImportChains(t *testing.T) {
	const n = 1000
	p, files := folder(chain(n, "object A\narrow f: A -> A = std.tanh"))
	c, diags := Check(files["s0.cat"], Options{Program: p})
	require.Empty(t, diags.All())
	depth := 0
	for a := arrowOf(t, c, "f"); a.Kind != category.Lifted; a = a.Diagram.Nodes[0].Op.(*category.Call).Arrow {
		depth++
	}
	assert.Equal(t, n-1, depth)

	p, files = folder(chain(n, "import \"s0.cat\" as next\narrow f = next.f"))
	_, diags = Check(files["s0.cat"], Options{Program: p})
	require.Len(t, diags.All(), 1)
	assert.Equal(t, "`s0.cat` imports itself: s0.cat → s1.cat → s2.cat → s3.cat → … 994 more … → s998.cat → s999.cat → s0.cat", diags.All()[0].Message)
	assert.Len(t, diags.All()[0].Labels, maxElsewhere)
}

// Each of two specifications imports both of the next floor: there are 2^40
// ways to the ground, and one check of each.
func TestManyWaysToOneImport(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		for _, side := range []string{"a", "b"} {
			fmt.Fprintf(&b, "-- %s%d.cat --\nimport \"a%d.cat\"\nimport \"b%d.cat\"\narrow f = a%d.f\narrow x: a%d.X -> b%d.X = std.relabel\nobject X = a%d.X\n", side, i, i+1, i+1, i+1, i+1, i+1, i+1)
		}
	}
	for _, side := range []string{"a", "b"} {
		fmt.Fprintf(&b, "-- %s40.cat --\nobject X\narrow f: X -> X = std.tanh\n", side)
	}
	b.WriteString("-- top.cat --\nimport \"a0.cat\"\narrow top: a0.X -> a0.X = hand implements id\n")
	p, files := folder(b.String())
	c, diags := Check(files["top.cat"], Options{Program: p})
	require.Empty(t, diags.All())
	assert.Len(t, arrowOf(t, c, "top").Implements.Spec, 64)
}

func TestImportsOverridden(t *testing.T) {
	p, files := folder(layers + "-- a.cat --\nimport \"layers.cat\" as l\ndim D = 2\nobject X = R[D, l.D]\n")
	p.Set(files["a.cat"], map[string]int{"D": 5})
	p.SetNamed("layers", "D", 7)
	p.SetNamed("layers", "E", 7)
	c, diags := Check(files["a.cat"], Options{Program: p})
	require.Empty(t, diags.All())
	assert.Equal(t, "R[5, 7]", c.Objects[0].Type.String())
	missing, known := p.Unset()
	assert.Equal(t, []string{"layers.E"}, missing)
	assert.ElementsMatch(t, []string{"layers.D", "a.D"}, known)
}

func TestTermsOverImports(t *testing.T) {
	p, files := folder(layers + "-- a.cat --\nimport \"layers.cat\" as l\narrow wrap: l.Chance -> l.Score = std.relabel\n")
	opts := Options{Program: p}
	_, a, diags := Term(files["a.cat"], "l.score >> wrap", opts)
	require.Empty(t, diags.All())
	assert.Equal(t, "layers.Score", a.Cod.String())
	_, a, diags = Term(files["a.cat"], "l.step", opts)
	require.Empty(t, diags.All())
	assert.True(t, a.Endo)

	fits, diags := Find(files["a.cat"], "l.Hidden", "l.Score", 10, opts)
	require.Empty(t, diags.All())
	var terms []string
	for _, f := range fits.List {
		terms = append(terms, f.Term+" given "+f.Given.String())
	}
	assert.Equal(t, []string{"l.encode given layers.Weights", "l.score >> wrap given layers.Weights"}, terms)
}

// The fingerprint of an arrow changes with what it imports.
func TestFingerprintOfImports(t *testing.T) {
	of := func(archive string) string {
		p, files := folder(archive + "-- a.cat --\nimport \"layers.cat\"\narrow f: layers.Score -> layers.Chance = hand implements layers.squash\n")
		c, diags := Check(files["a.cat"], Options{Program: p})
		require.Empty(t, diags.All())
		return arrowOf(t, c, "f").Implements.Spec
	}
	assert.Equal(t, of(layers), of(strings.Replace(layers, "object Score\n", "object Score // the sum\n", 1)))
	assert.NotEqual(t, of(layers), of(strings.Replace(layers, "object Score\n", "object Score = R in (-inf, inf)\n", 1)))
	assert.NotEqual(t, of(layers), of(strings.Replace(layers, "dim D = 3", "dim D = 4", 1)))
}

// Whatever happens to specifications that import one another, a check ends
// without a panic and tells of an error where there is no category.
func TestMutatedImports(t *testing.T) {
	const archive = layers + `
-- b.cat --
import "layers.cat" as l
object Input = R[l.D]
arrow see:  Input -> l.Hidden = std.relabel
arrow rate: Input -> l.Chance given l.Weights = see >> l.score
-- a.cat --
import "b.cat"
import "layers.cat"
object Target = R in {0, 1}
object Loss   = R in [0, inf)
arrow loss: layers.Chance * Target -> Loss = std.binary_cross_entropy
arrow twice(x: b.Input, t: Target) -> Loss given (w: layers.Weights) { loss(b.rate(x given w), t) }
endo step on layers.Weights = grad (b.rate * id >> loss) >> sgd(rate: 0.1)
law same: b.rate = b.see >> layers.score
`
	p, files := folder(archive)
	_, diags := Check(files["a.cat"], Options{Program: p})
	require.Empty(t, diags.All())
	words := strings.Fields(archive)
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		text := archive
		for range 1 + r.Intn(3) {
			at := r.Intn(len(text))
			end := min(len(text), at+r.Intn(12))
			text = text[:at] + []string{"", words[r.Intn(len(words))], " " + words[r.Intn(len(words))] + " ", "\n"}[r.Intn(4)] + text[end:]
		}
		p, files := folder(text)
		for _, name := range []string{"a.cat", "b.cat", "layers.cat"} {
			if files[name] == nil {
				continue
			}
			c, diags := Check(files[name], Options{Program: p, Holes: r.Intn(2) == 0})
			require.Equal(t, c == nil, diags.HasErrors(), "%s\n%v", text, diags.All())
		}
	}
}
