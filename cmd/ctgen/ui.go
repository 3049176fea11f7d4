package main

// The voice of the command. One line says what is wrong in the user's nouns,
// without capital or final stop; the next says what to do about it. What was
// asked for goes to standard output; everything else, progress included, to
// standard error. Success that changes nothing is silent.

import (
	"fmt"
	"io"
	"os"
)

// ui is what a verb talks through.
type ui struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	colorOut       bool // standard output shows colours
	colorErr       bool
}

func newUI(stdin io.Reader, stdout, stderr io.Writer) *ui {
	plain := os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb"
	return &ui{
		stdin: stdin, stdout: stdout, stderr: stderr,
		colorOut: !plain && isTerminal(stdout),
		colorErr: !plain && isTerminal(stderr),
	}
}

// fail reports a fault of the world (a file that cannot be read, no
// toolchain) and returns the exit code for it.
func (u *ui) fail(format string, args ...any) int {
	fmt.Fprintf(u.stderr, "ctgen: "+format+"\n", args...)
	return exitUsage
}

// usage reports a wrong call and says where the right one is described. The
// verb is nil where none was recognised.
func (u *ui) usage(v *verb, format string, args ...any) int {
	u.fail(format, args...)
	if v == nil {
		u.say("see `ctgen help`")
	} else {
		u.say("usage: %s; more in `ctgen help %s`", v.synopsis(), v.name)
	}
	return exitUsage
}

// say writes a line to standard error.
func (u *ui) say(format string, args ...any) {
	fmt.Fprintf(u.stderr, format+"\n", args...)
}

// print writes a line to standard output.
func (u *ui) print(format string, args ...any) {
	fmt.Fprintf(u.stdout, format+"\n", args...)
}

// isTerminal reports whether a stream is a character device other than the
// null device.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
