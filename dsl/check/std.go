package check

import (
	"fmt"
	"io/fs"
	"sync"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/std"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

var (
	stdOnce   sync.Once
	stdLoaded *stdlib
	stdDiags  *diag.List
)

// loadStd parses and checks the embedded standard library once.
func loadStd() *stdlib {
	stdOnce.Do(func() { stdLoaded, stdDiags = checkStd(stdSources()) })
	return stdLoaded
}

// stdSources returns the embedded files in the order of their names.
func stdSources() []*diag.Source {
	names, err := fs.Glob(std.Files, "*.cat")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	var sources []*diag.Source
	for _, name := range names {
		text, err := std.Files.ReadFile(name)
		if err != nil {
			panic(err) // embedded files are always readable
		}
		sources = append(sources, diag.NewSource("std/"+name, string(text)))
	}
	return sources
}

func stdTexts() []string {
	var texts []string
	for _, s := range stdSources() {
		texts = append(texts, s.Text)
	}
	return texts
}

// Std returns the standard primitives by name, and the rewrites in the order
// in which they apply: for documentation and tests.
func Std() (map[string]*category.PrimDecl, []*category.Rewrite) {
	lib := loadStd()
	return lib.prims, lib.rewrites
}

// CheckStd checks the standard library as edit changes its files: for tests
// that plant faults in it.
func CheckStd(edit func(name, text string) string) (map[string]*category.PrimDecl, *diag.List) {
	sources := stdSources()
	for i, s := range sources {
		sources[i] = diag.NewSource(s.Name, edit(s.Name, s.Text))
	}
	lib, diags := checkStd(sources)
	return lib.prims, diags
}

// checkStd checks the files of a standard library, which share one namespace.
func checkStd(sources []*diag.Source) (*stdlib, *diag.List) {
	diags := &diag.List{}
	var files []*syntax.File
	for _, s := range sources {
		if f := syntax.Parse(s, diags); f != nil {
			files = append(files, f)
		}
	}
	lib := &stdlib{
		prims:  map[string]*category.PrimDecl{},
		terms:  map[string]*syntax.ArrowDecl{},
		states: map[string]*syntax.ObjectDecl{},
	}
	c := newChecker(&syntax.File{}, diags, Options{})
	c.std = lib
	seen := map[string]diag.Span{}
	var arrows []*syntax.ArrowDecl
	var laws []*syntax.LawDecl
	for _, f := range files {
		for _, d := range f.Decls {
			name := d.DeclName()
			key := name.Text
			if a, ok := d.(*syntax.ArrowDecl); ok && overList(a) {
				key = listForm(key)
			}
			if first, twice := seen[key]; twice {
				c.report(diag.CT0201, name.Span, fmt.Sprintf("%s is declared twice", name.Text)).Label(first, "first here")
				continue
			}
			seen[key] = name.Span
			switch d := d.(type) {
			case *syntax.ObjectDecl:
				lib.states[name.Text] = d
			case *syntax.ArrowDecl:
				arrows = append(arrows, d)
			case *syntax.LawDecl:
				laws = append(laws, d)
			}
		}
	}
	for _, a := range arrows {
		if a.Equations == nil {
			lib.terms[a.Name.Text] = a
			continue
		}
		if p := newPrimBuilder(c, a, true).build(); p != nil {
			if overList(a) {
				lib.prims[listForm(p.Name)] = p
				continue
			}
			lib.prims[p.Name] = p
		}
	}
	for _, a := range arrows {
		if a.Equations != nil && a.Equations.Stores != nil {
			c.stores(a)
		}
		if a.Equations != nil && a.Equations.Predicts != nil {
			c.predicts(a)
		}
	}
	lib.rowForms()
	for _, l := range laws {
		if r := c.rewrite(l); r != nil {
			lib.rewrites = append(lib.rewrites, r)
		}
	}
	c.reportMissing()
	return lib, diags
}

// rowForms finds the primitive that gives a row of any tensor, and links others
// to those that compute one row of what they do.
func (lib *stdlib) rowForms() {
	for _, one := range lib.prims {
		if one.PicksRow() {
			lib.row = one
			continue
		}
		for _, all := range lib.prims {
			if one.IsRowOf(all) {
				all.Row = one
			}
		}
	}
}

// rewrite turns a law of std into a pattern and its replacement.
func (c *checker) rewrite(l *syntax.LawDecl) *category.Rewrite {
	left, okL := c.pattern(l.Left)
	right, okR := c.pattern(l.Right)
	if !okL || !okR {
		return nil
	}
	if len(left.Ins) != len(right.Ins) || len(left.Outs) != 1 || len(right.Outs) != 1 || len(right.Nodes) != 1 ||
		(left.Given == category.NoWire) != (right.Given == category.NoWire) {
		c.report(diag.CT0302, l.Name.Span, fmt.Sprintf("the law %s is no rewrite: its sides differ in inputs or parameters, or the right one is no single primitive", l.Name.Text))
		return nil
	}
	return &category.Rewrite{Name: l.Name.Text, Span: l.Name.Span, Left: left, Right: right}
}

// pattern builds the untyped diagram of one side of a rewrite.
func (c *checker) pattern(t syntax.Term) (*category.Diagram, bool) {
	p := &patternBuilder{c: c, d: category.NewDiagram()}
	in, _ := p.arity(t)
	for range in {
		p.d.Ins = append(p.d.Ins, p.wire(t))
	}
	p.d.Outs = p.emit(t, p.d.Ins)
	return p.d, !p.failed
}

type patternBuilder struct {
	c      *checker
	d      *category.Diagram
	failed bool
}

func (p *patternBuilder) wire(t syntax.Term) category.WireID {
	return p.d.AddWire(nil, "", t.TermSpan())
}

func (p *patternBuilder) fault(t syntax.Term, message string) {
	p.failed = true
	p.c.report(diag.CT0302, t.TermSpan(), message)
}

// prim returns the primitive that t names, or nil for the identity.
func (p *patternBuilder) prim(t *syntax.TermName) *category.PrimDecl {
	if t.Name.Text == "id" {
		return nil
	}
	d := p.c.std.prims[t.Name.Text]
	if d == nil {
		p.fault(t, fmt.Sprintf("no primitive %s", t.Name.Text))
		return &category.PrimDecl{}
	}
	return d
}

// arity counts the inputs and outputs of a term.
func (p *patternBuilder) arity(t syntax.Term) (in, out int) {
	switch t := t.(type) {
	case *syntax.TermName:
		if d := p.prim(t); d != nil {
			return len(d.Ins), len(d.Outs)
		}
		return 1, 1
	case *syntax.TermTuple:
		if len(t.Items) == 1 {
			return p.arity(t.Items[0])
		}
	case *syntax.TermCompose:
		in, mid := p.arity(t.F)
		next, out := p.arity(t.G)
		if mid != next {
			p.fault(t, "these do not compose")
		}
		return in, out
	case *syntax.TermProduct:
		for _, it := range t.Items {
			i, o := p.arity(it)
			in, out = in+i, out+o
		}
		return in, out
	}
	p.fault(t, "a rewrite is made of primitives, id, * and >>")
	return 0, 0
}

func (p *patternBuilder) emit(t syntax.Term, in []category.WireID) []category.WireID {
	if p.failed {
		return nil
	}
	switch t := t.(type) {
	case *syntax.TermName:
		d := p.prim(t)
		if d == nil {
			return in
		}
		n := &category.Node{Op: &category.Apply{Prim: &category.Prim{Decl: d}}, In: in, Given: category.NoWire, Span: t.Span}
		if len(d.Given) > 0 {
			if p.d.Given != category.NoWire {
				p.fault(t, "a rewrite has at most one primitive with parameters")
				return nil
			}
			p.d.Given = p.wire(t)
			n.Given = p.d.Given
		}
		for range d.Outs {
			n.Out = append(n.Out, p.wire(t))
		}
		p.d.Nodes = append(p.d.Nodes, n)
		return n.Out
	case *syntax.TermTuple:
		return p.emit(t.Items[0], in)
	case *syntax.TermCompose:
		return p.emit(t.G, p.emit(t.F, in))
	case *syntax.TermProduct:
		var out []category.WireID
		for _, it := range t.Items {
			n, _ := p.arity(it)
			out = append(out, p.emit(it, in[:n])...)
			in = in[n:]
		}
		return out
	}
	return nil
}
