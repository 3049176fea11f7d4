package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// trainProgram is the Go program that runs t.
func trainProgram(s *spec, t *category.Train, with extras) (*program, error) {
	return programOf(s, t, with, "Main")
}

// programOf is the Go program that hands t to a function of runtime/train.
func programOf(s *spec, t *category.Train, with extras, function string) (*program, error) {
	p, err := modelProgram(s, with)
	if err != nil {
		return nil, err
	}
	p.files["main.go"] = []byte(fmt.Sprintf(`// Command main runs the training declaration %[1]s of category %[2]s.
package main

import (
	"os"

	model %[3]q
	%[4]q
)

func main() { os.Exit(train.%[6]s(model.%[5]s(), os.Args[1:], os.Stdout, os.Stderr)) }
`, t.Name, s.category.Name, ctgen.Path+"/model", ctgen.Path+"/runtime/train", golang.ProgramName(t), function))
	return p, nil
}

// modelProgram is a Go program but for its main: the generated packages of the
// specification and of what it imports, and the hand-written files that belong
// to them.
func modelProgram(s *spec, with extras) (*program, error) {
	p, err := newProgram()
	if err != nil {
		return nil, err
	}
	imports := map[*category.Category]*golang.Import{}
	moved := map[string]string{} // where hand-written files import a package from, and where it is here
	for i, of := range withImports([]*spec{s}) {
		dir := fmt.Sprintf("imports/%d/%s", i+1, of.category.Name)
		if of.category == s.category {
			dir = "model"
		}
		var opts golang.Options
		if of.category == s.category || runsGo(s.category, of.category) {
			if opts, err = p.handWritten(of, dir, moved); err != nil {
				return nil, err
			}
		}
		if opts.Imports = imports; of.category == s.category {
			with.ask(&opts)
		}
		files, printed, err := generateInto(of, opts)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			// Stubs stand where nothing hand-written is needed.
			if !strings.HasSuffix(f.name, "_test.go") && (!f.once || len(opts.Hand) == 0) {
				p.files[dir+"/"+f.name] = f.data
			}
		}
		if of.category == s.category {
			p.printed = printed
		}
		imports[of.category] = &golang.Import{Path: ctgen.Path + "/" + dir, Package: printed}
		if at, err := packageDir(of.path, of.category.Name, ""); err == nil {
			if path, err := importPath(at); err == nil {
				moved[path] = ctgen.Path + "/" + dir
			}
		}
	}
	return p, nil
}

// handWritten copies the hand-written files of a package to where the program
// has it, and returns what decides how it is generated. What they import of the
// packages in moved they import from there. Where no arrow needs such files, they are left
// alone: then compositions run. The files lie where generate puts the package
// without -o; where nothing is there, beside the spec, in generated/ or on its
// own.
func (p *program) handWritten(s *spec, to string, moved map[string]string) (golang.Options, error) {
	hand, implementing := handArrows(s.category), implementing(s.category)
	if len(hand)+len(implementing) == 0 {
		return golang.Options{}, nil
	}
	root, err := moduleRoot(s.path)
	if err != nil && len(hand) == 0 {
		return golang.Options{}, nil
	}
	if err != nil {
		return golang.Options{}, fmt.Errorf("arrow %s is written in Go by hand, in the package that `ctgen generate` makes in a Go module, and %w", quote(hand[0].Name), err)
	}
	beside := filepath.Dir(s.path)
	dir := filepath.Join(root, "generated", s.category.Name)
	opts, err := present(dir)
	for _, other := range []string{filepath.Join(beside, "generated"), beside} {
		if err == nil && len(opts.Hand) == 0 {
			if opts, err = present(filepath.Join(other, s.category.Name)); len(opts.Hand) > 0 {
				dir = filepath.Join(other, s.category.Name)
			}
		}
	}
	switch {
	case err != nil:
		return golang.Options{}, err
	case len(hand) > 0 && len(opts.Hand) == 0:
		return golang.Options{}, fmt.Errorf("arrow %s is written in Go by hand, and %s holds no hand-written file; run `ctgen generate %s` and fill in its stubs", quote(hand[0].Name), shown(dir), s.path)
	case len(hand) == 0 && opts.Attested == nil:
		return golang.Options{}, nil
	}
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return golang.Options{}, plainError(err)
	}
	if foreign := foreignImport(opts.Hand, moduleLine(string(goMod)), moved); foreign != "" {
		return golang.Options{}, fmt.Errorf("the hand-written files in %s import %s; `ctgen train` compiles with the standard library and the runtime only, so train from a program of that module", shown(dir), foreign)
	}
	for name, data := range opts.Hand {
		for from, at := range moved {
			data = bytes.ReplaceAll(data, []byte(strconv.Quote(from)), []byte(strconv.Quote(at)))
		}
		p.files[to+"/"+name] = data
		p.mine = append(p.mine, mapped{to + "/" + name, shown(filepath.Join(dir, name))})
	}
	return opts, nil
}
