package main

import (
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen"
)

var initVerb = &verb{
	name:     "init",
	operands: "[DIR]",
	max:      1,
	short:    "start a project that compiles and trains at once",
	long: `Writes a specification with its data, gen.go, a program, a test and a CI file to
DIR (default: the working directory), and generates its package. Where DIR lies
in no Go module, also a go.mod that has ctgen as a tool; else says how the module
gets it. Never overwrites: if one of the files exists, nothing is
written.

The module ` + ctgen.Path + ` is not published yet, so the go.mod
replaces it by a clone on this machine: the one that this command was built
from, unless --replace names another.`,
	flags: []option{
		{long: "replace", value: "PATH", help: "the clone of ctgen that go.mod replaces the module by"},
	},
	examples: []string{
		"ctgen init mymodel",
		"ctgen init --replace ../ctgen mymodel && cd mymodel && go run .",
	},
	run: runInit,
}

func runInit(u *ui, c *call) int {
	dir := "."
	if len(c.operands) > 0 {
		dir = c.operands[0]
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return u.fail("%s", err)
	}
	files, err := starterFiles(abs)
	if err != nil {
		return u.fail("%s", err)
	}
	root, err := moduleRoot(filepath.Join(abs, "go.mod"))
	inModule := err == nil
	if !inModule {
		root = abs
	}
	var mod *moduleFiles // nil where the module has all that it needs
	if !inModule || c.has("replace") || !hasTool(root) {
		mod, err = newModuleFiles(root, c.last("replace"))
		if err != nil {
			return u.fail("%s", err)
		}
	}
	pkg, err := modulePath(root, inModule, abs)
	if err != nil {
		return u.fail("%s", err)
	}
	if !inModule {
		files["go.mod"] = mod.goMod(pkg)
		files["go.sum"] = mod.goSum()
	}
	for name, data := range files {
		files[name] = []byte(strings.ReplaceAll(string(data), "MODULE", pkg))
	}
	changes, err := newFiles(abs, files)
	if err != nil {
		return u.fail("%s", err)
	}
	if err := commit(changes); err != nil {
		return u.fail("%s", err)
	}
	for _, ch := range changes {
		u.say("wrote   %s", shown(ch.path))
	}
	if code := runGenerate(u, &call{verb: generateVerb, operands: []string{filepath.Join(dir, "xor.cat")}, values: map[string][]string{"o": {filepath.Join(dir, "generated")}}}); code != exitOK {
		return code
	}
	if inModule && mod != nil {
		u.say("this directory lies in a module; so that `go generate` works there, run at its root:")
		u.say("  %s", mod.edit())
		u.say("  go mod tidy")
	}
	step := ""
	if dir != "." {
		step = "cd " + dir + " && "
	}
	u.say("next: %sgo run .", step)
	return exitOK
}
