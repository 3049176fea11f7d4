package vet

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// locals warns of locals and of parameters handed on by name that a named body
// never reads. Inputs belong to the arrow's signature and may be left unread,
// as may locals whose names begin with an underscore.
func (v *vetter) locals() {
	for _, d := range v.File.Decls {
		a, ok := d.(*syntax.ArrowDecl)
		if !ok || a.Named == nil {
			continue
		}
		read := map[string]bool{}
		m := mentioner{func(name string) { read[name] = true }}
		for _, l := range a.Named.Lets {
			m.term(l.Term)
		}
		m.term(a.Named.Result)
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
