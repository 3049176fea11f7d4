package golang_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/gen/golang"
	"github.com/ctgen-lang/ctgen/internal/agree"
)

// compiledTolerance is how far float32 may be from float64, relative to the
// length of a tensor (see agree.Distance).
const compiledTolerance = 1e-4

// source is a spec to compile. Interpreted is the category that the compiled
// package is held against; it differs from the spec where that has
// hand-written arrows, which the interpreter does not run.
type source struct {
	text, interpreted string
	hand              string // arrows.go
	quick             bool   // without checked arrows, and not vetted
	lean              bool   // without predictors, which only trainers need
}

// compiled is a running program that calls the arrows of several packages.
type compiled struct {
	categories map[string]*category.Category
	unchecked  map[string]bool // packages without checked arrows
	pattern    string          // of the packages, for the go command
	flag       string          // how they are compiled
	in         io.Writer
	out        *bufio.Scanner
}

// compile generates, vets and builds the packages of the sources, by name of
// their category, and starts a program that calls their arrows.
func compile(t *testing.T, optimized bool, sources map[string]source) *compiled {
	// Inside the module, so that the runtime is at hand; below testdata, so
	// that nothing else sees it.
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	p := &compiled{categories: map[string]*category.Category{}, unchecked: map[string]bool{}}
	var imports, table bytes.Buffer
	var vetted []string
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		s := sources[name]
		c := load(t, name+".cat", s.text)
		require.Equal(t, name, c.Name)
		p.categories[name], p.unchecked[name] = c, s.quick
		if s.interpreted != "" {
			p.categories[name] = load(t, name+".cat", s.interpreted)
		}
		files, _, err := golang.Generate(c, golang.Options{Checked: !s.quick})
		require.NoError(t, err, name)
		require.NoError(t, os.Mkdir(filepath.Join(dir, name), 0o777))
		for _, f := range files {
			if s.lean && (f.Name == "predictors_gen.go" || f.Name == "plans_gen.go") {
				continue
			}
			if f.Once {
				require.NotEmpty(t, s.hand, "%s leaves arrows to be written by hand", name)
				f.Content = []byte(s.hand)
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, name, f.Name), f.Content, 0o666))
		}
		if !s.quick {
			vetted = append(vetted, "./"+filepath.ToSlash(filepath.Join(dir, name)))
		}
		fmt.Fprintf(&imports, "%q\n", "github.com/ctgen-lang/ctgen/gen/golang/"+filepath.ToSlash(filepath.Join(dir, name)))
		funcs := functions(t, name, filepath.Join(dir, name))
		for _, a := range c.Arrows {
			f := funcs[category.Exported(a.Name)]
			if other := funcs[category.Exported(a.Name)+"Of"]; f == "" {
				f = other // its name is that of an object
			}
			require.NotEmpty(t, f, "%s has no function for arrow %s", name, a.Name)
			fmt.Fprintf(&table, "%q: %s,\n", name+"."+a.Name, f)
			if s.quick {
				continue
			}
			method := f[strings.LastIndex(f, ".")+1:]
			require.NotEmpty(t, funcs["Checked"+method], "%s has no checked form of arrow %s", name, a.Name)
			fmt.Fprintf(&table, "%q: checked(%s),\n", name+"."+a.Name+checkedSuffix, funcs["Checked"+method])
		}
	}
	main := fmt.Sprintf(callerText, imports.String(), table.String())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(main), 0o666))
	pattern := "./" + filepath.ToSlash(dir)
	p.pattern, p.flag = pattern, compiling(pattern, optimized)
	if vetted != nil {
		out, err := exec.Command("go", append([]string{"vet", p.flag}, vetted...)...).CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	bin := filepath.Join(dir, "caller.exe")
	out, err := exec.Command("go", "build", p.flag, "-ldflags=-w", "-o", bin, pattern).CombinedOutput()
	require.NoError(t, err, "%s", out)
	p.start(t, bin)
	return p
}

// compiling is a flag for the packages below a folder: no symbols for
// debuggers, and not optimized unless asked, which takes half the time.
func compiling(pattern string, optimized bool) string {
	flags := "-dwarf=false"
	if !optimized {
		flags += " -N -l"
	}
	return "-gcflags=" + pattern + "/...=" + flags
}

// checkedSuffix marks the checked form of an arrow in the program's table.
const checkedSuffix = " checked"

// callerText is a program that reads calls, one a line, and prints what the
// arguments and results hold afterwards.
const callerText = `package main

import (
	"encoding/json"
	"os"
	"reflect"

	"github.com/ctgen-lang/ctgen/internal/agree"
	"github.com/ctgen-lang/ctgen/runtime"
%s)

var table = map[string]any{
%s}

// checked is a checked arrow that looks like the arrow: a trace of its own
// goes in, and an error is a panic.
func checked(f any) any {
	v := reflect.ValueOf(f)
	trace := reflect.TypeFor[*runtime.Trace]()
	at := 0
	var in, out []reflect.Type
	for i := range v.Type().NumIn() {
		if v.Type().In(i) == trace {
			at = i
			continue
		}
		in = append(in, v.Type().In(i))
	}
	for i := range v.Type().NumOut() - 1 {
		out = append(out, v.Type().Out(i))
	}
	return reflect.MakeFunc(reflect.FuncOf(in, out, false), func(args []reflect.Value) []reflect.Value {
		args = append(args[:at:at], append([]reflect.Value{reflect.Zero(trace)}, args[at:]...)...)
		results := v.Call(args)
		if err := results[len(out)]; !err.IsNil() {
			panic(err.Interface())
		}
		return results[:len(out)]
	}).Interface()
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var call struct {
			Name string
			Args [][]float64
		}
		if in.Decode(&call) != nil {
			return
		}
		if err := out.Encode(agree.Finite(agree.Call(reflect.ValueOf(table[call.Name]), call.Args))); err != nil {
			panic(err)
		}
	}
}
`

// functions lists the functions and methods of the package name in dir by
// their names, as expressions: pkg.Relu, (*pkg.Neuron).Predict.
func functions(t *testing.T, name, dir string) map[string]string {
	found := map[string]string{}
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	for _, path := range paths {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		require.NoError(t, err)
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || !fn.Name.IsExported() {
				continue
			}
			expr := name + "." + fn.Name.Name
			if fn.Recv != nil {
				star, ok := fn.Recv.List[0].Type.(*ast.StarExpr)
				if !ok {
					continue
				}
				ident, ok := star.X.(*ast.Ident)
				if !ok {
					continue // a generic type: no object of a spec
				}
				recv := ident.Name
				if strings.HasSuffix(recv, "Trainer") || strings.HasSuffix(recv, "Predictor") || !ast.IsExported(recv) {
					continue
				}
				expr = "(*" + name + "." + recv + ")." + fn.Name.Name
			}
			found[fn.Name.Name] = expr
		}
	}
	return found
}

func (p *compiled) start(t *testing.T, bin string) {
	cmd := exec.Command(bin)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %s", err, stderr.String())
		}
	})
	p.in, p.out = in, bufio.NewScanner(out)
	p.out.Buffer(nil, 1<<26)
}

// call calls an arrow's function; nil arguments are places to write to.
func (p *compiled) call(t *testing.T, name string, args [][]float64) [][]float64 {
	line, err := json.Marshal(struct {
		Name string
		Args [][]float64
	}{name, args})
	require.NoError(t, err)
	_, err = p.in.Write(line)
	require.NoError(t, err)
	require.True(t, p.out.Scan(), "%s panicked", name)
	var out [][]float64
	require.NoError(t, json.Unmarshal(p.out.Bytes(), &out))
	return out
}

// kinkMargin is how close to a kink float32 may be on the other side of it.
const kinkMargin = 1e-5

// noisy is how many times farther than the roundings of what is between
// arrows take it compiled code may be, which rounds inside arrows as well.
const noisy = 30

// agrees holds one arrow of a package against the interpreter at a random
// point and returns the distance between them, and how far float32 may take
// compiled code there, infinitely close to a kink.
func (p *compiled) agrees(t *testing.T, it *eval.Interp, pkg string, a *category.Arrow, r *rand.Rand) (distance, noise float64) {
	receiver := a.Given
	if a.Endo {
		receiver = a.State
	}
	var args [][]float64
	var in []eval.Value
	var settings []float64
	value := func(typ *category.Type, numbers []float64) eval.Value {
		v, err := eval.Unflat(typ, numbers)
		require.NoError(t, err)
		return v
	}
	state := agree.DrawValue(r, receiver)
	if !receiver.IsUnit() {
		args = append(args, state)
	}
	grad := soleGrad(a)
	if grad != nil {
		args = append(args, nil)
	}
	for _, s := range a.Open {
		args = append(args, agree.DrawValue(r, s.Type))
		settings = append(settings, args[len(args)-1][0])
	}
	for _, f := range a.Dom.Factors() {
		args = append(args, agree.DrawValue(r, f))
		in = append(in, value(f, args[len(args)-1]))
	}
	run := func(it *eval.Interp, d *category.Diagram) (numbers []float64) {
		out, err := it.Run(d, in, value(receiver, state), settings)
		require.NoError(t, err)
		for _, v := range out {
			numbers = append(numbers, v.Flat()...)
		}
		return numbers
	}
	want := run(it, a.Diagram)
	noise = noisy * agree.Distance(run(it.Narrow(), a.Diagram), want)
	all := p.call(t, pkg+"."+a.Name, args)
	if !p.unchecked[pkg] {
		require.Equal(t, all, p.call(t, pkg+"."+a.Name+checkedSuffix, args), "%s.%s: checked is not the same", pkg, a.Name)
	}
	results := all[len(args):]
	switch {
	case grad != nil:
		learning := eval.New(p.categories[pkg])
		learning.Training = true
		near, err := learning.Close(grad, in, value(receiver, state), settings, kinkMargin)
		require.NoError(t, err)
		if near.Kink {
			noise = math.Inf(1)
		}
		loss := run(learning, grad)
		noise = max(noise, noisy*agree.Distance(run(learning.Narrow(), grad), loss))
		return max(agree.Distance(all[1], want), agree.Distance(results[0], loss)), noise
	case a.Endo:
		return agree.Distance(all[0], want), noise
	}
	var got []float64
	for _, v := range results {
		got = append(got, v...)
	}
	return agree.Distance(got, want), noise
}

// soleGrad is the differentiated diagram of an arrow that is one grad and
// nothing else.
func soleGrad(a *category.Arrow) *category.Diagram {
	if a.Diagram == nil || len(a.Diagram.Nodes) != 1 {
		return nil
	}
	if g, ok := a.Diagram.Nodes[0].Op.(*category.Grad); ok {
		return g.Body
	}
	return nil
}

// requireAgreement holds every arrow of a package against the interpreter, at
// points that do not depend on what other arrows there are.
func (p *compiled) requireAgreement(t *testing.T, pkg string, draws int) {
	c := p.categories[pkg]
	it := eval.New(c)
	for _, a := range c.Arrows {
		h := fnv.New64a()
		io.WriteString(h, a.Name)
		r := rand.New(rand.NewSource(int64(h.Sum64())))
		for range draws {
			d, noise := p.agrees(t, it, pkg, a, r)
			for try := 0; noise > compiledTolerance && try < 10; try++ {
				d, noise = p.agrees(t, it, pkg, a, r)
			}
			require.LessOrEqual(t, d, max(compiledTolerance, noise), "%s.%s: compiled is too far from interpreted", pkg, a.Name)
		}
	}
}
