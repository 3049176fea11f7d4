package vet

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// locals warns of locals and of parameters handed on by name that a named body
// never reads, and of the arrows that a generic arrow is applied to. Inputs belong to the arrow's signature and may be left unread,
// as may locals whose names begin with an underscore.
func (v *vetter) locals() {
	for _, d := range v.File.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok || a.Named == nil && len(a.Takes) == 0 {
			continue
		}
		read := map[string]bool{}
		m := mentioner{func(name string) { read[name] = true }}
		if a.Named == nil {
			m.term(a.Term)
			v.arguments(a, read)
			continue
		}
		for _, l := range a.Named.Lets {
			m.term(l.Term)
		}
		m.term(a.Named.Result)
		v.arguments(a, read)
		for _, l := range a.Named.Lets {
			for _, name := range l.Names {
				if read[name.Text] || strings.HasPrefix(name.Text, "_") {
					continue
				}
				help := "read it, or remove its line"
				if len(l.Names) > 1 {
					help = fmt.Sprintf("read it, or call it `_%s`", name.Text)
				}
				v.warn(diag.CT1103, name.Span, fmt.Sprintf("the local `%s` is never read", name.Text)).Hint(help)
			}
		}
		if a.Given == nil {
			continue
		}
		for _, f := range a.Given.Fields {
			if !read[f.Name.Text] {
				v.warn(diag.CT1103, f.Name.Span, fmt.Sprintf("the parameter `%s` is never read, so nothing would train it", f.Name.Text)).
					Hint("hand it on to an arrow, or remove it")
			}
		}
	}
}

// arguments warns of arrows that a generic arrow is applied to and never reads.
func (v *vetter) arguments(a *syntax.ArrowDecl, read map[string]bool) {
	for _, t := range a.Takes {
		if !read[t.Name.Text] {
			v.warn(diag.CT1103, t.Name.Span, fmt.Sprintf("the argument `%s` is never read", t.Name.Text)).
				Hint("use it in the body, or remove it")
		}
	}
}
