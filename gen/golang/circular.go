package golang

import (
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// callGraph is what each function or method mentions, by name. Methods are
// told by name alone: two of one name count as one, which errs on the safe
// side.
type callGraph map[string]map[string]bool

func (g callGraph) add(from, to string) {
	if g[from] == nil {
		g[from] = map[string]bool{}
	}
	g[from][to] = true
}

// reaches reports whether from leads to another mention of to.
func (g callGraph) reaches(from, to string) bool {
	seen := map[string]bool{}
	var walk func(string) bool
	walk = func(name string) bool {
		if seen[name] {
			return false
		}
		seen[name] = true
		for called := range g[name] {
			if called == to || walk(called) {
				return true
			}
		}
		return false
	}
	return walk(from)
}

// callGraph holds the hand-written files and the arrows of the package, as if
// all that may stand in for a composition did.
func (e *emitter) callGraph(files map[string][]byte) callGraph {
	g := callGraph{}
	for name, text := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				ast.Inspect(fn.Body, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok {
						g.add(fn.Name.Name, id.Name)
					}
					return true
				})
			}
		}
	}
	for _, a := range e.c.Arrows {
		if a.Implements != nil {
			g.add(e.funcs[a], e.handName(a))
			g.add(e.funcs[a], e.handName(a)+"Reverse")
		}
		e.arrowCalls(g, e.funcs[a], a.Diagram)
	}
	return g
}

// arrowCalls adds what a diagram calls.
func (e *emitter) arrowCalls(g callGraph, from string, d *category.Diagram) {
	if d == nil {
		return
	}
	for _, n := range d.Nodes {
		switch op := n.Op.(type) {
		case *category.Call:
			g.add(from, e.funcs[op.Arrow])
		case *category.Grad:
			e.arrowCalls(g, from, op.Body)
		case *category.Map:
			e.arrowCalls(g, from, op.Body)
		case *category.Repeat:
			e.arrowCalls(g, from, op.Body)
		}
	}
}

// circular reports whether the hand-written Go for s leads back to the arrow
// that it would compute: then it computes nothing.
func (e *emitter) circular(s *standIn, calls callGraph) bool {
	of := e.funcs[s.arrow]
	return calls.reaches(s.name, of) || calls.reaches(s.name+"Reverse", of)
}
