package main

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
)

// runProgram runs a compiled program with our streams, hands signals on to it
// and returns its exit code.
func runProgram(u *ui, bin string, args []string) int {
	cmd := exec.Command(bin, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = u.stdin, u.stdout, u.stderr
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, forwarded...)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return u.fail("cannot run the compiled program: %s", err)
	}
	// A terminal sends its interrupt to the program as well as to us.
	terminal := isTerminal(u.stdin) || isTerminal(u.stdout) || isTerminal(u.stderr)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case s := <-signals:
				if s != os.Interrupt || !terminal {
					cmd.Process.Signal(s)
				}
			case <-done:
				return
			}
		}
	}()
	err := cmd.Wait()
	close(done)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return exitCode(exit)
	case err != nil:
		return u.fail("%s", err)
	}
	return exitOK
}
