package golang

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// model prints what a training declaration makes for programs: trained
// parameters with the preprocessing that was fitted beside them.
func (b *trainBench) model(spec string) []jen.Code {
	b.modelType = b.e.names.claim(exported(b.t.Name)+"Model", "Type")
	params := b.e.types.decl(b.paramsType())
	if params == nil {
		return nil
	}
	if params.pkg != "" && slices.Contains(b.e.modelMembers(), params.name) {
		b.e.fail(fmt.Errorf("train %s: the trained model embeds %s, and has a member %s of its own; rename the object", b.t.Name, b.e.text(b.paramsType()), params.name))
	}
	out := []jen.Code{b.modelDecl(), b.fit(), b.load(spec), b.save(spec)}
	k := 0
	for _, c := range b.t.On.Columns {
		if c.Scale != 0 || c.Fitted() {
			out = append(out, b.prepare(c, k))
		}
		if c.Fitted() {
			k++
		}
	}
	return append(out, b.restores(spec)...)
}

// modelMembers lists what trained models have besides the parameters that
// they embed, so no object's type can be called so.
func (e *emitter) modelMembers() []string {
	c := e.home
	if len(c.Trains) == 0 {
		return nil
	}
	list := []string{"Save", "Scalers"}
	for _, t := range c.Trains {
		for _, column := range t.On.Columns {
			list = append(list, e.prepareName(column))
		}
		for _, typ := range t.Restorable() {
			list = append(list, e.restoreName(typ))
		}
		for _, a := range t.Writers(c) {
			list = append(list, SamplerName(a))
		}
	}
	return list
}

func (e *emitter) prepareName(c category.Column) string { return "Prepare" + e.memberOf(c.Object) }

func (e *emitter) restoreName(object *category.Type) string { return "Restore" + e.memberOf(object) }

// memberOf is the part of a model's member that names an object.
func (e *emitter) memberOf(object *category.Type) string {
	return exported(strings.ReplaceAll(e.text(object), ".", "_"))
}

func (b *trainBench) paramsType() *category.Type {
	if isState(b.endo.State) {
		return b.endo.State.Object.Of
	}
	return b.endo.State
}

func (b *trainBench) scalers() int {
	n := 0
	for _, c := range b.t.On.Columns {
		if c.Fitted() {
			n++
		}
	}
	return n
}

func (b *trainBench) modelDecl() *jen.Statement {
	params := b.e.types.name(b.paramsType())
	return comment(b.modelType+" is what "+b.t.Name+" makes: a trained "+params+" and the scalers of its data, one for each").Line().
		Add(comment("standardized column. Its arrows may be called concurrently.")).Line().
		Type().Id(b.modelType).Struct(b.e.types.goType(b.paramsType()), jen.Id("Scalers").Index().Op("*").Add(data("Scaler")))
}

// fit prints the training itself.
func (b *trainBench) fit() *jen.Statement {
	name := b.e.names.claim(exported(b.t.Name), "Run")
	state := jen.Op("*").Id("r").Dot("Instance").Assert(jen.Op("*").Id(b.typ)).Dot("trainer").Dot("State").Call()
	if isState(b.endo.State) {
		state = jen.Id("r").Dot("Instance").Assert(jen.Op("*").Id(b.typ)).Dot("trainer").Dot("State").Call().Dot("Params")
	}
	return comment(name+" trains as the spec declares and the options say. When ctx is cancelled it returns what").Line().
		Add(comment("there is, with ctx's error.")).Line().
		Func().Id(name).Params(jen.Id("ctx").Qual("context", "Context"), jen.Id("options").Op("...").Add(train("Option"))).
		Params(jen.Op("*").Id(b.modelType), jen.Error()).
		Block(
			jen.List(jen.Id("r"), jen.Err()).Op(":=").Add(train("Run")).Call(jen.Id("ctx"), jen.Id(b.programName).Call(), jen.Id("options").Op("...")),
			jen.If(jen.Id("r").Op("==").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
			jen.Return(jen.Op("&").Id(b.modelType).Values(state, jen.Id("r").Dot("Scalers")), jen.Err()),
		)
}

// load prints the reading of a model at rest: one that Save or a training
// wrote.
func (b *trainBench) load(spec string) *jen.Statement {
	name := b.e.names.claim("Load"+exported(b.t.Name), "Model")
	made := jen.Op("&").Id(b.modelType).Values()
	if n := b.scalers(); n > 0 {
		empty := make([]jen.Code, n)
		for i := range empty {
			empty[i] = jen.Values()
		}
		made = jen.Op("&").Id(b.modelType).Values(entry("Scalers", jen.Index().Op("*").Add(data("Scaler")).Values(empty...)))
	}
	return comment(name+" reads a model from a safetensors file that Save, or `ctgen train --save`, has written.").Line().
		Func().Id(name).Params(jen.Id("file").Index().Byte()).Params(jen.Op("*").Id(b.modelType), jen.Error()).Block(
		jen.Id("m").Op(":=").Add(made),
		jen.If(jen.Err().Op(":=").Add(train("LoadModel")).Call(append([]jen.Code{jen.Id("file")}, b.atRest(spec)...)...), jen.Err().Op("!=").Nil()).
			Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Return(jen.Id("m"), jen.Nil()),
	)
}

// atRest prints what a model at rest consists of: the data declaration, the
// tensors, the scalers.
func (b *trainBench) atRest(spec string) []jen.Code {
	return []jen.Code{jen.Op("&").Id(spec), jen.Id("m").Dot("tensors").Call(), jen.Id("m").Dot("Scalers").Op("...")}
}

// save prints the writing, and the list of tensors that both sides share.
func (b *trainBench) save(spec string) *jen.Statement {
	recv := func() *jen.Statement { return jen.Func().Params(jen.Id("m").Op("*").Id(b.modelType)) }
	tensors := jen.Index().Add(checkpoint("Tensor"))
	params := b.e.types.name(b.paramsType())
	return comment("Save writes the model as safetensors; names are slot paths.").Line().
		Add(recv()).Id("Save").Params(jen.Id("path").String()).Error().Block(
		jen.Return(checkpoint("Save").Call(jen.Id("path"), jen.Nil(), train("ModelTensors").Call(b.atRest(spec)...))),
	).Line().Line().
		Add(recv()).Id("tensors").Params().Add(tensors).
		Block(jen.Return(jen.Add(tensors).Add(inLines(b.e.tensorEntries(b.paramsType(), "m."+params, false)...))))
}

// prepare prints the preprocessing of one column for a raw value.
func (b *trainBench) prepare(c category.Column, scaler int) *jen.Statement {
	typ := b.e.types.goType(c.Object)
	name := b.e.prepareName(c)
	v := jen.Id("v")
	body := []jen.Code{jen.Add(v).Op(":=").Add(flat(category.Real, jen.Op("&").Id("raw")))}
	if c.Scale != 0 {
		body = append(body, jen.For(jen.Id("i").Op(":=").Range().Add(v)).
			Block(jen.Add(v).Index(jen.Id("i")).Op("=").Float32().Parens(jen.Float64().Parens(jen.Add(v).Index(jen.Id("i"))).Op("*").Add(number(c.Scale)))))
	}
	if c.Fitted() {
		body = append(body, jen.Id("m").Dot("Scalers").Index(jen.Lit(scaler)).Dot("Apply").Call(v, v))
	}
	body = append(body, jen.Return(jen.Id("raw")))
	return comment(name + " does to numbers as the data file has them what the training did.").Line().
		Func().Params(jen.Id("m").Op("*").Id(b.modelType)).Id(name).Params(jen.Id("raw").Add(typ)).Add(typ).Block(body...)
}

// restores prints the way back to the units of the data: of the target, and of
// what predicts it.
func (b *trainBench) restores(spec string) []jen.Code {
	column, _ := b.t.Restored()
	var out []jen.Code
	for _, t := range b.t.Restorable() {
		typ, name := b.e.types.goType(t), b.e.restoreName(t)
		v := jen.Id("v")
		out = append(out, comment(name+" gives a prediction, or a target, back the units of the data file.").Line().
			Func().Params(jen.Id("m").Op("*").Id(b.modelType)).Id(name).Params(jen.Id("scaled").Add(typ)).Add(typ).Block(
			jen.Add(v).Op(":=").Add(flat(category.Real, jen.Op("&").Id("scaled"))),
			jen.Id(spec).Dot("Restore").Call(jen.Lit(column), jen.Id("m").Dot("Scalers"), v, v),
			jen.Return(jen.Id("scaled")),
		))
	}
	return out
}
