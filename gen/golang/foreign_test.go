package golang_test

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// program checks the specifications of an archive and returns the last one.
// Other files of it belong to packages, by the category's name.
func program(t *testing.T, archive string) (*category.Category, map[string]map[string][]byte) {
	t.Helper()
	sources, hand := map[string]*diag.Source{}, map[string]map[string][]byte{}
	var last *diag.Source
	for _, f := range txtar.Parse([]byte(archive)).Files {
		if path.Ext(f.Name) == ".go" {
			pkg := path.Dir(f.Name)
			if hand[pkg] == nil {
				hand[pkg] = map[string][]byte{}
			}
			hand[pkg][path.Base(f.Name)] = f.Data
			continue
		}
		last = diag.NewSource(f.Name, string(f.Data))
		sources[f.Name] = last
	}
	p := check.NewProgram(func(from *diag.Source, to string) (*diag.Source, error) {
		if s := sources[path.Join(path.Dir(from.Name), to)]; s != nil {
			return s, nil
		}
		return nil, fmt.Errorf("no file %s", to)
	})
	c, diags := check.Check(last, check.Options{Program: p})
	require.Empty(t, diags.All())
	return c, hand
}

// printed is one package of a program.
type printed struct {
	c     *category.Category
	files []golang.File
	notes []golang.Note
}

// packages prints the packages of c and of all that it imports.
func packages(t *testing.T, c *category.Category, hand map[string]map[string][]byte, checked bool) ([]printed, error) {
	t.Helper()
	imports := map[*category.Category]*golang.Import{}
	var all []printed
	var print func(c *category.Category) error
	print = func(c *category.Category) error {
		if imports[c] != nil {
			return nil
		}
		for _, i := range c.Imports {
			if err := print(i.Category); err != nil {
				return err
			}
		}
		p, err := golang.Print(c, golang.Options{Checked: checked, Hand: hand[c.Name], Imports: imports})
		if err != nil {
			return err
		}
		files := p.Files
		if hand[c.Name] != nil {
			files = nil
			for _, f := range p.Files {
				if !f.Once {
					files = append(files, f)
				}
			}
			for name, text := range hand[c.Name] {
				files = append(files, golang.File{Name: name, Content: text})
			}
		}
		imports[c] = &golang.Import{Path: fmt.Sprintf("demo/%d/%s", len(imports), c.Name), Package: p}
		all = append(all, printed{c, files, p.Notes})
		return nil
	}
	return all, print(c)
}

// layered imports generated packages beside those that they import.
type layered struct {
	below types.Importer
	own   map[string]*types.Package
}

func (l *layered) Import(path string) (*types.Package, error) {
	if p := l.own[path]; p != nil {
		return p, nil
	}
	return l.below.Import(path)
}

// compileProgram type-checks the packages of an archive, with and without
// checked arrows, and returns the files of the last one.
func compileProgram(t *testing.T, below types.Importer, archive string) string {
	t.Helper()
	var text strings.Builder
	for _, checked := range []bool{true, false} {
		c, hand := program(t, archive)
		all, err := packages(t, c, hand, checked)
		require.NoError(t, err)
		imports := &layered{below, map[string]*types.Package{}}
		for i, p := range all {
			set := token.NewFileSet()
			var parsed, tests []*ast.File
			text.Reset()
			for _, f := range p.files {
				file, err := parser.ParseFile(set, f.Name, f.Content, parser.ParseComments)
				require.NoError(t, err, "%s", f.Content)
				if strings.HasSuffix(f.Name, "_test.go") {
					tests = append(tests, file)
				} else {
					parsed = append(parsed, file)
				}
				formatted, err := format.Source(f.Content)
				require.NoError(t, err)
				require.Equal(t, string(formatted), string(f.Content), f.Name)
				text.Write(f.Content)
			}
			path := fmt.Sprintf("demo/%d/%s", i, p.c.Name)
			config := types.Config{Importer: imports, Error: func(err error) { t.Errorf("%s: %v", path, err) }}
			pkg, _ := config.Check(path, set, parsed, nil)
			imports.own[path] = pkg
			_, _ = config.Check(path, set, append(parsed, tests...), nil)
		}
	}
	return text.String()
}

const shared = `
-- shared.cat --
dim D = 3
object Hidden = R[D]
object Score
object Flag   = R in {0, 1}
object Digit  = Fin[4]
object Weights = { weight: R[D], bias: R }
object Chance = R in [0, 1]
object Loss   = R in [0, inf)
object Rate   = R in (0, inf)
object Row    = { hidden: Hidden, digit: Digit }
arrow encode: Hidden -> Score given Weights = std.affine
arrow squash: Score -> Chance = std.sigmoid
arrow score: Hidden -> Chance given Net = encode >> squash
arrow bce: Chance * Flag -> Loss = std.binary_cross_entropy
arrow split(r: Row) -> Hidden * Digit { (r.hidden, r.digit) }
arrow twice: Hidden -> Hidden { means y[i] = 2 * x[i] reverse dx[i] = 2 * dy[i] }
arrow half: 1 -> Chance = 0.5
arrow bend: Hidden -> Hidden = std.tanh
arrow deep: Hidden -> Hidden given Stack = repeat[2] (layer >> bend)
arrow layer: Hidden -> Hidden given Layer = std.affine
object Layer = { weight: R[D, D], bias: R[D] }
arrow chances: Hidden ^ 2 -> Hidden ^ 2 = map bend
`

func TestPackagesThatImport(t *testing.T) {
	below := importsOfPackages(t)
	for name, tc := range map[string]struct {
		archive string
		want    []string
	}{
		"types and functions": {`
import "shared.cat"
object Mine  = R[shared.D]
object Score = R
object Pair  = shared.Hidden * Mine
object Both  = { hidden: shared.Hidden, rows: shared.Row ^ 2, mine: Mine }
arrow see:  Mine -> shared.Hidden = std.relabel
arrow rate: Mine -> shared.Chance given shared.Weights = see >> shared.encode >> shared.squash
arrow take: Both -> shared.Hidden * Mine = (.hidden, .mine)
arrow make(m: Mine, h: shared.Hidden, r: shared.Row) -> Both { { hidden: shared.bend(h), rows: fill(r), mine: m } }
arrow fill: shared.Row -> shared.Row ^ 2
arrow mixed: shared.Score -> Score = std.relabel
arrow other: 1 -> shared.Chance = shared.half
arrow parts: shared.Row -> shared.Hidden * shared.Digit = shared.split >> shared.twice * id
arrow powers: shared.Hidden ^ 2 -> shared.Hidden ^ 2 = shared.chances
law same: see >> shared.encode = see >> shared.encode
`, []string{"func Rate(w *shared.Weights, mine Mine) shared.Chance { return shared.Squash(w.Encode(See(mine))) }",
			"Hidden shared.Hidden `json:\"hidden\"`", "func Other() shared.Chance"}},
		"parameters": {parameters, []string{"func (t *Two) Step(", "func There(w *sh.Weights, ", "func (w *WeightsAdam) AdamThere(", "func InitWeights(seed uint64) *sh.Weights",
			"*runtime.Trainer[sh.Weights]", "sh.Weights\n", "PrepareShHidden(raw sh.Hidden) sh.Hidden", "func NewTwoPredictor(params *Two)"}},
		"names that are taken": {`
import "shared.cat" as kernel
import "data.cat" as batch
import "other/shared.cat" as k
import "type.cat" as type
arrow ok: kernel.Hidden -> kernel.Hidden = kernel.bend
arrow a: batch.Hidden -> batch.Hidden = batch.flip
arrow b: k.X -> k.X = k.f
arrow c: type.X -> type.X = type.f
object runtime = { kernel: kernel.Hidden, math: batch.Hidden, k: k.X }
arrow d: runtime -> kernel.Hidden = .kernel
endo step on kernel.Weights given kernel.Rate = grad (kernel.score * id >> kernel.bce) >> sgd
`, nil},
		"written by hand": {`
import "hand.cat"
object In = R[2]
arrow into: In -> hand.A
arrow free: hand.A -> hand.B = hand.free
arrow kept: hand.A -> hand.B given hand.P = hand.kept
arrow learnt: In -> hand.L given hand.P = into >> hand.kept >> hand.lose
arrow loose: In -> hand.B given hand.P
arrow rough: In -> hand.B given hand.P = hand implements into >> hand.kept
arrow all: In -> hand.L given hand.P = loose >> hand.lose
arrow turned: tangent hand.P -> tangent hand.P = hand.turn
endo step on hand.P = grad learnt >> sgd(rate: 0.1)
endo again on hand.P = grad all >> sgd(rate: 0.1)
`, []string{"var (\n\t_ func(p *hand.P, in In) hand.B", "func Turned(pTangent hand.PTangent) hand.PTangent { return hand.Turn(pTangent) }"}},
		"gradients of elsewhere": {`
import "grads.cat"
arrow turn: tangent grads.W -> tangent grads.W
arrow same: grads.A -> tangent grads.W given grads.W = grads.slope
endo step on grads.W = same >> turn >> sgd(rate: 0.1)
object Keep = { g: tangent grads.W, w: grads.W, s: Adam[grads.W] }
arrow keep: Keep -> grads.W = .w
`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			text := compileProgram(t, below, shared+others+"-- main_spec.cat --"+tc.archive)
			for _, want := range tc.want {
				assert.True(t, strings.Contains(text, want), want)
			}
			if t.Failed() && testing.Verbose() {
				t.Log(text)
			}
		})
	}
}

const parameters = `
import "shared.cat" as sh
arrow two: sh.Hidden -> sh.Chance given Two = sh.layer >> sh.bend >> sh.score
arrow stack: sh.Hidden -> sh.Hidden = sh.deep >> (sh.layer as last)
arrow tied(h: sh.Hidden) -> sh.Hidden given (l: sh.Layer) { sh.layer(sh.bend(sh.layer(h given l)) given l) }
arrow own: sh.Hidden -> sh.Hidden given sh.Layer = std.affine
arrow bias: sh.Hidden -> sh.Hidden given sh.Layer = std.affine
arrow measure = two * id >> sh.bce
arrow gradient = grad measure
endo step on Two given sh.Rate = gradient >> sgd
endo adams on Adam[Two] = gradient >> adam(rate: 0.1)
endo there on sh.Weights = grad (sh.score * id >> sh.bce) >> sgd(rate: 0.1)
endo adamThere on Adam[sh.Weights] = grad (sh.score * id >> sh.bce) >> adam(rate: 0.1)
data rows: sh.Hidden * sh.Flag from csv "rows.csv" { sh.Hidden: columns 1..3 standardized  sh.Flag: column 4 }
train fit { step: step, on: rows, rate: 0.1, report: accuracy of two }
train fitThere { step: there, on: rows, report: accuracy, auc }
train fitAdam { step: adamThere, on: rows, report: accuracy of sh.score }
`

const others = `
-- data.cat --
object Hidden = R[2]
arrow flip: Hidden -> Hidden = std.tanh
-- other/shared.cat --
object X
arrow f: X -> X = std.tanh
-- type.cat --
category kind
object X
arrow f: X -> X = std.tanh
-- hand.cat --
object A = R[2]
object B = R[2]
object L
object P = { v: R[2] }
arrow free: A -> B
arrow kept: A -> B given P
arrow lose: B -> L = std.sum
arrow turn: tangent P -> tangent P
endo step on P = grad (kept >> lose) >> sgd(rate: 0.1)
-- grads.cat --
object A = R[2]
object L
object W = { weight: R[2], bias: R }
arrow f: A -> L given W = std.affine
arrow slope = grad f
endo step on W = slope >> sgd(rate: 0.1)
endo adams on Adam[W] = slope >> adam(rate: 0.1)
`

// Where two packages had to make a Go type of one object, none of them is the
// other's, and values of it cannot pass.
func TestTypesOfSeveralPackages(t *testing.T) {
	const archive = `
-- base.cat --
object A = R[2]
object W = { weight: R[2] }
-- left.cat --
import "base.cat"
arrow turn: tangent base.W -> tangent base.W
-- right.cat --
import "base.cat"
arrow turn: tangent base.W -> tangent base.W
-- all.cat --
import "left.cat"
import "right.cat"
arrow both = left.turn >> right.turn
`
	c, hand := program(t, archive)
	_, err := packages(t, c, hand, false)
	require.ErrorContains(t, err, "turn of right takes or gives tangent base.W, of which more than one package has a Go type; name it with `object` where its parts are declared")

	below := importsOfPackages(t)
	compileProgram(t, below, strings.Replace(archive, "object A = R[2]", "object Gradient = tangent W", 1))
}

// A package is the same whether it is generated for its own sake or for an
// importer's.
func TestImportedPackagesStay(t *testing.T) {
	_, alone := lastPackage(t, shared)
	all, _ := lastPackage(t, shared+"-- user.cat --\nimport \"shared.cat\" as s\narrow a = s.score\nendo step on s.Net = grad (a * id >> s.bce) >> sgd(rate: 0.1)\n")
	require.Equal(t, alone, all[0].files)
}

func lastPackage(t *testing.T, archive string) ([]printed, []golang.File) {
	c, hand := program(t, archive)
	all, err := packages(t, c, hand, true)
	require.NoError(t, err)
	return all, all[len(all)-1].files
}

// Who writes an arrow of an importer in Go may call the other package as he
// likes; what is to be pasted calls it as generated files do.
func TestMissingOfImporters(t *testing.T) {
	c, _ := program(t, `
-- my_tools.cat --
object A = R[2]
object P = { v: R[2] }
-- main_spec.cat --
import "my_tools.cat"
arrow f: my_tools.A -> my_tools.A given my_tools.P
arrow g: my_tools.A -> my_tools.A
`)
	tools, err := golang.Print(c.Imports[0].Category, golang.Options{})
	require.NoError(t, err)
	opts := golang.Options{
		Imports: map[*category.Category]*golang.Import{c.Imports[0].Category: {Path: "demo/my_tools", Package: tools}},
		Hand: map[string][]byte{"arrows.go": []byte(`package main_spec

import other "demo/my_tools"

func F(p *other.P, a other.A) other.A { return a }
`)},
	}
	notes := golang.Missing(c, opts)
	require.Len(t, notes, 1)
	require.Contains(t, notes[0].Message, "G is not written yet")
	require.Contains(t, notes[0].Paste, "func G(a my_tools.A) my_tools.A {")
}

// A package may be called like any variable of generated code.
func TestPackagesCalledLikeVariables(t *testing.T) {
	below := importsOfPackages(t)
	words := []string{"err", "base", "shared"}
	if os.Getenv("CTGEN_FULL") != "" {
		for i, word := range golang.LocalNames(t) {
			taken := strings.Contains(parameters, "arrow "+word) || strings.Contains(parameters, "endo "+word) || word == "simplex"
			if i%6 == 0 && !taken { // each takes half a second
				words = append(words, word)
			}
		}
	}
	for _, word := range words {
		t.Run(word, func(t *testing.T) {
			text := strings.ReplaceAll(strings.ReplaceAll(parameters, "as sh\n", "as "+word+"\n"), "sh.", word+".")
			compileProgram(t, below, shared+"-- main_spec.cat --"+text)
		})
	}
}

// An import costs nothing: the plans are those of one specification that
// declares all of it.
func TestPlansCrossPackages(t *testing.T) {
	const base = `
object Hidden = R[3]
object Score
object Chance = R in [0, 1]
object Flag   = R in {0, 1}
object Loss   = R in [0, inf)
object Layer  = { weight: R[3, 3], bias: R[3] }
object Last   = { weight: R[3], bias: R }
arrow layer:  Hidden -> Hidden given Layer = std.affine
arrow bend:   Hidden -> Hidden = std.tanh
arrow last:   Hidden -> Score given Last = std.affine
arrow squash: Score -> Chance = std.sigmoid
arrow bce:    Chance * Flag -> Loss = std.binary_cross_entropy
arrow deep:   Hidden -> Chance given Net = layer >> bend >> last >> squash
`
	const own = `
arrow measure = base.deep * id >> base.bce
endo step on Adam[base.Net] = grad measure >> adam(rate: 0.1)
arrow twice: base.Hidden -> base.Chance given Two = (base.layer as one) >> base.bend >> base.deep
`
	text := func(archive string) string {
		c, _ := program(t, archive)
		plans, err := golang.Plans(c, golang.Options{})
		require.NoError(t, err)
		var b strings.Builder
		for _, p := range plans {
			require.NoError(t, p.Print(&b))
		}
		lines := strings.Split(b.String(), "\n")
		for i, l := range lines {
			lines[i], _, _ = strings.Cut(l, "//") // places differ
			lines[i] = strings.TrimRight(lines[i], " ")
		}
		return strings.Join(lines, "\n")
	}
	importing := text("-- base.cat --" + base + "-- top.cat --\nimport \"base.cat\"" + own)
	require.Contains(t, importing, "plan step")
	single := text("-- top.cat --" + strings.ReplaceAll(own, "base.", "") + base)
	for _, part := range strings.Split(importing, "plan ") {
		require.Contains(t, single, part)
	}
}
