package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// program is the source of a Go program: a module that takes the path of this
// one, and a module of the runtime below it, so that generated code finds the
// runtime where it imports it, and nothing has to be downloaded.
type program struct {
	files   map[string][]byte // by slash-separated path
	runtime map[string][]byte // the same, of the module of the runtime
	mine    []mapped          // files that people wrote, for the compiler's messages

	printed *golang.Package // of the specification, in programs of a model
}

// mapped is a file of the program and where it came from.
type mapped struct{ name, from string }

// newProgram returns a program that holds the runtime.
func newProgram() (*program, error) {
	sources, err := runtimeSources()
	return &program{files: map[string][]byte{}, runtime: sources}, err
}

// goLine is the line of a go.mod that names the language version.
func goLine(goMod []byte) string {
	for _, l := range strings.Split(string(goMod), "\n") {
		if strings.HasPrefix(l, "go ") {
			return strings.TrimSpace(l)
		}
	}
	return "go 1.25.0"
}

// ownGoLine is the one that the runtime is written in.
func ownGoLine() string {
	goMod, _ := ctgen.Sources.ReadFile("go.mod")
	return goLine(goMod)
}

// hash identifies the program and the machine that it is compiled for.
func (p *program) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %s %s\n", runtime.GOOS, runtime.GOARCH, os.Getenv("GOAMD64"), os.Getenv("GOARM64"))
	digest(h, p.files)
	digest(h, p.runtime)
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// digest writes files, by path, in a form that no others have.
func digest(h io.Writer, files map[string][]byte) {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s %d\n", name, len(files[name]))
		h.Write(files[name])
	}
}

// write lays the program out below dir; its runtime lies at a path relative to
// that, as a go.mod writes it.
func (p *program) write(dir, runtime string) error {
	if err := writeFiles(dir, p.files); err != nil {
		return err
	}
	path := ctgen.Path + "/runtime"
	goMod := fmt.Sprintf("module %s\n\n%s\n\nrequire %s v0.0.0\n\nreplace %s => %s\n", ctgen.Path, ownGoLine(), path, path, runtime)
	return writeFiles(dir, map[string][]byte{"go.mod": []byte(goMod)})
}

// writeFiles writes files, by slash-separated path, below dir.
func writeFiles(dir string, files map[string][]byte) error {
	for name, data := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compileError is what the Go compiler says about sources that are the
// user's.
type compileError struct{ output string }

func (e *compileError) Error() string { return "the Go compiler refuses the program:\n" + e.output }

// build compiles the program in dir, where it has been written, to the file
// out. The user's settings for other modules play no part, and nothing is
// downloaded. Flags that change how packages compile are left alone, so that
// the standard library is taken from the build cache wherever the user, or
// the build of this command, has compiled it before. Linking leaves out what
// debuggers read, which takes a third of its time.
func build(dir, out string) error {
	goCmd, err := goCommand()
	if err != nil {
		return err
	}
	cmd := exec.Command(goCmd, "build", "-buildvcs=false", "-ldflags=-w", "-o", out, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir,
		"GO111MODULE=on", "GOFLAGS=-mod=readonly", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "CGO_ENABLED=0",
		"GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH)
	if _, err := os.UserCacheDir(); err != nil && os.Getenv("GOCACHE") == "" {
		cmd.Env = append(cmd.Env, "GOCACHE="+filepath.Join(dir, ".cache"), "GOPATH="+filepath.Join(dir, ".gopath"))
	}
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &output
	err = cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return err
	}
	said := strings.TrimSpace(output.String())
	if fault := toolchainFault(goCmd, said); fault != nil {
		return fault
	}
	if !compiledSome(said) {
		return fmt.Errorf("the go command does not work here:\n%s", said)
	}
	return &compileError{said}
}

// blame puts the user's own files in place of their copies.
func (p *program) blame(err error) error {
	var refused *compileError
	if errors.As(err, &refused) {
		for _, m := range p.mine {
			refused.output = strings.ReplaceAll(refused.output, filepath.FromSlash(m.name), m.from)
		}
	}
	return err
}
