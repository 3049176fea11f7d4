//go:build !unix

package main

import (
	"os"
	"os/exec"
)

// forwarded are the signals that a training program gets from us.
var forwarded = []os.Signal{os.Interrupt}

func exitCode(e *exec.ExitError) int { return e.ExitCode() }
