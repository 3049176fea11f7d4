package laws

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Score says how many spoilt reverse lines the laws refute.
type Score struct {
	Mutants   int            `json:"mutants"`
	Killed    int            `json:"killed"`
	Kinds     map[string]int `json:"kinds"` // mutants by kind
	By        map[string]int `json:"by"`    // killed, by the law that refuted first
	Prims     []Tally        `json:"prims"` // by primitive
	Survivors []Mutant       `json:"survivors,omitempty"`
}

// Tally is the score of one primitive.
type Tally struct {
	Prim    string `json:"prim"`
	Mutants int    `json:"mutants"`
	Killed  int    `json:"killed"`
}

// casesOfMutant is how many points each shape gives a mutant to survive.
const casesOfMutant = 10

// Mutants spoils the reverse lines of primitives one change at a time and
// runs the laws that arrows owe on each.
func Mutants(decls []*category.PrimDecl, seed uint64) *Score {
	s := &Score{Kinds: map[string]int{}, By: map[string]int{}}
	for _, d := range decls {
		of := Tally{Prim: d.Name}
		for _, m := range mutants(d) {
			s.Mutants++
			of.Mutants++
			s.Kinds[m.Kind]++
			if law := refuted(m.decl, seed, m.Kind == mutateTranspose); law != "" {
				s.Killed++
				of.Killed++
				s.By[law]++
			} else {
				s.Survivors = append(s.Survivors, m)
			}
		}
		s.Prims = append(s.Prims, of)
	}
	return s
}

// evaluation stands for a law where a spoilt line cannot even be computed.
const evaluation = "evaluation"

// refuted returns the law that refutes the reverse lines of d, or "". What
// exchanges indices makes sense only where all extents are equal.
func refuted(d *category.PrimDecl, seed uint64, exchanged bool) string {
	at := shapes
	if exchanged {
		at = []shape{square}
	}
	for _, l := range owed {
		switch worst, err := worstOf(l, d, at, seed, casesOfMutant); {
		case err != nil:
			return evaluation
		case worst.difference > l.within:
			return l.name
		}
	}
	return ""
}

// worstOf runs a law on a primitive by itself, at shapes, until it is refuted.
func worstOf(l lawOwed, d *category.PrimDecl, at []shape, seed uint64, cases int) (worst measured, err error) {
	r := rng.New(seed, l.name+" std."+d.Name)
	it := eval.New(&category.Category{})
	var kinks []float64
	for _, k := range d.Kinks {
		kinks = append(kinks, k.At)
	}
	for _, shape := range at {
		for range cases {
			j := &subject{it, alone(instance(d, shape, r))}
			m, err := guarded(func() (measured, error) { return l.at(j, &sampler{r, inside, kinks}) })
			if err != nil {
				return m, err
			}
			if m.difference > worst.difference {
				worst = m
			}
			if worst.difference > l.within {
				return worst, nil
			}
		}
	}
	return worst, nil
}
