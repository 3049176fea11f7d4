package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// ready writes the data and builds the peers. A peer that cannot be built is
// absent, and the reason is kept.
func ready(works []workload.Workload, peers []*peer) error {
	for _, dir := range []string{"data", "bin"} {
		if err := os.MkdirAll(filepath.Join(workDir, dir), 0o755); err != nil {
			return err
		}
	}
	for _, w := range works {
		if err := w.Write(prefix(w)); err != nil {
			return err
		}
	}
	for _, p := range peers {
		if p.absent != "" {
			continue
		}
		if err := p.ready(works); err != nil {
			p.absent = err.Error()
		}
	}
	return nil
}

// missing says that a package must be installed.
func missing(what string) error {
	return fmt.Errorf("%s is not installed; -install gets it where apt-get or npm can", what)
}

// output runs a command; its error is the last line it printed.
func output(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil && len(out) > 0 {
		return errors.New(lastLine(string(out)))
	}
	return err
}

// compilerFlags are the same for every C peer.
var compilerFlags = []string{"-O3", "-march=native", "-ffast-math"}

// compileC builds peer name for one workload.
func compileC(w workload.Workload, name string) error {
	define := func(key string, value any) string { return fmt.Sprintf("-D%s=%v", key, value) }
	args := append(slices.Clone(compilerFlags),
		define("NAME", `"`+w.Name+`"`), define("BATCH", w.Batch), define("BUFFERS", w.Buffers), define("RATE", w.Rate))
	source := "peers/c/mlp.c"
	if w.Loss == workload.Logistic {
		source = "peers/c/logistic.c"
		args = append(args, define("DIM", w.In()), define("STEPS", w.Steps))
	} else {
		padded := func(n int) int { return (n + 15) / 16 * 16 }
		most, weights, dims := 0, 0, make([]string, len(w.Dims))
		for l, d := range w.Dims {
			dims[l] = fmt.Sprint(d)
			if l > 0 {
				most, weights = max(most, padded(d)), max(weights, padded(w.Dims[l-1])*padded(d))
			}
		}
		args = append(args, define("PEER", `"`+name+`"`), define("KERNELS", `"`+strings.TrimPrefix(name, "c_")+`.h"`),
			define("DIMS", strings.Join(dims, ",")), define("FIRST", w.In()), define("LAST", w.Out()),
			define("MOST", most), define("WEIGHTS", weights),
			"-D"+strings.ToUpper(string(w.Loss)), "-D"+strings.ToUpper(string(w.Optimizer)))
	}
	args = append(args, source, "-o", binary(w.Name+"_"+name))
	if name == cOpenBLAS {
		args = append(args, "-lopenblas")
	}
	return output(compiler(), append(args, "-lm")...)
}

// compilePeak builds the program that measures the machine's peak.
func compilePeak() error {
	return output(compiler(), append(slices.Clone(compilerFlags), "peers/c/peak.c", "-o", binary("peak"), "-lm")...)
}

func compiler() string {
	if _, err := exec.LookPath("gcc"); err == nil {
		return "gcc"
	}
	return "cc"
}

// pythonWith is a Python that has the library, or "".
func pythonWith(library string) string { return pythons(library)() }

var pythonMemo sync.Map

func pythons(library string) func() string {
	f, _ := pythonMemo.LoadOrStore(library, sync.OnceValue(func() string {
		for _, python := range []string{"python3", debianPython} {
			if exec.Command(python, "-c", "import "+library).Run() == nil {
				return python
			}
		}
		return ""
	}))
	return f.(func() string)
}

// goVersion is the first two numbers of Go's version: go1.26.
func goVersion() string {
	parts := strings.SplitN(runtime.Version(), ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}
