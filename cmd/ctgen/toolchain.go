package main

import (
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// goDownloads is where people get Go.
const goDownloads = "https://go.dev/dl"

// goRelease is the oldest release of Go that compiles the runtime: go1.25.0.
func goRelease() string {
	return strings.Replace(ownGoLine(), "go ", "go", 1)
}

// goNeeded is goRelease as people say it.
func goNeeded() string {
	return "Go " + strings.TrimPrefix(version.Lang(goRelease()), "go") + " or later"
}

// toolchainError says that the Go toolchain is not there, or does not work,
// and what to do about it.
type toolchainError struct{ what, do string }

func (e *toolchainError) Error() string { return e.what + "\n" + e.do }

// noGo is the error where there is no Go toolchain.
func noGo() error {
	var without []string
	for _, v := range verbs() {
		if v.needsGo == "" {
			without = append(without, v.name)
		}
	}
	return &toolchainError{
		"compiling a model takes the Go toolchain, and there is no `go` command on PATH",
		fmt.Sprintf("install %s from %s, or put its bin directory on PATH; without it work: %s", goNeeded(), goDownloads, strings.Join(without, ", ")),
	}
}

// goCommand finds the go command on PATH, or where GOROOT says.
func goCommand() (string, error) {
	if p, err := exec.LookPath("go"); err == nil {
		return p, nil
	}
	if root := os.Getenv("GOROOT"); root != "" {
		if p, err := exec.LookPath(filepath.Join(root, "bin", "go")); err == nil {
			return p, nil
		}
	}
	return "", noGo()
}

// goFaults are the ways in which a go command fails before it compiles
// anything, by what it says, and what helps.
var goFaults = []struct {
	says *regexp.Regexp
	do   string
}{
	{regexp.MustCompile(`no space left on device`),
		"make room, or set GOCACHE and GOTMPDIR to directories where there is some"},
	{regexp.MustCompile(`build cache|GOCACHE`),
		"set GOCACHE to a directory that can be written"},
	{regexp.MustCompile(`creating work dir`),
		"set GOTMPDIR to a directory that can be written"},
	{regexp.MustCompile(`cannot find GOROOT|is not in (std|GOROOT)|no such tool|could not import [a-z/]+ \(`),
		"the installation of Go is not whole: `go env GOROOT` says where it should lie; install it anew from " + goDownloads},
	{regexp.MustCompile(`no required module provides|missing go\.sum entry|cannot find module|module lookup disabled|updates to go\.(mod|sum) needed|dial tcp|no such host|proxyconnect|TLS handshake`),
		"run `go mod tidy` in the module once, where there is a network; afterwards none is needed"},
	{regexp.MustCompile(`inconsistent vendoring`),
		"run `go mod vendor` in the module"},
}

// toolchainFault explains why a go command failed, by what it said; nil where
// nothing is known that helps.
func toolchainFault(goCmd, output string) error {
	if have := releaseOf(goCmd); have != "" && version.Compare(have, goRelease()) < 0 {
		return &toolchainError{
			fmt.Sprintf("compiling a model takes %s, and %s is %s", goNeeded(), goCmd, have),
			fmt.Sprintf("install a later one from %s, or put its bin directory on PATH before that of the other", goDownloads),
		}
	}
	for _, f := range goFaults {
		if f.says.MatchString(output) {
			return &toolchainError{"the go command does not work here:\n" + output, f.do}
		}
	}
	return nil
}

// releaseOf is the release of a go command, "" where it does not say one that
// can be compared.
func releaseOf(goCmd string) string {
	cmd := exec.Command(goCmd, "env", "GOVERSION")
	cmd.Dir = os.TempDir() // the module at hand may ask for another release
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN=local", "GOWORK=off")
	out, err := cmd.Output()
	have, _, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if err != nil || !version.IsValid(have) {
		return ""
	}
	return have
}

// compiledSome reports whether a go command came to compile a package, by what it
// said.
func compiledSome(output string) bool {
	return strings.HasPrefix(output, "# ") || strings.Contains(output, "\n# ")
}
