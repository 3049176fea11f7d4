package check

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// manyArrows is how many arrows are worth more than one processor.
const manyArrows = 500

// liftAhead checks standard arrows between declared objects, most of a large
// specification, several at once: they depend on nothing but these objects.
// One that has a fault is left to its turn, and so is all that is not as plain
// as this.
func (c *checker) liftAhead() {
	var plain []*syntax.ArrowDecl
	for _, d := range c.file.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok || c.decls[a.Name.Text] != d || !c.plain(a) {
			continue
		}
		if _, done := c.arrowsBy[a.Name.Text]; !done { // a name declared twice is settled by now
			plain = append(plain, a)
		}
	}
	workers := runtime.GOMAXPROCS(0)
	if len(plain) < manyArrows || workers < 2 {
		return
	}
	lifted := make([]*category.Arrow, len(plain))
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			const share = 64
			own := &checker{std: c.std, cat: c.cat, file: c.file}
			own.accused = map[diag.Span][]*diag.Diagnostic{}
			for from := int(next.Add(share)) - share; from < len(plain); from = int(next.Add(share)) - share {
				for i := from; i < min(from+share, len(plain)); i++ {
					own.diags = &diag.List{}
					if a := own.liftPlain(plain[i], c.objectsBy); own.diags.Len() == 0 {
						lifted[i] = a
					}
				}
			}
		})
	}
	all.Wait()
	for i, a := range lifted {
		decl := plain[i]
		if a != nil && c.fits(a.Dom, decl.Dom.TypeSpan()) && c.fits(a.Cod, decl.Cod.TypeSpan()) {
			c.arrowsBy[decl.Name.Text] = a
		}
	}
}

// plain reports whether decl is `arrow f: A -> B = std.g` between objects that
// are known by now.
func (c *checker) plain(decl *syntax.ArrowDecl) bool {
	if decl.Generic() || decl.Endo || decl.HasInputs || decl.Hand != nil || decl.Given != nil || len(decl.With) > 0 || decl.DomSet != nil || decl.CodSet != nil {
		return false
	}
	name, settings, ok := stdOf(decl.Term)
	if !ok || settings != nil || structural[name.Name.Text] != nil || c.std.prims[listForm(name.Name.Text)] != nil {
		return false
	}
	prim := c.std.prims[name.Name.Text]
	return prim != nil && prim.Type == "" && plainObject(decl.Dom, c.objectsBy) != nil && plainObject(decl.Cod, c.objectsBy) != nil
}

// plainObject returns the object that t names and nothing more, or nil.
func plainObject(t syntax.Type, objects map[string]*category.Object) *category.Object {
	if n, ok := t.(*syntax.TypeName); ok && n.Args == nil {
		return objects[n.Name.Text]
	}
	return nil
}

// liftPlain checks one of them. It changes nothing but c.
func (c *checker) liftPlain(decl *syntax.ArrowDecl, objects map[string]*category.Object) *category.Arrow {
	a := c.newArrow(decl)
	a.Dom, a.Cod = category.NewNamed(plainObject(decl.Dom, objects)), category.NewNamed(plainObject(decl.Cod, objects))
	name, _, _ := stdOf(decl.Term)
	prim := c.std.prims[name.Name.Text]
	a.Kind, a.Partial = category.Lifted, prim.Partial
	return c.lift(a, primNode(prim, name.Span), len(prim.Given) > 0)
}
