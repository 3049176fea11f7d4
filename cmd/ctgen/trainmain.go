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
func trainProgram(s *spec, t *category.Train, options golang.Options) (*program, error) {
	p, err := newProgram()
	if err != nil {
		return nil, err
	}
	files, _, err := generateInto(s, options)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if !f.once && !strings.HasSuffix(f.name, "_test.go") {
			p.files["model/"+f.name] = f.data
		}
	}
	if hand := handArrows(s.category); len(hand) > 0 {
		if err := p.addHandWritten(s, hand); err != nil {
			return nil, err
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

// addHandWritten copies the hand-written files of the package. They lie where
// generate puts it without -o; where nothing is there, beside the spec, in
// generated/ or on its own.
func (p *program) addHandWritten(s *spec, hand []*category.Arrow) error {
	root, err := moduleRoot(s.path)
	if err != nil {
		return fmt.Errorf("arrow %s is written in Go by hand, in the package that `ctgen generate` makes in a Go module, and %w", quote(hand[0].Name), err)
	}
	beside := filepath.Dir(s.path)
	dir := filepath.Join(root, "generated", s.category.Name)
	files, err := handFiles(dir)
	for _, other := range []string{filepath.Join(beside, "generated"), beside} {
		if err == nil && len(files) == 0 {
			if files, err = handFiles(filepath.Join(other, s.category.Name)); len(files) > 0 {
				dir = filepath.Join(other, s.category.Name)
			}
		}
	}
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("arrow %s is written in Go by hand, and %s holds no hand-written file; run `ctgen generate %s` and fill in its stubs", quote(hand[0].Name), shown(dir), s.path)
	}
	goMod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return plainError(err)
	}
	if foreign := foreignImport(files, moduleLine(string(goMod))); foreign != "" {
		return fmt.Errorf("the hand-written files in %s import %s; `ctgen train` compiles with the standard library and the runtime only, so train from a program of that module", shown(dir), foreign)
	}
	for name, data := range files {
		p.files["model/"+name] = data
		p.mine = append(p.mine, mapped{"model/" + name, shown(filepath.Join(dir, name))})
	}
	return nil
}
