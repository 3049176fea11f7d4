package main

// The voice of the command. One line says what is wrong in the user's nouns,
// without capital or final stop; the next says what to do about it. What was
// asked for goes to standard output; everything else, progress included, to
// standard error. Success that changes nothing is silent.

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// ui is what a verb talks through.
type ui struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	textOut        diag.TextOptions // how diagnostics are shown on standard output
	textErr        diag.TextOptions
}

func newUI(stdin io.Reader, stdout, stderr io.Writer) *ui {
	return &ui{
		stdin: stdin, stdout: stdout, stderr: stderr,
		textOut: textOptions(isTerminal(stdout), os.Getenv),
		textErr: textOptions(isTerminal(stderr), os.Getenv),
	}
}

// textOptions says how diagnostics are shown to a person: with colours, and
// what to ask next, on a terminal only; in ASCII where it shows nothing else.
func textOptions(terminal bool, env func(string) string) diag.TextOptions {
	opts := diag.TextOptions{Fix: "ctgen check --fix"}
	if !terminal {
		return opts
	}
	dumb := env("TERM") == "dumb"
	opts.Color = !dumb && env("NO_COLOR") == ""
	opts.ASCII = dumb || !unicodeLocale(env)
	opts.Explain = "ctgen explain"
	return opts
}

// unicodeLocale reports whether text is UTF-8 by the first of the variables
// that say so, as POSIX orders them. Where none is set it is: systems that do
// not use them, and bare containers.
func unicodeLocale(env func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(env(name)); locale != "" {
			return strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")
		}
	}
	return true
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
