package main

import (
	"fmt"
	"os"
	"os/exec"
)

// debian are the packages that hold the rivals.
var debian = []string{"gcc", "libc6-dev", "libopenblas-dev", "python3-numpy", "python3-torch", "python3-sklearn"}

// install gets the rivals by the system's own means. What cannot be installed
// is said, and the peers that need it will be absent.
func install() error {
	apt, err := exec.LookPath("apt-get")
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "install: there is no apt-get here; a C compiler, OpenBLAS, PyTorch and scikit-learn are used where they are found")
	case os.Geteuid() != 0:
		fmt.Fprintln(os.Stderr, "install: apt-get needs root:", "apt-get install", debian)
	default:
		loud(apt, "update", "-qq")
		loud(apt, append([]string{"install", "-y", "-qq", "--no-install-recommends"}, debian...)...)
	}
	if npm, err := exec.LookPath("npm"); err == nil {
		loud(npm, "--prefix", "peers/node", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	} else {
		fmt.Fprintln(os.Stderr, "install: there is no npm here, so no ONNX Runtime")
	}
	return nil
}

// loud runs a command and shows what it says.
func loud(name string, args ...string) {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	if err := c.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "install: %s: %v\n", name, err)
	}
}
