// Package pinned runs the programs that a comparison measures: each in the
// neutral environment of peers/env.sh, and on one core where taskset is there
// to hold it.
package pinned

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
)

// Python is Debian's, for which its packages of NumPy and PyTorch are.
const Python = "/usr/bin/python3"

// Output runs a command on the given core, in the working directory, which
// must be bench/, and returns what it writes to standard output.
func Output(cpu int, command ...string) (string, error) {
	if _, err := os.Stat("peers/env.sh"); errors.Is(err, fs.ErrNotExist) {
		return "", errors.New("there is no peers/env.sh here: run it in bench/")
	}
	args := []string{"-c", `. peers/env.sh; exec "$@"`, "peer"}
	if _, err := exec.LookPath("taskset"); err == nil {
		args = append(args, "taskset", "-c", strconv.Itoa(cpu))
	}
	c := exec.Command("bash", append(args, command...)...)
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", command[0], err, stderr.Bytes())
	}
	return string(out), nil
}
