package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// Straight prints the file of a package that holds the endo called step of c
// as one straight function, and the plan it was printed from.
func Straight(c *category.Category, step, name string) (text string, p *plan.Plan, ok bool, err error) {
	e := newEmitter(c, nil)
	for _, a := range c.Arrows {
		if a.Endo && a.Name == step {
			if p, err = plan.NewStep(c, a); err != nil {
				return "", nil, false, err
			}
		}
	}
	code, ok := e.straight(name, name+" runs "+step+" over n examples in batches and returns the mean loss before each.", p)
	if !ok {
		return "", p, false, nil
	}
	f, err := (&file{name: "straight_gen.go", decls: []jen.Code{code}}).render(c)
	return string(f.Content), p, true, err
}
