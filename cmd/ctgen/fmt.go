package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
	"github.com/ctgen-lang/ctgen/internal/diff"
)

var fmtVerb = &verb{
	name:     "fmt",
	operands: "[SPEC...]",
	max:      -1,
	short:    "lay specifications out in the canonical way",
	long: `Prints each specification in its canonical layout; without SPEC, standard
input. A directory stands for the .cat files in it and below, those whose
name or directory begins with a dot left out. Flags as gofmt has them say what
to do instead of printing all.

A specification with syntax errors is left as it is and reported. Exit code 1
if there was one, or if -l or -d found something and -w did not put it right.`,
	flags: []option{
		{short: "l", help: "list the files whose layout is another"},
		{short: "w", help: "write the layout to the files"},
		{short: "d", help: "print what would change, as a unified diff"},
	},
	examples: []string{
		"ctgen fmt -w .",
		"ctgen fmt -l specs",
		"ctgen fmt < model.cat",
	},
	topics: []string{"language"},
	run:    runFmt,
}

const standardInput = "<standard input>"

func runFmt(u *ui, c *call) int {
	f := &formatter{ui: u, list: c.has("l"), write: c.has("w"), diff: c.has("d")}
	if len(c.operands) == 0 {
		if f.write {
			return u.usage(c.verb, "-w writes to files, and none is named")
		}
		text, err := readText(u.stdin, standardInput, 0)
		if err != nil {
			return u.fail("%s", err)
		}
		return f.format(standardInput, text)
	}
	code := exitOK
	for _, operand := range c.operands {
		code = max(code, f.operand(operand))
	}
	return code
}

// formatter is what the flags ask for.
type formatter struct {
	*ui
	list, write, diff bool
}

// operand formats a file, or what lies below a directory, and returns the
// exit code.
func (f *formatter) operand(operand string) int {
	code := exitOK
	err := filepath.WalkDir(operand, func(path string, d fs.DirEntry, err error) error {
		hidden := path != operand && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil && path == operand && errors.Is(err, fs.ErrNotExist):
			_, err := readSpec(path) // words it as the other verbs do
			return err
		case err != nil:
			code = max(code, f.fail("%s", plainError(err)))
			return nil
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || path != operand && (hidden || filepath.Ext(path) != ".cat"):
			return nil
		}
		text, err := readSpec(path)
		if err != nil {
			code = max(code, f.fail("%s", err))
			return nil
		}
		code = max(code, f.format(path, text))
		return nil
	})
	if err != nil {
		code = max(code, f.fail("%s", err))
	}
	return code
}

// format formats one specification and returns the exit code.
func (f *formatter) format(path, text string) int {
	name := filepath.ToSlash(path)
	var faults diag.List
	formatted, ok := format.Source(diag.NewSource(name, text), &faults)
	if !ok {
		_ = writeDiagnostics(f.stderr, "text", faults.All(), f.textErr) // nowhere is left to say that this failed
		return exitFindings
	}
	if !f.list && !f.write && !f.diff {
		if _, err := io.WriteString(f.stdout, formatted); err != nil {
			return f.fail("%s", err)
		}
		return exitOK
	}
	if formatted == text {
		return exitOK
	}
	if f.write {
		if err := rewrite(path, []byte(formatted)); err != nil {
			return f.fail("%s", err)
		}
	}
	if f.list {
		f.print("%s", path)
	}
	if f.diff {
		fmt.Fprint(f.stdout, diff.Unified(name+".orig", text, name, formatted))
	}
	if f.write {
		return exitOK
	}
	return exitFindings
}
