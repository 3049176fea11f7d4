package golang

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// CheckedFile is the file of a generated package that holds its arrows in a
// form that validates what they make.
const CheckedFile = "checked_gen.go"

// checkedFile holds every arrow once more, in a form that validates what each
// arrow in it makes and says which one went wrong. It is printed after all
// other files and adds nothing to them.
func (e *emitter) checkedFile() *file {
	ch := &checked{emitter: e, funcs: map[*category.Arrow]string{}}
	known := len(e.types.decls)
	for _, a := range e.c.Arrows {
		if dealsInLists(a) {
			e.note(a.Span, "arrow "+a.Name+" has no checked form: it deals in lists or options")
			continue
		}
		ch.funcs[a] = ch.claim(a)
	}
	f := e.newFile(CheckedFile)
	for _, a := range e.c.Arrows {
		if ch.funcs[a] == "" {
			continue
		}
		switch {
		case a.Endo:
			f.add(ch.endo(a)...)
		case gradOf(a.Diagram) != nil:
			f.add(ch.gradient(a))
		default:
			f.add(ch.arrow(a))
		}
	}
	for _, b := range e.benches {
		f.add(ch.training(b)...)
	}
	for _, g := range ch.grads {
		f.add(g.function())
	}
	// Looking at one object may bring others.
	for i := 0; i < len(ch.looks); i++ {
		f.add(ch.looks[i].function(ch))
	}
	// Tangents that nothing else mentions. Declaring one may bring others.
	for i := known; i < len(e.types.decls); i++ {
		f.add(e.typeDecl(e.types.decls[i]))
	}
	return f
}

// checked prints the file of checked arrows.
type checked struct {
	*emitter
	funcs map[*category.Arrow]string
	steps []*checkedStep
	grads []*checkedGrad
	looks []*look
}

// claim names the checked form of an arrow. A method must not be called like
// another method of its object or a field, or like what promotes it.
func (ch *checked) claim(a *category.Arrow) string {
	name := "Checked" + ch.emitter.funcs[a]
	if !ch.method(a) {
		return ch.names.claim(name, "Of")
	}
	taken := func(id string) bool {
		for _, f := range receiver(a).Carrier().Fields {
			if exported(f.Name) == id {
				return true
			}
		}
		for _, other := range ch.c.Arrows {
			if ch.method(other) && (exported(other.Name) == id || ch.funcs[other] == id) {
				return true
			}
		}
		return false
	}
	for taken(name) {
		name += "Arrow"
	}
	return name
}

// look is the function that shows the runtime an object: operandNeuron.
type look struct {
	name string
	typ  *category.Type
}

// operand prints an object as the runtime looks at it; pointer is its address.
func (ch *checked) operand(t *category.Type, pointer jen.Code) *jen.Statement {
	i := slices.IndexFunc(ch.looks, func(l *look) bool { return l.typ.Equal(t) })
	if i < 0 {
		i = len(ch.looks)
		word := ch.types.name(t)
		if word == "" {
			word = "Value" + strconv.Itoa(i+1)
		}
		ch.looks = append(ch.looks, &look{ch.names.claim("operand"+word, "Of"), t})
	}
	return jen.Id(ch.looks[i].name).Call(pointer)
}

// parameter prints an object that an arrow is given beside its input.
func (ch *checked) parameter(t *category.Type, pointer jen.Code) *jen.Statement {
	return ch.operand(t, pointer).Dot("Parameter").Call()
}

// function prints the tensors of the object with their sets.
func (l *look) function(ch *checked) *jen.Statement {
	var parts []jen.Code
	pieces := piecesOf(l.typ)
	for _, p := range pieces {
		title := ch.text(l.typ)
		if len(p.steps) > 0 {
			title += "." + p.name()
		}
		if part := pieceOperand(title, p, "v"); part != nil {
			parts = append(parts, part)
		}
	}
	var value jen.Code
	if len(pieces) == 1 && len(pieces[0].steps) == 0 && len(parts) == 1 {
		value = parts[0]
	} else {
		for i := range parts {
			parts[i] = jen.Line().Add(parts[i])
		}
		value = rt("RecordOperand").Call(append([]jen.Code{jen.Lit(ch.text(l.typ))}, parts...)...)
	}
	return jen.Func().Id(l.name).Params(jen.Id("v").Op("*").Add(ch.types.goType(l.typ))).Add(rt("Operand")).Block(jen.Return(value))
}

// pieceOperand prints one piece of the object that root points to; nil where
// that is several texts, of which nothing is shown.
func pieceOperand(title string, p piece, root string) *jen.Statement {
	address := p.address(root, true)
	if p.leaf.Kind == category.Text {
		if len(p.dims) > 0 {
			return nil
		}
		return rt("TextOperand").Call(jen.Lit(title), jen.Parens(jen.Op("*").String()).Parens(address))
	}
	return viewOperand(title, p.leaf, flat(p.leaf.Kind, address), p.dims)
}

// viewOperand prints a tensor that view shows.
func viewOperand(title string, leaf category.Leaf, view jen.Code, dims []int) *jen.Statement {
	args := []jen.Code{jen.Lit(title)}
	make := "RealOperand"
	switch leaf.Kind {
	case category.Fin:
		make, args = "ClassOperand", append(args, jen.Lit(leaf.N))
	case category.Int:
		make = "IntOperand"
	case category.Bool:
		make = "BoolOperand"
	default:
		restriction := jen.Nil()
		if leaf.Set != nil {
			restriction = set(leaf.Set, dims)
		}
		args = append(args, restriction)
	}
	return rt(make).Call(append(append(args, view), lits(dims)...)...)
}

// setting prints an open setting, which id holds.
func (ch *checked) setting(o category.Setting, id string) jen.Code {
	value := jen.Index().Float32().Values(jen.Float32().Parens(jen.Id(id)))
	return viewOperand(o.Name, category.Leaf{Kind: category.Real, Set: o.Type.RefinedSet()}, value, nil).Dot("Parameter").Call()
}

// checkedRun prints a call of the runtime's trace: what runs, what it reads
// and what it writes.
func checkedRun(trace *jen.Statement, method, name, line string, in, out []jen.Code, run ...jen.Code) *jen.Statement {
	args := []jen.Code{jen.Lit(name), jen.Lit(line), operandList(in), operandList(out)}
	if len(run) > 0 {
		args[2], args[3] = jen.Line().Add(args[2]), jen.Line().Add(args[3])
	}
	return trace.Dot(method).Call(append(args, run...)...)
}

// operandList prints a list for the runtime.
func operandList(list []jen.Code) *jen.Statement {
	if len(list) == 0 {
		return jen.Nil()
	}
	return jen.Index().Add(rt("Operand")).Values(list...)
}
