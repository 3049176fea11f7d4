package plan

import "github.com/ctgen-lang/ctgen/dsl/category"

// mentions are the tensors that an expression reads, by name.
func mentions(e category.Expr) map[string]bool {
	m := map[string]bool{}
	category.Walk(e, func(e category.Expr) {
		if el, ok := e.(*category.Element); ok {
			m[el.Name] = true
		}
	})
	return m
}

// readsDecay reports whether the indicator `decays` occurs in e.
func readsDecay(e category.Expr) (found bool) {
	category.Walk(e, func(e category.Expr) {
		if s, ok := e.(*category.SettingRef); ok && s.Name == "decays" {
			found = true
		}
	})
	return found
}
