package golang_test

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// constructs counts the terms that a spec's arrows are made of.
func constructs(found map[string]int, text string) {
	file := syntax.Parse(diag.NewSource("count.cat", text), &diag.List{})
	for _, d := range file.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok {
			continue
		}
		if a.Named != nil {
			found["named forms"]++
			for _, l := range a.Named.Lets {
				countTerm(found, l.Term)
			}
			countTerm(found, a.Named.Result)
		}
		countTerm(found, a.Term)
	}
}

func countTerm(found map[string]int, t syntax.Term) {
	each := func(kind string, items ...syntax.Term) {
		found[kind]++
		for _, i := range items {
			countTerm(found, i)
		}
	}
	switch t := t.(type) {
	case *syntax.TermTuple:
		each("tuples", t.Items...)
	case *syntax.TermRecord:
		each("records", t.Items...)
	case *syntax.TermCompose:
		each("compositions", t.F, t.G)
	case *syntax.TermProduct:
		each("products", t.Items...)
	case *syntax.TermSum:
		each("sums", t.Items...)
	case *syntax.TermPrefix:
		each(t.Op+"s", t.Of)
	case *syntax.TermAs:
		countTerm(found, t.Of)
	case *syntax.TermCall:
		each("calls", append(t.Args, t.Of)...)
		if _, made := t.Given.(*syntax.TermRecord); made {
			found["records handed on"]++
		} else if t.Given != nil {
			found["parameters handed on"]++
		}
	}
}

// wiring counts the wires of a diagram that are read several times, as data
// and as parameters, and notes the standard arrows that it leads to.
func wiring(found map[string]int, used map[string]bool, d *category.Diagram) {
	data, given := map[category.WireID]int{}, map[category.WireID]int{}
	packed := map[category.WireID][]category.WireID{}
	for _, n := range d.Nodes {
		for _, w := range n.In {
			data[w]++
		}
		switch op := n.Op.(type) {
		case *category.Pack:
			packed[n.Out[0]] = n.In
		case *category.Apply:
			used[op.Prim.Decl.Name] = true
		case *category.Call:
			if given[n.Given]++; op.Arrow.Diagram != nil {
				wiring(found, used, op.Arrow.Diagram)
			}
		case *category.Map:
			wiring(found, used, op.Body)
		case *category.Repeat:
			wiring(found, used, op.Body)
		}
	}
	for w, n := range given {
		for _, part := range packed[w] {
			given[part] += n
		}
	}
	for w, n := range data {
		if n > 1 && given[w] == 0 && w != d.Given {
			found["copies"]++
		}
	}
	for w, n := range given {
		if n > 1 && w != category.NoWire {
			found["shared parameters"]++
		}
	}
}
