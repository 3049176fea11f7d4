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
	Cases  int    `json:"cases"`           // 0 of compiled tests
	Worst  Gap    `json:"worst"`           // largest relative difference seen
	Within Gap    `json:"within"`          // largest that is allowed
	Holds  bool   `json:"holds"`
	// Mutants is the score of the primitives that the arrow is made of, where
	// mutants were asked for.
	Mutants *Tally `json:"mutants,omitempty"`
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
		out.credit(c)
	}
	return out
}

// credit gives each arrow the score of the primitives that it is made of.
func (c *Certificate) credit(cat *category.Category) {
	scores := map[string]Tally{}
	for _, t := range c.Mutants.Prims {
		scores[t.Prim] = t
	}
	for i := range c.Checks {
		k := &c.Checks[i]
		at := slices.IndexFunc(cat.Arrows, func(a *category.Arrow) bool { return a.Name == k.Arrow })
		if at < 0 || k.Law != owed[0].name || k.Skipped != "" {
			continue
		}
		k.Mutants = &Tally{Prim: k.Arrow}
		for _, d := range primitivesIn(cat.Arrows[at].Diagram) {
			k.Mutants.Mutants += scores[d.Name].Mutants
			k.Mutants.Killed += scores[d.Name].Killed
		}
	}
}

// Holds reports whether no law is refuted and no mutant survives.
func (c *Certificate) Holds() bool {
	return !slices.ContainsFunc(c.Checks, func(k Check) bool { return !k.Holds && k.Skipped == "" }) &&
		(c.Mutants == nil || len(c.Mutants.Survivors) == 0)
}

// primitives lists the primitives with reverse lines that the arrows and laws
// of a category apply, by name.
func primitives(c *category.Category) []*category.PrimDecl {
	var all []*category.Diagram
	for _, a := range c.Arrows {
		all = append(all, a.Diagram)
	}
	for _, l := range c.Laws {
		all = append(all, l.Left, l.Right)
	}
	return primitivesIn(all...)
}

// primitivesIn lists those that diagrams apply, what they call included.
func primitivesIn(ds ...*category.Diagram) []*category.PrimDecl {
	seen := map[*category.PrimDecl]bool{}
	visited := map[*category.Diagram]bool{}
	var out []*category.PrimDecl
	var visit func(d *category.Diagram)
	visit = func(d *category.Diagram) {
		if d == nil || visited[d] {
			return
		}
		visited[d] = true
		for _, n := range d.Nodes {
			if op, ok := n.Op.(*category.Apply); ok {
				if decl := op.Prim.Decl; !seen[decl] && len(decl.Reverse) > 0 {
					seen[decl] = true
					out = append(out, decl)
				}
			}
			visit(n.Inner())
		}
	}
	for _, d := range ds {
		visit(d)
	}
	slices.SortStableFunc(out, func(a, b *category.PrimDecl) int { return cmp.Compare(a.Name, b.Name) })
	return out
}
