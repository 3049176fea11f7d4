package check

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// maxDim caps every dimension and every intermediate of dim arithmetic, so
// that no product of two overflows.
const maxDim = 1<<31 - 1

// dimensions evaluates every `dim` line in any order.
func (c *checker) dimensions() {
	c.checkOverrides()
	for _, d := range c.file.Decls {
		if dim, ok := d.(*syntax.DimDecl); ok && c.decls[dim.Name.Text] == d {
			if v := c.dimNamed(dim); v != nil {
				c.cat.Dims = append(c.cat.Dims, v)
			}
		}
	}
}

// checkOverrides reports the entries of Options.Set that name no dim or give
// a value that no dim takes.
func (c *checker) checkOverrides() {
	names := make([]string, 0, len(c.opts.Set))
	for name := range c.opts.Set {
		names = append(names, name)
	}
	slices.Sort(names)
	var unknown, near []string
	for _, name := range names {
		d, ok := c.decls[name].(*syntax.DimDecl)
		if !ok {
			if !c.broken[name] {
				unknown = append(unknown, fmt.Sprintf("`%s`", name))
				if n := c.suggest(name, c.dimNames()); n != "" {
					near = append(near, fmt.Sprintf("did you mean `%s`?", n))
				}
			}
			continue
		}
		if v := c.opts.Set[name]; v < 1 || v > maxDim {
			c.report(diag.CT0402, d.Name.Span, fmt.Sprintf("--set %s=%d: a dim lies between 1 and %d", name, v, maxDim))
			c.dims[name] = nil
		}
	}
	if unknown != nil {
		e := c.report(diag.CT0213, diag.Span{}, fmt.Sprintf("--set names what is no dim of this spec: %s", strings.Join(unknown, ", ")))
		e.Help = near
	}
}

// override gives dims other values than from outside so far; names that are
// no dims of this specification are left to whoever asked.
func (c *checker) override(dims map[string]int) {
	set := maps.Clone(c.opts.Set)
	for _, d := range c.file.Decls {
		name := d.DeclName().Text
		if v, ok := dims[name]; ok && isDim(d) {
			if set == nil {
				set = map[string]int{}
			}
			set[name] = v
		}
	}
	c.opts.Set = set
}

// dimNamed evaluates d once; nil where it is faulty.
func (c *checker) dimNamed(d *syntax.DimDecl) *category.Dim {
	name := d.Name.Text
	if dim, done := c.dims[name]; done {
		return dim
	}
	if !c.visit(d.Name) {
		c.dims[name] = nil
		return nil
	}
	defer c.visited(name)
	var value int
	var ok bool
	if v, set := c.opts.Set[name]; set {
		value, ok = v, true
	} else {
		value, ok = c.resolveDim(d.Value)
	}
	if _, faulty := c.dims[name]; faulty || !ok { // a cycle through name marked it
		c.dims[name] = nil
		return nil
	}
	c.dims[name] = &category.Dim{Name: name, Doc: d.Doc, Span: d.Name.Span, Value: value}
	return c.dims[name]
}

// resolveDim evaluates a dimension: at least 1 and at most maxDim. It is
// false after reporting, or silently where t uses a dim known to be faulty.
func (c *checker) resolveDim(t syntax.Type) (int, bool) {
	v, ok := c.dimExpr(t)
	if !ok {
		return 0, false
	}
	if v < 1 {
		c.report(diag.CT0402, t.TypeSpan(), fmt.Sprintf("a dimension is at least 1, this is %d", v))
		return 0, false
	}
	return int(v), true
}

func (c *checker) dimExpr(t syntax.Type) (int64, bool) {
	if t == nil || !c.enter(t.TypeSpan()) {
		return 0, false
	}
	defer c.leave()
	switch t := t.(type) {
	case *syntax.TypeParen:
		return c.dimExpr(t.In)
	case *syntax.TypeInt:
		v, err := strconv.ParseInt(t.Text, 10, 64)
		if err != nil || v > maxDim {
			c.report(diag.CT0402, t.Span, fmt.Sprintf("%s is larger than the largest dimension, %d", t.Text, maxDim))
			return 0, false
		}
		return v, true
	case *syntax.TypeName:
		return c.dimName(t)
	case *syntax.TypeBinary:
		return c.dimArithmetic(t)
	case *syntax.TypeSegment:
		c.report(diag.CT1006, t.Span, fmt.Sprintf("`..%s` is a shape segment, which only std's arrows have in this version", t.Name.Text)).
			Hint("between objects of your own the shapes are known: R[3, 4]")
	default:
		c.report(diag.CT0404, t.TypeSpan(), "a dimension is a whole number, a dim, or arithmetic on these")
	}
	return 0, false
}

func (c *checker) dimName(t *syntax.TypeName) (int64, bool) {
	if t.Args != nil {
		c.report(diag.CT0404, t.Span, "a dimension is a whole number, a dim, or arithmetic on these")
		return 0, false
	}
	if v, faulty, known := c.dimValue(t.Name); known {
		return int64(v), !faulty
	}
	c.unknown(t.Name, "dim", c.dimNames)
	return 0, false
}

// dimValue looks a dim up; known is false where name declares no dim.
func (c *checker) dimValue(name syntax.Name) (value int, faulty, known bool) {
	if from, bare, qualified := c.elsewhere(name); qualified {
		if from == nil {
			return 0, true, true
		}
		if dim, known := from.dims[bare]; !known {
			c.unknownThere(name, "dim", from, isDim)
		} else if dim != nil {
			return dim.Value, false, true
		}
		return 0, true, true
	}
	if v := c.vars[name.Text]; v != nil && v.dim {
		if v.size == 0 {
			c.openDim(name)
		}
		return v.size, v.size == 0, true
	}
	d, ok := c.decls[name.Text].(*syntax.DimDecl)
	if !ok {
		return 0, false, false
	}
	dim := c.dimNamed(d)
	if dim == nil {
		return 0, true, true
	}
	return dim.Value, false, true
}

func (c *checker) dimArithmetic(t *syntax.TypeBinary) (int64, bool) {
	l, okL := c.dimExpr(t.L)
	r, okR := c.dimExpr(t.R)
	if !okL || !okR {
		return 0, false
	}
	var v int64
	switch t.Op {
	case '+':
		v = l + r
	case '-':
		v = l - r
	case '*':
		v = l * r
	case '/':
		if r == 0 || l%r != 0 {
			c.report(diag.CT0403, t.Span, fmt.Sprintf("%d / %d is not a whole number", l, r)).
				Hint("a dimension divides exactly or not at all")
			return 0, false
		}
		v = l / r
	default:
		c.report(diag.CT0404, t.Span, fmt.Sprintf("dimensions have no `%c`; use + - * and exact /", t.Op))
		return 0, false
	}
	if v > maxDim || v < -maxDim {
		c.report(diag.CT0402, t.Span, fmt.Sprintf("this comes to %d; the largest dimension is %d", v, maxDim))
		return 0, false
	}
	return v, true
}

func (c *checker) dimNames() []string {
	return c.declared(isDim)
}
