package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	collectLate()
	os.Exit(run(os.Stdin, os.Stdout, os.Stderr, os.Args[1:]))
}

// Exit codes that scripts rely on.
const (
	exitOK       = 0
	exitFindings = 1 // errors in a spec, stale files
	exitUsage    = 2 // wrong usage or I/O
)

// run is the whole command; it returns the exit code.
func run(stdin io.Reader, stdout, stderr io.Writer, args []string) int {
	u := newUI(stdin, stdout, stderr)
	if len(args) == 0 {
		writeOverview(stderr)
		return exitUsage
	}
	name := args[0]
	switch name {
	case "-h", "-help", "--help":
		name = "help"
	case "-v", "-version", "--version":
		name = "version"
	}
	if name == completeVerb {
		return runComplete(u, args[1:])
	}
	v := findVerb(name)
	if v == nil {
		return u.usage(nil, "%s", unknownVerb(name))
	}
	c, err := parseArgs(v, args[1:])
	if err != nil {
		return u.usage(v, "%s", err)
	}
	if c.has("help") {
		v.page().writeText(stdout)
		return exitOK
	}
	return v.run(u, c)
}

// quote shows a word of the user's inside a message.
func quote(s string) string {
	if strings.ContainsAny(s, "`\n\r\t") || s == "" {
		return fmt.Sprintf("%q", s)
	}
	return "`" + s + "`"
}
