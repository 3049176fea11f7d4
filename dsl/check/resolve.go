package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// resolution is what name and carrier resolution remembers during a check.
type resolution struct {
	visiting    map[string]bool // declarations being resolved, by name
	path        []syntax.Name   // the same in order, for cycles
	gatherers   map[string]*syntax.ArrowDecl
	broken      map[string]bool                  // names of declarations that could not be read
	params      map[string]*category.Type        // type parameters of the std state being instantiated
	absence                                      // names that nothing declares
	accused     map[diag.Span][]*diag.Diagnostic // misfits by the declarations they point at
	sizes       map[*category.Type]size          // of what is made of parts
	unfolded    map[*category.Diagram]int        // operations, calls followed
	objectSizes map[*category.Object]size        // of objects
	depth       int                              // of nested type and dim expressions
	compared    int                              // name pairs measured for suggestions
}

// maxNesting caps how deeply declarations lead into one another, their
// expressions included. It lets chains of 100,000 objects, dims or arrows be
// written in any order, and keeps the stack below half of what Go allows: one
// level takes at most 2 kB.
const maxNesting = 210_000

// resolveType returns the object that t writes. It is nil after reporting, or
// silently where t uses a name that is known to be faulty.
func (c *checker) resolveType(t syntax.Type) *category.Type {
	typ := c.typeExpr(t)
	if typ == nil || !c.fits(typ, t.TypeSpan()) {
		return nil
	}
	return typ
}

// enter guards one level of nesting; the caller must leave() where it is true.
func (c *checker) enter(span diag.Span) bool {
	if c.depth >= maxNesting {
		c.report(diag.CT1001, span, fmt.Sprintf("what stands here leads through more than %d declarations and their parts", maxNesting))
		return false
	}
	c.depth++
	return true
}

func (c *checker) leave() { c.depth-- }

func (c *checker) typeExpr(t syntax.Type) *category.Type {
	if t == nil || !c.enter(t.TypeSpan()) {
		return nil
	}
	defer c.leave()
	switch t := t.(type) {
	case *syntax.TypeParen:
		return c.typeExpr(t.In)
	case *syntax.TypeInt:
		if strings.TrimLeft(t.Text, "0") == "1" {
			return category.Unit
		}
		c.report(diag.CT0406, t.Span, fmt.Sprintf("%s is not an object", t.Text)).
			Hint("of the numbers only 1 is an object: the unit, which holds nothing")
	case *syntax.TypeSegment:
		c.report(diag.CT0406, t.Span, fmt.Sprintf("the shape segment `..%s` belongs in an arrow with equations", t.Name.Text))
	case *syntax.TypeTangent:
		if of := c.typeExpr(t.Of); of != nil {
			return category.NewTangent(of)
		}
	case *syntax.TypeRecord:
		return c.recordType(t)
	case *syntax.TypeBinary:
		return c.binaryType(t)
	case *syntax.TypeName:
		return c.namedType(t)
	}
	return nil
}

// maxFactors caps the factors of one product.
const maxFactors = 1024

func (c *checker) binaryType(t *syntax.TypeBinary) *category.Type {
	switch t.Op {
	case '*':
		l, r := c.typeExpr(t.L), c.typeExpr(t.R)
		if l == nil || r == nil {
			return nil
		}
		if len(l.Factors())+len(r.Factors()) > maxFactors {
			c.report(diag.CT1007, t.Span, fmt.Sprintf("this product has more than %d factors", maxFactors)).
				Hint("a record or a power `A ^ n` holds many alike")
			return nil
		}
		return category.NewProduct(l, r)
	case '^':
		elem := c.typeExpr(t.L)
		n, ok := c.resolveDim(t.R)
		switch {
		case elem == nil || !ok:
			return nil
		case elem.IsUnit():
			return category.Unit
		}
		return &category.Type{Kind: category.Power, Elem: elem, N: n}
	}
	c.report(diag.CT0406, t.Span, fmt.Sprintf("objects have no `%c`", t.Op)).
		Hint("objects combine with * and ^; arithmetic belongs in the brackets of R[…] and in `dim` lines")
	return nil
}

// namedType resolves a name with or without brackets: a carrier of the
// language, a declared or gathered object, or a state such as Adam[Network].
func (c *checker) namedType(t *syntax.TypeName) *category.Type {
	name := t.Name.Text
	if o := c.objectsBy[name]; o != nil && t.Args == nil && c.params == nil && c.vars == nil {
		return category.NewNamed(o) // as nearly all mentions are
	}
	if p, ok := c.params[name]; ok && t.Args == nil {
		return p
	}
	if v := c.vars[name]; v != nil && c.params == nil {
		return c.openObject(t, v)
	}
	if carrier, ok := carriers[name]; ok {
		return carrier(c, t)
	}
	if decl := c.stateDecl(name); decl != nil && (t.Args != nil || c.decls[name] == nil) {
		return c.stateType(t, decl)
	}
	o, known := c.objectNamed(t.Name)
	if o == nil {
		if !known {
			c.unknown(t.Name, "object", c.objectNames)
		}
		return nil
	}
	if t.Args != nil {
		c.report(diag.CT0405, t.Span, fmt.Sprintf("%s takes no brackets", name)).
			Label(o.Span, fmt.Sprintf("%s is declared here", name))
		return nil
	}
	return category.NewNamed(o)
}

// carriers are the objects that the language itself names.
var carriers map[string]func(*checker, *syntax.TypeName) *category.Type

func init() {
	carriers = map[string]func(*checker, *syntax.TypeName) *category.Type{
		"R":      (*checker).realType,
		"Fin":    (*checker).finType,
		"Bool":   plainType(category.Bool),
		"Int":    plainType(category.Int),
		"Text":   plainType(category.Text),
		"List":   functorType(category.List),
		"Option": functorType(category.Option),
	}
}

func plainType(kind category.Kind) func(*checker, *syntax.TypeName) *category.Type {
	return func(c *checker, t *syntax.TypeName) *category.Type {
		if t.Args != nil {
			c.report(diag.CT0405, t.Span, fmt.Sprintf("%s takes no brackets", t.Name.Text))
			return nil
		}
		return &category.Type{Kind: kind}
	}
}

func functorType(kind category.Kind) func(*checker, *syntax.TypeName) *category.Type {
	return func(c *checker, t *syntax.TypeName) *category.Type {
		if len(t.Args) != 1 {
			c.report(diag.CT0405, t.Span, fmt.Sprintf("%s needs one object in brackets: %s[A]", t.Name.Text, t.Name.Text))
			return nil
		}
		elem := c.typeExpr(t.Args[0])
		if elem == nil {
			return nil
		}
		return &category.Type{Kind: kind, Elem: elem}
	}
}

func (c *checker) finType(t *syntax.TypeName) *category.Type {
	if len(t.Args) != 1 {
		c.report(diag.CT0405, t.Span, "Fin needs the number of its elements in brackets: Fin[10]")
		return nil
	}
	n, ok := c.resolveDim(t.Args[0])
	if !ok {
		return nil
	}
	return &category.Type{Kind: category.Fin, N: n}
}

// maxRank caps the number of axes of a tensor.
const maxRank = 16

func (c *checker) realType(t *syntax.TypeName) *category.Type {
	if len(t.Args) > maxRank {
		c.report(diag.CT1007, t.Span, fmt.Sprintf("a tensor has at most %d axes, this one has %d", maxRank, len(t.Args)))
		return nil
	}
	dims := make([]int, 0, len(t.Args))
	for _, a := range t.Args {
		if n, ok := c.resolveDim(a); ok {
			dims = append(dims, n)
		}
	}
	if len(dims) < len(t.Args) {
		return nil
	}
	elems := int64(1)
	for _, n := range dims {
		if elems *= int64(n); elems > maxElements { // both factors are below 2^31
			c.report(diag.CT1007, t.Span, fmt.Sprintf("this tensor has more than %d elements", maxElements))
			return nil
		}
	}
	return category.NewReal(dims...)
}
