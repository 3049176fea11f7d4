package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/find"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// lastOf is the arrow that gives n's output, firstOf the one that takes its
// input: what a diagnostic points at instead of the whole term.
func lastOf(n *node) *node {
	switch n.kind {
	case composeNode, bodyNode:
		if len(n.kids) > 0 {
			return lastOf(n.kids[len(n.kids)-1])
		}
	}
	return n
}

func firstOf(n *node) *node {
	if n.kind == composeNode {
		return firstOf(n.kids[0])
	}
	return n
}

// doNotCompose reports f >> g where f's output is not g's input: both ends
// at their declarations, and the arrows that would close the gap.
func (c *checker) doNotCompose(f, g *node, op diag.Span) {
	whole := f
	f, g = lastOf(f), firstOf(g)
	d := c.report(diag.CT0301, op, "these arrows do not compose").
		Label(f.span, "gives "+f.cod.String()+declaredAt(f)).
		Label(g.span, "needs "+g.dom.String()+declaredAt(g))
	path, alone := c.suggestPath(d, f.cod, g.dom, f, g)
	c.tellApart(d, f.cod.typ(), g.dom.typ(), path != nil)
	if alone {
		d.Propose(fmt.Sprintf("put `%s` between", path), op.After(" "+path.String()+" >>"))
	}
	if len(g.dom.flat()) == len(f.cod.flat())+1 {
		before, behind := whole.span.Before("id * "), whole.span.After(" * id")
		if whole.kind == composeNode || whole.kind == sumNode {
			before.Text += "("
			behind.Text = ")" + behind.Text
			d.Propose("pass an object through before", before, whole.span.After(")"))
			d.Propose("pass an object through beside", whole.span.Before("("), behind)
		} else {
			d.Propose("pass an object through before", before)
			d.Propose("pass an object through beside", behind)
		}
	}
}

func declaredAt(n *node) string {
	if n.kind == callNode && n.arrow.Span.Known() {
		return " (declared at " + n.arrow.Span.Line() + ")"
	}
	if n.kind == instanceNode {
		return " (declared at " + n.instance.decl.Name.Span.Line() + ")"
	}
	return ""
}

func (c *checker) labelArrow(d *diag.Diagnostic, f *node) {
	if n := firstOf(f); n.kind == callNode && n.arrow.Span.Known() {
		d.Label(n.arrow.Span, "declared here")
	}
}

// suggestPath looks for declared arrows, or a short composition of them, that
// lead from one object to the other, and returns what it found; alone means
// that no other of its length does. G is nil where the gap is at the end.
func (c *checker) suggestPath(d *diag.Diagnostic, from, to seq, f, g *node) (path find.Path, alone bool) {
	a, b := from.typ(), to.typ()
	if a == nil || b == nil || len(a.Factors()) != 1 || len(b.Factors()) != 1 {
		if a != nil && b != nil && len(b.Factors()) > len(a.Factors()) && g != nil {
			d.Hint(fmt.Sprintf("%s takes %d objects: to pass another one through beside, use `* id`", strings.TrimSpace(g.span.Text()), len(b.Factors())))
		}
		return nil, false
	}
	path, alone = c.pathBetween(a, b)
	if path == nil {
		return nil, false
	}
	term := f.span.Text() + " >> " + path.String()
	if g != nil {
		term += " >> " + g.span.Text()
	}
	if len(path) > 1 {
		d.Hint(fmt.Sprintf("`%s` leads from %s to %s: %s", path, a, b, term))
		return path, alone
	}
	d.Hint(fmt.Sprintf("`%s: %s -> %s` fits between them: %s", path, a, b, term))
	return path, alone
}

// pathInFront names what leads from one object to what n takes, and reports
// whether anything declared does.
func (c *checker) pathInFront(d *diag.Diagnostic, from *category.Type, n *node) bool {
	to := n.dom.typ()
	if to == nil || len(from.Factors()) != 1 || len(to.Factors()) != 1 {
		return false
	}
	path, _ := c.pathBetween(from, to)
	if path == nil {
		return false
	}
	d.Hint(fmt.Sprintf("`%s` leads from %s to %s: %s >> %s", path, from, to, path, n.span.Text()))
	return true
}

// longestPath bounds a suggestion: longer ones help nobody.
const longestPath = 4

// pathBetween is the shortest composition of declared arrows from a to b; nil
// where there is none. Alone means that no other is as short. It goes by what
// the arrows declare, since not all of them are checked yet.
func (c *checker) pathBetween(a, b *category.Type) (path find.Path, alone bool) {
	var arrows []find.Arrow
	for _, decl := range c.file.Decls {
		ar, ok := decl.(*syntax.ArrowDecl)
		if !ok || ar.Endo || ar.Generic() {
			continue
		}
		if dom, cod := c.ends(ar); dom != nil && cod != nil {
			arrows = append(arrows, find.Arrow{Name: ar.Name.Text, Dom: dom, Cod: cod, Given: category.Unit})
		}
	}
	for _, imp := range c.cat.Imports {
		for _, a := range imp.Category.Arrows {
			if !a.Endo {
				arrows = append(arrows, find.Arrow{Name: imp.Name + "." + a.Name, Dom: a.Dom, Cod: a.Cod, Given: category.Unit})
			}
		}
	}
	found := find.New(arrows).Search(a, b, find.Options{Max: 2}).Paths
	if len(found) == 0 || len(found[0]) > longestPath {
		return nil, false
	}
	return found[0], len(found) < 2 || len(found[1]) > len(found[0])
}

// ends are the declared objects of an arrow, without checking its body.
func (c *checker) ends(a *syntax.ArrowDecl) (dom, cod *category.Type) {
	if done := c.arrowsBy[a.Name.Text]; done != nil {
		return done.Dom, done.Cod
	}
	return c.plainObject(a.Dom), c.plainObject(a.Cod)
}

// plainObject resolves a type that is just the name of a declared object, and
// says nothing about others.
func (c *checker) plainObject(t syntax.Type) *category.Type {
	n, ok := t.(*syntax.TypeName)
	if !ok || n.Args != nil {
		return nil
	}
	objects, name := c.objectsBy, n.Name.Text
	if q, bare, qualified := strings.Cut(name, "."); qualified {
		imp := c.importNamed(q)
		if imp == nil || imp.c == nil {
			return nil
		}
		objects, name = imp.c.objectsBy, bare
	}
	if o := objects[name]; o != nil {
		return category.NewNamed(o)
	}
	return nil
}
