package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// decoder prints UnmarshalJSON of an object: strict, unlike encoding/json's
// own reading of arrays and structs.
func (e *emitter) decoder(d *typeDecl) *jen.Statement {
	recv := e.names.scope("text").local(initialLetter(d.name))
	value := &jsonValue{e: e, title: e.text(d.typ), place: jen.Id(recv), pointer: true, set: d.typ.RefinedSet()}
	decode := jen.Func().Params(jen.Id(recv).Op("*").Id(d.name)).Id("UnmarshalJSON").Params(jen.Id("text").Index().Byte()).Error().
		Block(jen.Return(value.decode(d.typ.Carrier())))
	if d.typ.Kind != category.Product {
		return decode
	}
	var parts []jen.Code
	for i := range d.typ.Items {
		parts = append(parts, jen.Id(recv).Dot(factorField(i)))
	}
	return jen.Comment("MarshalJSON writes a product as an array.").Line().Func().Params(jen.Id(recv).Id(d.name)).Id("MarshalJSON").Params().
		Params(jen.Index().Byte(), jen.Error()).Add(oneLine(jen.Return(jen.Qual("encoding/json", "Marshal").Call(jen.Index().Any().Values(parts...))))).Line().Line().Add(decode)
}

// fixed reports whether t is made of tensors and text of known number.
func fixed(t *category.Type) bool {
	switch c := t.Carrier(); c.Kind {
	case category.List, category.Option:
		return false
	case category.Power:
		return fixed(c.Elem)
	case category.Record:
		for _, f := range c.Fields {
			if !fixed(f.Type) {
				return false
			}
		}
	case category.Product:
		for _, it := range c.Items {
			if !fixed(it) {
				return false
			}
		}
	}
	return true
}

// jsonValue is a place that a decoder fills.
type jsonValue struct {
	e       *emitter
	title   string // in the user's nouns, for messages
	place   *jen.Statement
	pointer bool // place is a pointer
	set     *category.Set
}

func (v *jsonValue) address() *jen.Statement {
	if v.pointer {
		return jen.Add(v.place)
	}
	return jen.Op("&").Add(v.place)
}

// decode prints the expression that reads `text` into the place and gives an
// error.
func (v *jsonValue) decode(c *category.Type) *jen.Statement {
	dims := append([]int(nil), c.Dims...)
	leaf := c
	for leaf.Kind == category.Power && leaf.Elem.Carrier().Kind <= category.Int {
		dims = append(dims, leaf.N)
		if v.set == nil {
			v.set = leaf.Elem.RefinedSet()
		}
		leaf = leaf.Elem.Carrier()
	}
	if leaf != c {
		dims = append(dims, leaf.Dims...)
	}
	args := []jen.Code{jen.Id("text"), jen.Lit(v.title)}
	switch leaf.Kind {
	case category.Real:
		if v.set == nil {
			v.set = leaf.Set
		}
		restriction := jen.Nil()
		if v.set != nil {
			restriction = set(v.set, dims)
		}
		args = append(args, restriction, flat(leaf.Kind, v.address()))
		return rt("DecodeTensor").Call(append(args, lits(dims)...)...)
	case category.Fin:
		args = append(args, jen.Lit(leaf.N), flat(leaf.Kind, v.address()))
		return rt("DecodeIndices").Call(append(args, lits(dims)...)...)
	case category.Int:
		return rt("DecodeInts").Call(append(append(args, flat(leaf.Kind, v.address())), lits(dims)...)...)
	case category.Bool:
		return rt("DecodeBools").Call(append(append(args, flat(leaf.Kind, v.address())), lits(dims)...)...)
	case category.Text:
		return rt("DecodeText").Call(append(args, jen.Parens(jen.Op("*").String()).Parens(v.address()))...)
	case category.List, category.Option:
		item := &jsonValue{e: v.e, title: v.title, place: jen.Id("item"), pointer: true}
		each := jen.Func().Params(jen.Id("item").Op("*").Add(v.e.types.goType(c.Elem)), jen.Id("text").Index().Byte()).Error().Block(jen.Return(item.read(c.Elem)))
		return rt("Decode" + functorName(c.Kind)).Call(append(args, v.address(), each)...)
	case category.Power:
		item := &jsonValue{e: v.e, title: v.title, place: jen.Add(v.place).Index(jen.Id("i"))}
		each := jen.Func().Params(jen.Id("i").Int(), jen.Id("text").Index().Byte()).Error().Block(jen.Return(item.read(c.Elem)))
		return rt("DecodePower").Call(append(args, jen.Lit(c.N), each)...)
	case category.Record:
		return rt("DecodeRecord").Call(append(args, v.fields(c)...)...)
	}
	for i, it := range c.Items {
		part := &jsonValue{e: v.e, title: v.title, place: jen.Add(v.place).Dot(factorField(i))}
		args = append(args, part.reader(it))
	}
	return rt("DecodeProduct").Call(args...)
}

// fields prints the parts of a record, one a line.
func (v *jsonValue) fields(c *category.Type) []jen.Code {
	var out []jen.Code
	for _, f := range c.Fields {
		part := &jsonValue{e: v.e, title: v.title + "." + f.Name, place: jen.Add(v.place).Dot(exported(f.Name))}
		if real := part.realField(f); real != nil {
			out = append(out, jen.Line().Add(real))
			continue
		}
		out = append(out, jen.Line().Add(rt("Field")).Values(jen.Id("Name").Op(":").Lit(f.Name), jen.Id("Decode").Op(":").Add(part.reader(f.Type))))
	}
	return out
}

// realField prints the decoding of a field that is a tensor without a name.
func (v *jsonValue) realField(f category.Field) *jen.Statement {
	if v.e.types.decl(f.Type) != nil || f.Type.Carrier().Kind != category.Real {
		return nil
	}
	restriction := jen.Nil()
	if f.Type.Set != nil {
		restriction = set(f.Type.Set, f.Type.Dims)
	}
	args := []jen.Code{jen.Lit(f.Name), jen.Lit(v.title), restriction, flat(category.Real, v.address())}
	return rt("RealField").Call(append(args, lits(f.Type.Carrier().Dims)...)...)
}

// decoded reports whether the Go type of t has a decoder of its own; one of
// this package has it from now on.
func (v *jsonValue) decoded(t *category.Type) bool {
	d := v.e.types.decl(t)
	if d == nil || d.pkg != "" {
		return d != nil && d.decoded
	}
	v.e.types.wanted[d.name] = true
	return true
}

// decoded reports whether the package gives d a decoder.
func (e *emitter) decoded(d *typeDecl) bool {
	return d.typ.Kind != category.Tangent || e.types.wanted[d.name]
}

// reader prints a function that reads its text into the place.
func (v *jsonValue) reader(t *category.Type) *jen.Statement {
	if v.decoded(t) {
		return jen.Add(v.place).Dot("UnmarshalJSON")
	}
	return jen.Func().Params(jen.Id("text").Index().Byte()).Error().Block(jen.Return(v.read(t)))
}

func (v *jsonValue) read(t *category.Type) *jen.Statement {
	if v.decoded(t) {
		return jen.Add(v.place).Dot("UnmarshalJSON").Call(jen.Id("text"))
	}
	v.set = t.RefinedSet()
	return v.decode(t.Carrier())
}

func lits[T int | string](values []T) []jen.Code {
	out := make([]jen.Code, len(values))
	for i, d := range values {
		out[i] = jen.Lit(d)
	}
	return out
}
