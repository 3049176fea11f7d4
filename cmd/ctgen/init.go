package main

import (
	"path/filepath"
	"strings"
	"unicode"

	"github.com/ctgen-lang/ctgen"
)

var initVerb = &verb{
	name:     "init",
	operands: "[DIR]",
	max:      1,
	short:    "start a project that compiles and trains at once",
	long: `Writes a specification with its data, gen.go, a program, a test, a README.md and
a CI file to DIR (default: the working directory), and generates its package.
Where DIR lies in no Go module, also a go.mod that has ctgen as a tool; else says
how the module gets it. Below the root of a module there is no CI file: nobody
would read it there.

Never overwrites: a README.md that is there stays, and if any other of the files
exists, nothing is written. Nothing is downloaded.

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
	if err == nil {
		err = checkImportPath(pkg)
	}
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
	if inModule && root != abs {
		delete(files, ".github/workflows/test.yml")
	}
	kept := keepReadme(abs, files)
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
	if kept != "" {
		u.say("kept    %s", shown(kept))
	}
	if _, err := goCommand(); err != nil {
		u.say("there is no `go` command on PATH: install %s from %s first", goNeeded(), goDownloads)
	}
	u.say("next:")
	if dir != "." {
		u.say("  cd %s", shellWord(dir))
	}
	if inModule && mod != nil {
		u.say("  %s", mod.edit())
		u.say("  go mod tidy       # the module has ctgen as a tool from now on")
	}
	u.say("  go run .          # trains the model and asks it")
	u.say("  go test ./...     # the laws of the model, and that it learns")
	u.say("  go generate       # after a change of xor.cat")
	if kept == "" {
		u.say("README.md says what is what, and `ctgen help language` how to write a specification")
	} else {
		u.say("`ctgen help language` says how to write a specification")
	}
	return exitOK
}

// shellWord quotes a word that a shell would take apart.
func shellWord(s string) string {
	if strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("/._-+:@%", r) && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}
