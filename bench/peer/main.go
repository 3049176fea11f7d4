// Command peer runs one workload by generated code or by hand-written scalar
// Go, and prints its line of results:
//
//	peer NAME ctgen|scalar WORKLOAD THREADS
//	peer level
//
// NAME is what the line calls it. With level, it prints the instruction set
// that generated code runs its kernels at.
package main

import (
	"fmt"
	"os"
	"strconv"

	"github.com/ctgen-lang/ctgen/bench/ours"
	"github.com/ctgen-lang/ctgen/bench/scalar"
	"github.com/ctgen-lang/ctgen/bench/workload"
	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 && args[0] == "level" {
		fmt.Println(kernel.Level())
		return nil
	}
	if len(args) != 4 {
		return fmt.Errorf("usage: peer NAME ctgen|scalar WORKLOAD THREADS")
	}
	w, err := workload.Named(args[2])
	if err != nil {
		return err
	}
	threads, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	var r workload.Runner
	switch args[1] {
	case "ctgen":
		r, err = ours.Open(w, threads)
	case "scalar":
		r = scalar.Open(w)
	default:
		err = fmt.Errorf("there is no peer %q", args[1])
	}
	if err != nil {
		return err
	}
	w.Report(args[0], threads, r.Call, w.Check(r))
	return nil
}
