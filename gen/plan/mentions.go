package plan

import (
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

func itoa(n int) string { return strconv.Itoa(n) }

// mentions are the tensors that an expression reads, by name.
func mentions(e category.Expr) map[string]bool {
	m := map[string]bool{}
	visit(e, func(e category.Expr) {
		if el, ok := e.(*category.Element); ok {
			m[el.Name] = true
		}
	})
	return m
}

// readsDecay reports whether the indicator `decays` occurs in e.
func readsDecay(e category.Expr) (found bool) {
	visit(e, func(e category.Expr) {
		if s, ok := e.(*category.SettingRef); ok && s.Name == "decays" {
			found = true
		}
	})
	return found
}

// visit calls f on e and everything below it.
func visit(e category.Expr, f func(category.Expr)) {
	f(e)
	switch e := e.(type) {
	case *category.Element:
		for _, i := range e.Index {
			visit(i, f)
		}
	case *category.Unary:
		visit(e.X, f)
	case *category.Binary:
		visit(e.L, f)
		visit(e.R, f)
	case *category.Func:
		for _, a := range e.Args {
			visit(a, f)
		}
	case *category.Reduce:
		visit(e.Body, f)
	}
}
