package golang

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/plan"
)

// tensorOf is one leaf as the law tests draw it.
type tensorOf struct {
	name string
	leaf category.Leaf
	role plan.ArgRole
}

func dotted(path []string) string { return strings.Join(path, ".") }

// planTensors lists the arguments that a test draws.
func (e *emitter) planTensors(p *plan.Plan) []tensorOf {
	var out []tensorOf
	for _, a := range p.Args {
		if a.Role == plan.CotangentArg || a.Role == plan.OutputArg {
			continue
		}
		out = append(out, tensorOf{e.leafTitle(a.Type, &a.Leaf), a.Leaf, a.Role})
	}
	return out
}

// leafTitle names a leaf in the user's nouns: Input, or Neuron.weight.
func (e *emitter) leafTitle(t *category.Type, l *category.Leaf) string {
	name := e.text(t)
	if t.Kind != category.Named && t.Kind != category.Tangent {
		name = ""
	}
	if len(l.Path) == 0 {
		return name
	}
	if name == "" {
		return dotted(l.Path)
	}
	return name + "." + dotted(l.Path)
}

func tensorList(ts []tensorOf) *jen.Statement {
	if len(ts) == 1 {
		return jen.Index().Add(lawtest("Tensor")).Values(tensorCodes(ts)...)
	}
	return jen.Index().Add(lawtest("Tensor")).Add(inLines(tensorCodes(ts)...))
}

func tensorCodes(ts []tensorOf) []jen.Code {
	out := make([]jen.Code, len(ts))
	for i := range ts {
		out[i] = ts[i].code()
	}
	return out
}

// code prints the description of one leaf.
func (t *tensorOf) code() *jen.Statement {
	code := t.kind()
	if t.leaf.Kind != category.Real && (t.role == plan.ParamArg || t.role == plan.StateArg) {
		return lawtest("Shared").Call(code)
	}
	return code
}

// kind prints what a leaf holds.
func (t *tensorOf) kind() *jen.Statement {
	args := []jen.Code{jen.Lit(t.name)}
	l := &t.leaf
	make := "Data"
	switch {
	case l.Kind == category.Fin:
		make, args = "Class", append(args, jen.Lit(l.N))
	case l.Kind == category.Int:
		make = "Integer"
	case l.Kind == category.Bool:
		make = "Truth"
	case t.role == plan.ParamArg || t.role == plan.StateArg:
		make, args = "Param", append(args, set(l.Set, l.Dims))
	case t.role == plan.SettingArg:
		return lawtest("Setting").Call(append(args, set(l.Set, l.Dims))...)
	default:
		args = append(args, set(l.Set, l.Dims))
	}
	for _, d := range l.Dims {
		args = append(args, jen.Lit(d))
	}
	return lawtest(make).Call(args...)
}
