package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// use is one parameter of a term.
type use struct {
	label   string
	typ     *category.Type // nil: not known
	filling bool           // of what fills the hole
}

// parameterRule says which parameters the declaration around a hole allows.
type parameterRule struct {
	// one reports whether a filling may have a parameter of this object.
	one func(*category.Type) bool
	// all reports whether the whole term may have these parameters; it may
	// label those of the filling. It is asked only where all are known.
	all func([]use) bool
	// labels: parameters need labels of their own.
	labels bool
	// closed: no setting may stay open.
	closed bool
	// exact is the object that the parameters must make up; nil: undecided.
	exact *category.Type
}

func anyType(*category.Type) bool { return true }
func noType(*category.Type) bool  { return false }
func anyUses([]use) bool          { return true }

var (
	anyParameters = parameterRule{one: anyType, all: anyUses, labels: true}
	noParameters  = parameterRule{one: noType, all: anyUses, labels: true}
	boundSettings = parameterRule{one: noType, all: anyUses, labels: true, closed: true}
)

// compositeRule is what `given` on a composite says.
func (c *checker) compositeRule(decl *syntax.ArrowDecl, n *node) parameterRule {
	g := decl.Given
	switch {
	case g == nil:
		return anyParameters
	case g.Fields != nil && decl.Named != nil: // parameters are handed on by name
		return noParameters
	case g.Fields != nil:
		return boundSettings
	}
	if name, ok := g.Type.(*syntax.TypeName); ok && name.Args == nil && c.gatherers[name.Name.Text] != nil {
		return parameterRule{one: anyType, all: func(uses []use) bool { return len(uses) > 0 }, labels: true}
	}
	t := c.resolveType(g.Type)
	switch {
	case t == nil:
		return anyParameters
	case len(n.collect()) == 0 && len(n.openSettings()) > 0:
		return boundSettings
	}
	return onlyParameters(t)
}

// onlyParameters allows the parameters that make up t.
func onlyParameters(t *category.Type) parameterRule {
	rec := t.Carrier()
	one := func(p *category.Type) bool {
		return p.Equal(t) || rec.Kind == category.Record && slices.ContainsFunc(rec.Fields, func(f category.Field) bool { return f.Type.Equal(p) })
	}
	all := func(uses []use) bool {
		switch len(uses) {
		case 0:
			return t.IsUnit()
		case 1:
			return uses[0].typ.Equal(t)
		}
		if rec.Kind != category.Record || len(rec.Fields) != len(uses) {
			return false
		}
		for i, f := range rec.Fields {
			if !f.Type.Equal(uses[i].typ) || !uses[i].filling && f.Name != uses[i].label {
				return false
			}
			uses[i].label = f.Name
		}
		return true
	}
	return parameterRule{one: one, all: all, labels: true, closed: t.IsUnit(), exact: t}
}

// endoRule allows the state and the parameters in it.
func endoRule(state, params *category.Type) parameterRule {
	return parameterRule{one: func(p *category.Type) bool { return p.Equal(state) || p.Equal(params) }, all: anyUses}
}

// sideRule is about one side of a law: it has the parameters of the other
// side, where that has any, or none.
func sideRule(other *node) parameterRule {
	rule := anyParameters
	if t := gather(other.collect()); other.holes() == 0 && t != nil && !t.IsUnit() {
		rule = onlyParameters(t)
		whole := rule.all
		rule.all = func(uses []use) bool { return len(uses) == 0 || whole(uses) }
	}
	rule.closed = true
	return rule
}
