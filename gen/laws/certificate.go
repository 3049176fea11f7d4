package laws

import (
	"cmp"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Certificate is what was run on a category, and how it went.
type Certificate struct {
	Category string  `json:"category"`
	Seed     uint64  `json:"seed"`
	Checks   []Check `json:"checks"`
	// Mutants is there where mutants were asked for.
	Mutants *Score `json:"mutants,omitempty"`
}

// Gap is a relative difference.
type Gap float64

// Check is one law of one arrow.
type Check struct {
	Arrow  string `json:"arrow,omitempty"` // that owes the law; "" for laws of the spec
	Law    string `json:"law"`             // "derivative", "symmetry", or the name of a law of the spec
	Line   string `json:"line"`            // "spec.cat:12"
	Cases  int    `json:"cases"`
	Worst  Gap    `json:"worst"`  // largest relative difference seen
	Within Gap    `json:"within"` // largest that is allowed
	Holds  bool   `json:"holds"`
	// Skipped says why nothing was run, and Fault how the law was refuted.
	Skipped string `json:"skipped,omitempty"`
	Fault   string `json:"fault,omitempty"`
}

// Options say how much is run.
type Options struct {
	Seed   uint64
	Mutate bool
}

// Certify runs the laws of a checked category. The same category, options and
// program give the same certificate.
func Certify(c *category.Category, o Options) *Certificate {
	out := &Certificate{Category: c.Name, Seed: o.Seed}
	r := newRunner(c, o.Seed)
	for _, a := range c.Arrows {
		out.Checks = append(out.Checks, r.arrow(a)...)
	}
	for _, l := range c.Laws {
		out.Checks = append(out.Checks, r.law(l))
	}
	if o.Mutate {
		out.Mutants = Mutants(primitives(c), o.Seed)
	}
	return out
}

// Holds reports whether no law is refuted and no mutant survives.
func (c *Certificate) Holds() bool {
	return !slices.ContainsFunc(c.Checks, func(k Check) bool { return !k.Holds && k.Skipped == "" }) &&
		(c.Mutants == nil || len(c.Mutants.Survivors) == 0)
}

// primitives lists the primitives with reverse lines that the arrows of a
// category apply, by name.
func primitives(c *category.Category) []*category.PrimDecl {
	seen := map[*category.PrimDecl]bool{}
	var out []*category.PrimDecl
	var visit func(d *category.Diagram)
	visit = func(d *category.Diagram) {
		if d == nil {
			return
		}
		for _, n := range d.Nodes {
			switch op := n.Op.(type) {
			case *category.Apply:
				if decl := op.Prim.Decl; !seen[decl] && len(decl.Reverse) > 0 {
					seen[decl] = true
					out = append(out, decl)
				}
			case *category.Grad:
				visit(op.Body)
			case *category.Map:
				visit(op.Body)
			case *category.Repeat:
				visit(op.Body)
			}
		}
	}
	for _, a := range c.Arrows {
		visit(a.Diagram)
	}
	for _, l := range c.Laws {
		visit(l.Left)
		visit(l.Right)
	}
	slices.SortStableFunc(out, func(a, b *category.PrimDecl) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
