package vet

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// undocumented warns of declarations whose names Go exports and that have no
// doc comment. Laws become tests, which are not exported.
func (v *vetter) undocumented() {
	for _, d := range v.File.Decls {
		var head *syntax.Head
		switch d := d.(type) {
		case *syntax.DimDecl:
			head = &d.Head
		case *syntax.ObjectDecl:
			head = &d.Head
		case *syntax.ArrowDecl:
			head = &d.Head
		case *syntax.DataDecl:
			head = &d.Head
		case *syntax.TrainDecl:
			head = &d.Head
		default:
			continue
		}
		if len(head.Doc) == 0 {
			v.warn(diag.CT1107, head.Name.Span, fmt.Sprintf("the %s `%s` has no doc comment", kindOf(d), head.Name.Text)).
				Hint("say what it stands for, in units where it has some: a comment on the line above, or at the end of this one")
		}
	}
}
