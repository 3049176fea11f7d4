package golang_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// straightStep is one endo in a program that runs it.
type straightStep struct {
	name  string // category_endo
	plan  *plan.Plan
	files []golang.File // the first is the straight one
	alone bool          // without the kernels
}

// straightProgram writes a program into a folder of this module that reads
// runs, one a line (step, way, n, batch, then the arguments separated by
// semicolons), and prints the loss, the number of allocations, and what the
// arguments hold afterwards.
func straightProgram(t testing.TB, steps []straightStep) (dir string) {
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	path := "github.com/ctgen-lang/ctgen/gen/golang/" + filepath.ToSlash(dir)
	write := func(name string, text []byte) {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, text, 0o666))
	}
	var imports, table strings.Builder
	for _, s := range steps {
		files := s.files
		if s.alone {
			files = files[:1]
		}
		for _, f := range files {
			write(s.name+"/"+f.Name, f.Content)
		}
		write(s.name+"/run.go", []byte(s.hook(path)))
		fmt.Fprintf(&imports, "\t%s %q\n", s.name, path+"/"+s.name)
		fmt.Fprintf(&table, "\t%q: %s.Run,\n", s.name, s.name)
	}
	write("numbers/numbers.go", []byte(straightNumbers))
	write("main.go", fmt.Appendf(nil, straightMain, path, imports.String(), table.String()))
	return dir
}

// hook is the function Run of a step's package: it runs an epoch straight, or
// batch by batch with kernels in float32 or float64.
func (s *straightStep) hook(path string) string {
	var b strings.Builder
	pkg := strings.Fields(string(s.files[0].Content[bytes.Index(s.files[0].Content, []byte("\npackage ")):]))[1]
	fmt.Fprintf(&b, "package %s\n\nimport \"%s/numbers\"\n\n", pkg, path)
	b.WriteString("func Run(way string, n, batch int, args [][]float64) (loss float64, allocations uint64) {\n\tswitch way {\n")
	before, after := s.copies("float32")
	run := s.epoch()
	if s.plan.Result != plan.NoValue {
		run = "loss = float64(" + run + ")"
	}
	fmt.Fprintf(&b, "case \"straight\":\n%sfree := numbers.Allocations()\n%s\nallocations = numbers.Allocations() - free\n%s", before, run, after)
	ways := []string{"float32", "float64"}
	if s.alone {
		ways = nil
	}
	for _, real := range ways {
		before, after := s.copies(real)
		if s.plan.Single {
			before += "batch = 1\n"
		}
		run := "kernelStep(" + s.work(real) + "end-at" + s.operands(real, true) + ")"
		if s.plan.Result != plan.NoValue {
			run = "loss += float64(" + run + ") * float64(end-at) / float64(n)"
		}
		fmt.Fprintf(&b, "case %q:\n%sfor at := 0; at < n; at += batch {\nend := min(at+batch, n)\n%s\n}\n%s", real, before, run, after)
	}
	b.WriteString("}\nreturn loss, allocations\n}\n\n")
	if !s.alone {
		s.timed(&b)
	}
	return b.String()
}

// epoch is the call of the straight function; a list is always taken whole.
func (s *straightStep) epoch() string {
	if s.plan.List {
		return "epochStep(n" + s.operands("float32", false) + ")"
	}
	return "epochStep(n, batch" + s.operands("float32", false) + ")"
}

// timed prints the function Epoch: it makes a function that runs an epoch in
// one of two ways, as often as it is called.
func (s *straightStep) timed(b *strings.Builder) {
	before, _ := s.copies("float32")
	work := ""
	for i, w := range strings.Split(strings.TrimSuffix(s.work("float32"), ", "), ", make") {
		if w != "" {
			before += fmt.Sprintf("w%d := make%s\n", i, strings.ReplaceAll(strings.TrimPrefix(w, "make"), "(end-at)", "batch"))
			work += fmt.Sprintf("w%d, ", i)
		}
	}
	fmt.Fprintf(b, "func Epoch(straight bool, n, batch int, args [][]float64) func() {\n%sif straight {\nreturn func() { %s }\n}\n", before, s.epoch())
	fmt.Fprintf(b, "return func() {\nfor at := 0; at < n; at += batch {\nend := min(at+batch, n)\nkernelStep(%send-at%s)\n}\n}\n}\n", work, s.operands("float32", true))
}

// copies make slices of the arguments, and put them back.
func (s *straightStep) copies(real string) (before, after string) {
	for i, a := range s.plan.Args {
		typ := map[category.Kind]string{category.Real: real, category.Fin: "int32", category.Int: "int64"}[a.Leaf.Kind]
		if a.Leaf.Kind == category.Bool {
			before += fmt.Sprintf("a%d := numbers.Bools(args[%d])\n", i, i)
			continue
		}
		if a.Role == plan.SettingArg {
			continue
		}
		before += fmt.Sprintf("a%d := numbers.Of[%s](args[%d])\n", i, typ, i)
		if a.Role == plan.StateArg {
			after += fmt.Sprintf("numbers.Back(args[%d], a%d)\n", i, i)
		}
	}
	return before, after
}

// operands are the arguments of a call, data cut to one batch where asked.
func (s *straightStep) operands(real string, cut bool) string {
	out := ""
	for i, a := range s.plan.Args {
		switch size := s.plan.Values[a.Value].Size(); {
		case a.Role == plan.SettingArg:
			out += fmt.Sprintf(", %s(args[%d][0])", real, i)
		case a.Role == plan.DataArg && cut:
			out += fmt.Sprintf(", a%d[at*%d:end*%d]", i, size, size)
		default:
			out += fmt.Sprintf(", a%d", i)
		}
	}
	return out
}

func (s *straightStep) work(real string) string {
	out := ""
	for _, w := range []struct {
		typ  string
		size plan.Extent
	}{{real, s.plan.Work}, {"int32", s.plan.WorkFin}, {"int64", s.plan.WorkInt}, {"bool", s.plan.WorkBool}} {
		if w.size != (plan.Extent{}) {
			out += fmt.Sprintf("make([]%s, %d*(end-at)+%d), ", w.typ, w.size.PerExample, w.size.Fixed)
		}
	}
	return out
}

const straightNumbers = `package numbers

import "runtime"

type number interface{ ~float32 | ~float64 | ~int32 | ~int64 }

func Of[T number](x []float64) []T {
	out := make([]T, len(x))
	for i := range x {
		out[i] = T(x[i])
	}
	return out
}

func Bools(x []float64) []bool {
	out := make([]bool, len(x))
	for i := range x {
		out[i] = x[i] != 0
	}
	return out
}

func Back[T number](x []float64, v []T) {
	for i := range x {
		x[i] = float64(v[i])
	}
}

func Allocations() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}
`

const straightMain = `package main

import (
	"bufio"
	"os"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/scalar"
	_ "%s/numbers"
%s)

var table = map[string]func(string, int, int, [][]float64) (float64, uint64){
%s	"functions": functions,
}

// functions applies every function of package scalar to all of args[0].
func functions(_ string, n, _ int, args [][]float64) (float64, uint64) {
	for i, v := range args[0][:n] {
		x := float32(v)
		a, l := scalar.Logistic(x)
		args[1][i] = a
		list := []float32{l, scalar.Exp(x), scalar.Expm1(x), scalar.Log(x), scalar.Log1p(x), scalar.Sigmoid(x), scalar.Tanh(x),
			scalar.Erf(x), scalar.Sin(x), scalar.Cos(x), scalar.Sqrt(x), scalar.Pow(x, 0.3), scalar.Pow(1.7, x), float32(scalar.PowInt(v, 7))}
		for k, y := range list {
			args[k+2][i] = float64(y)
		}
	}
	return 0, 0
}

func main() {
	in, out := bufio.NewReaderSize(os.Stdin, 1<<26), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		head, rest, _ := strings.Cut(strings.TrimSpace(line), ";")
		words := strings.Fields(head)
		n, _ := strconv.Atoi(words[2])
		batch, _ := strconv.Atoi(words[3])
		var args [][]float64
		for _, part := range strings.Split(rest, ";") {
			var arg []float64
			for _, word := range strings.Fields(part) {
				v, _ := strconv.ParseFloat(word, 64)
				arg = append(arg, v)
			}
			args = append(args, arg)
		}
		loss, allocations := table[words[0]](words[1], n, batch, args)
		out.WriteString(strconv.FormatFloat(loss, 'g', -1, 64) + " " + strconv.FormatUint(allocations, 10))
		for _, arg := range args {
			out.WriteString(";")
			for _, v := range arg {
				out.WriteString(" " + strconv.FormatFloat(v, 'g', -1, 64))
			}
		}
		out.WriteString("\n")
	}
}
`

// straightRun is one line of input.
type straightRun struct {
	step, way string
	n, batch  int
	args      [][]float64
}

// straightResult is one line of output.
type straightResult struct {
	loss        float64
	allocations int
	args        [][]float64
}

func numbersText(args [][]float64) string {
	var b strings.Builder
	for _, arg := range args {
		b.WriteString(";")
		for _, v := range arg {
			b.WriteString(" " + strconv.FormatFloat(v, 'g', -1, 64))
		}
	}
	return b.String()
}

// build compiles the program with more variables of the environment.
func buildStraight(t *testing.T, dir, name string, env ...string) string {
	bin := filepath.Join(dir, name+".exe")
	cmd := exec.Command("go", "build", "-ldflags=-w", "-o", bin, "./"+filepath.ToSlash(dir))
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return bin
}

// output feeds runs to a program; failed holds what it wrote where it did not
// run.
func output(t *testing.T, runs []straightRun, command ...string) (results []string, failed string) {
	var in bytes.Buffer
	for _, r := range runs {
		fmt.Fprintf(&in, "%s %s %d %d%s\n", r.step, r.way, r.n, r.batch, numbersText(r.args))
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin = &in
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Sprintf("%s: %s", err, stderr.String())
	}
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		results = append(results, lines.Text())
	}
	require.Len(t, results, len(runs))
	return results, ""
}

func parsedResult(t *testing.T, line string) straightResult {
	head, rest, _ := strings.Cut(line, ";")
	var r straightResult
	_, err := fmt.Sscan(head, &r.loss, &r.allocations)
	require.NoError(t, err, head)
	for _, part := range strings.Split(rest, ";") {
		var arg []float64
		for _, word := range strings.Fields(part) {
			v, err := strconv.ParseFloat(word, 64)
			require.NoError(t, err)
			arg = append(arg, v)
		}
		r.args = append(r.args, arg)
	}
	return r
}
