package main

import (
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/bench/workload"
)

// peer is one thing that is measured.
type peer struct {
	name    string // as its lines of results say
	title   string
	threads int
	slow    bool
	runs    func(w workload.Workload) bool
	command func(w workload.Workload) []string
	env     []string // settings of its own
	ready   func(works []workload.Workload) error
	absent  string // why it does not run
}

// Names that the tables know.
const (
	ctgen        = "ctgen"
	ctgenAVX2    = "ctgen_avx2"
	cPlain       = "c_plain"
	cBlocked     = "c_blocked"
	cOpenBLAS    = "c_openblas"
	torch        = "torch"
	torchHand    = "torch_manual"
	onnx         = "onnxruntime"
	goScalar     = "go_scalar"
	sklearn      = "sklearn"
	gorgonia     = "gorgonia"
	gomlx        = "gomlx"
	debianPython = "/usr/bin/python3" // Debian's packages are for Debian's Python
)

func allPeers() []*peer {
	every := func(workload.Workload) bool { return true }
	networks := func(w workload.Workload) bool { return w.Loss != workload.Logistic }
	only := func(names ...string) func(workload.Workload) bool {
		return func(w workload.Workload) bool { return slices.Contains(names, w.Name) }
	}
	w3 := only("W3_sgd", "W3_adam", "W3_infer64")
	inference := func(w workload.Workload) bool { return w.Optimizer == workload.None }
	descent := func(w workload.Workload) bool { return w.Optimizer == workload.SGD }
	return []*peer{
		goPeer(ctgen, "ctgen", 1, "ctgen", every),
		goPeer(ctgen, "ctgen", 2, "ctgen", only("W3_sgd", "W3_adam")),
		goPeer(ctgenAVX2, "ctgen, AVX2 forced", 1, "ctgen", every, "CTGEN_KERNELS=avx2"),
		cPeer(cPlain, "C, plain loops", 1, every),
		cPeer(cBlocked, "C, register-blocked", 1, networks),
		cPeer(cOpenBLAS, "C + OpenBLAS", 1, networks),
		cPeer(cOpenBLAS, "C + OpenBLAS", 2, w3),
		pythonPeer(torch, "PyTorch, eager", "torch_eager.py", "torch", 1, every),
		pythonPeer(torch, "PyTorch, eager", "torch_eager.py", "torch", 2, w3),
		pythonPeer(torchHand, "PyTorch, backward by hand", "torch_manual.py", "torch", 1, descent),
		nodePeer(1, inference),
		nodePeer(2, only("W3_infer64")),
		goPeer(goScalar, "Go, scalar by hand", 1, "scalar", every),
		slow(pythonPeer(sklearn, "scikit-learn", "sklearn_peer.py", "sklearn", 1,
			func(w workload.Workload) bool { return networks(w) || w.Batch == 1 })),
		slow(modulePeer(gorgonia, "Gorgonia", func(w workload.Workload) bool { return networks(w) && !inference(w) },
			"ASSUME_NO_MOVING_GC_UNSAFE_RISK_IT_WITH="+goVersion())),
		slow(modulePeer(gomlx, "GoMLX, pure Go", func(w workload.Workload) bool { return networks(w) && !inference(w) })),
	}
}

func slow(p *peer) *peer {
	p.slow = true
	return p
}

// prefix is where a workload's files are.
func prefix(w workload.Workload) string { return filepath.Join(workDir, "data", w.Name) }

// binary is where a program is built.
func binary(name string) string { return filepath.Join(workDir, "bin", name) }

// goPeer is package peer of this module.
func goPeer(name, title string, threads int, kind string, runs func(workload.Workload) bool, env ...string) *peer {
	return &peer{
		name: name, title: title, threads: threads, runs: runs, env: env,
		command: func(w workload.Workload) []string {
			return []string{binary("peer"), name, kind, w.Name, strconv.Itoa(threads)}
		},
		ready: func([]workload.Workload) error { return output("go", "build", "-o", binary("peer"), "./peer") },
	}
}

// cPeer is compiled for each workload, so that all extents are constants.
func cPeer(name, title string, threads int, runs func(workload.Workload) bool) *peer {
	return &peer{
		name: name, title: title, threads: threads, runs: runs,
		command: func(w workload.Workload) []string { return []string{binary(w.Name + "_" + name), prefix(w)} },
		env:     threadLimits(threads),
		ready: func(works []workload.Workload) error {
			for _, w := range works {
				if runs(w) {
					if err := compileC(w, name); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

func pythonPeer(name, title, script, library string, threads int, runs func(workload.Workload) bool) *peer {
	return &peer{
		name: name, title: title, threads: threads, runs: runs,
		command: func(w workload.Workload) []string {
			return []string{pythonWith(library), filepath.Join("peers", "python", script), prefix(w), strconv.Itoa(threads)}
		},
		env: threadLimits(threads),
		ready: func([]workload.Workload) error {
			if pythonWith(library) == "" {
				return missing("Python's " + library)
			}
			return nil
		},
	}
}

func nodePeer(threads int, runs func(workload.Workload) bool) *peer {
	return &peer{
		name: onnx, title: "ONNX Runtime", threads: threads, runs: runs,
		command: func(w workload.Workload) []string {
			return []string{"node", "peers/node/onnxruntime.js", prefix(w), strconv.Itoa(threads)}
		},
		ready: func(works []workload.Workload) error {
			for _, w := range works {
				if runs(w) {
					if err := w.WriteONNX(prefix(w)); err != nil {
						return err
					}
				}
			}
			if output("node", "-e", "require('./peers/node/node_modules/onnxruntime-node')") != nil {
				return missing("Node's onnxruntime-node")
			}
			return nil
		},
	}
}

// modulePeer is a Go module of its own below peers/, for what it depends on.
func modulePeer(name, title string, runs func(workload.Workload) bool, env ...string) *peer {
	return &peer{
		name: name, title: title, threads: 1, runs: runs,
		command: func(w workload.Workload) []string { return []string{binary(name), w.Name} },
		env:     append(env, "GOMAXPROCS=1"),
		ready: func([]workload.Workload) error {
			to, err := filepath.Abs(binary(name))
			if err != nil {
				return err
			}
			return output("go", "-C", filepath.Join("peers", name), "build", "-o", to, ".")
		},
	}
}

// threadLimits are what OpenBLAS and OpenMP read.
func threadLimits(n int) []string {
	s := strconv.Itoa(n)
	return []string{"OPENBLAS_NUM_THREADS=" + s, "OMP_NUM_THREADS=" + s}
}

// label is the peer in tables.
func label(title string, threads int) string {
	if threads == 1 {
		return title
	}
	return title + ", " + strconv.Itoa(threads) + " threads"
}

// lastLine is what a command said last before it failed.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}
