package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// trainProgram is the Go program that runs t: the generated package, the
// hand-written files that belong to it, and a main that hands the training
// declaration to the runtime.
func trainProgram(s *spec, t *category.Train, checked bool) (*program, error) {
	p, err := newProgram()
	if err != nil {
		return nil, err
	}
	opts, err := p.handWritten(s)
	if err != nil {
		return nil, err
	}
	opts.Checked = checked
	files, _, err := generateInto(s, opts)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		// Stubs stand where nothing hand-written is needed.
		if !strings.HasSuffix(f.name, "_test.go") && (!f.once || len(opts.Hand) == 0) {
			p.files["model/"+f.name] = f.data
		}
	}
	p.files["main.go"] = []byte(fmt.Sprintf(`// Command main runs the training declaration %[1]s of category %[2]s.
package main

import (
	"os"

	model %[3]q
	%[4]q
)

func main() { os.Exit(train.Main(model.%[5]s(), os.Args[1:], os.Stdout, os.Stderr)) }
`, t.Name, s.category.Name, ctgen.Path+"/model", ctgen.Path+"/runtime/train", golang.ProgramName(t)))
	return p, nil
}

// handWritten copies the hand-written files of the package and returns what
// decides how it is generated. Where no arrow needs such files, they are left
// alone: then compositions run. The files lie where generate puts the package
// without -o; where nothing is there, beside the spec, in generated/ or on its
// own.
func (p *program) handWritten(s *spec) (golang.Options, error) {
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
	if foreign := foreignImport(opts.Hand, moduleLine(string(goMod))); foreign != "" {
		return golang.Options{}, fmt.Errorf("the hand-written files in %s import %s; `ctgen train` compiles with the standard library and the runtime only, so train from a program of that module", shown(dir), foreign)
	}
	for name, data := range opts.Hand {
		p.files["model/"+name] = data
		p.mine = append(p.mine, mapped{"model/" + name, shown(filepath.Join(dir, name))})
	}
	return opts, nil
}
