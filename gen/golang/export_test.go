package golang

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// Straight prints the endo called step of c twice: as the straight function
// epochStep, and in another file as the function kernelStep that calls
// kernels. It is false where the step has no straight form.
func Straight(c *category.Category, step string) (files []File, p *plan.Plan, ok bool, err error) {
	e := newEmitter(c, nil, Options{})
	for _, a := range c.Arrows {
		if a.Endo && a.Name == step {
			p, err = plan.NewStep(c, a, plan.Declared)
		}
	}
	if p == nil || err != nil {
		return nil, p, false, fmt.Errorf("the step %s: %w", step, err)
	}
	code, ok := e.straight("epochStep", "epochStep runs "+step+" over n examples in batches and returns the mean loss before each.", p)
	if !ok {
		return nil, p, false, nil
	}
	straight, kernel := e.newFile("straight_gen.go"), e.newFile("kernels_gen.go")
	straight.add(code)
	kernel.add(e.planFunc("kernelStep", "kernelStep runs "+step+" on one batch.", p))
	files, err = e.render([]*file{straight, kernel, e.loopsFile()})
	return files, p, true, err
}

// LocalNames lists the words that the sources of this package print as
// identifiers.
func LocalNames(t *testing.T) []string {
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([a-z][A-Za-z0-9]*)"`).FindAllSubmatch(text, -1) {
			word := string(m[1])
			if !syntax.Keyword(word) && word != "std" {
				seen[word] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}
