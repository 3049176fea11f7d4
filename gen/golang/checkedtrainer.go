package golang

import (
	"slices"

	"github.com/dave/jennifer/jen"
)

// typ prints the trainer that takes the place of the plain one.
func (s *checkedStep) typ() *jen.Statement {
	return comment(s.name+" is a "+s.t.name+" that runs every example of a batch arrow by arrow before it steps, and").Line().
		Add(comment("checks the state afterwards. A *runtime.ArrowError says what went wrong, and in which step. Where that is before")).Line().
		Add(comment("the update, the state is what it was. Steps give the same bits as unchecked ones, and take many times as long.")).Line().
		Type().Id(s.name).Struct(jen.Op("*").Id(s.t.name), jen.Id("trace").Add(rt("Trace")), jen.Id("steps").Int())
}

func (s *checkedStep) constructor() *jen.Statement {
	name := s.ch.names.claim("New"+s.name, "For")
	return comment(name+" starts from a copy of s; batches hold at most batch examples.").Line().
		Func().Id(name).Params(jen.Id("s").Op("*").Add(s.t.state), jen.Id("batch").Int(), jen.Id("options").Op("...").Add(rt("TrainerOption"))).
		Params(jen.Op("*").Id(s.name), jen.Error()).Block(
		jen.List(jen.Id("base"), jen.Err()).Op(":=").Id(s.t.maker).Call(jen.Id("s"), jen.Id("batch"), jen.Id("options").Op("...")),
		jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Nil(), jen.Err())),
		jen.Return(jen.Op("&").Id(s.name).Values(entry(s.t.name, jen.Id("base"))), jen.Nil()),
	)
}

func (s *checkedStep) method(name string) *jen.Statement {
	return jen.Func().Params(jen.Id("t").Op("*").Id(s.name)).Id(name)
}

func (s *checkedStep) trace() *jen.Statement {
	return comment("Trace is what all steps so far went through.").Line().
		Add(s.method("Trace")).Params().Op("*").Add(rt("Trace")).Add(oneLine(jen.Return(jen.Op("&").Id("t").Dot("trace"))))
}

// step prints the method that takes one batch. A step that takes one example
// per call is checked and made example by example.
func (s *checkedStep) step() *jen.Statement {
	t := s.t
	f := t.face(s.ch.emitter)
	loss := "loss"
	loop := []jen.Code{s.at(jen.Id("k")), s.checkExample(f)}
	body := append(s.ch.settingChecks(t.endo, f.settings, t.zero()...),
		jen.List(jen.Id("n"), jen.Err()).Op(":=").Id("t").Dot("BatchSize").Call(f.lengths...),
		jen.If(jen.Err().Op("!=").Nil()).Block(t.failure()),
		jen.Defer().Id("t").Dot("trace").Dot("At").Call(jen.Lit(0), jen.Lit(-1)),
	)
	each := jen.For(jen.Id("k").Op(":=").Range().Id("n"))
	if t.bound.plan.Single {
		loop = append(loop, s.oneExample(f)...)
		if t.loss != nil {
			body = append(body, jen.Var().Id("total").Add(s.ch.types.goType(t.loss)))
			loop = append(loop, jen.Id("total").Op("+=").Id("loss").Op("/").Add(s.ch.types.goType(t.loss)).Parens(jen.Id("n")))
			loss = "total"
		}
		body = append(body, each.Block(loop...))
	} else {
		body = append(body, jen.Id("s").Op(":=").Id("t").Dot("State").Call(), each.Block(loop...), s.at(jen.Lit(-1)))
		body = append(body, s.base(slices.Concat(f.args, ids(f.ins)))...)
		body = append(body, s.checkState(f))
	}
	body = append(body, jen.Id("t").Dot("steps").Op("++"))
	if t.loss == nil {
		body = append(body, jen.Return(jen.Nil()))
	} else {
		body = append(body, jen.Return(jen.Id(loss), jen.Nil()))
	}
	return comment("Step is the step of a " + t.name + ", checked. It fails with a *runtime.ArrowError.").Line().
		Add(s.method("Step")).Params(f.params...).Add(t.results(s.ch.emitter)).Block(body...)
}

func (s *checkedStep) at(example jen.Code) jen.Code {
	return jen.Id("t").Dot("trace").Dot("At").Call(jen.Id("t").Dot("steps").Op("+").Lit(1), example)
}

// checkExample prints the check of example k on the state s.
func (s *checkedStep) checkExample(f *face) jen.Code {
	state := jen.Id("s")
	if s.t.bound.plan.Single {
		state = jen.Id("t").Dot("State").Call()
	}
	args := append([]jen.Code{jen.Op("&").Id("t").Dot("trace"), state}, ids(f.settings)...)
	for _, id := range f.ins {
		args = append(args, jen.Id(id).Index(jen.Id("k")))
	}
	return jen.If(jen.Err().Op(":=").Id(s.look).Call(args...), jen.Err().Op("!=").Nil()).Block(s.t.failure())
}

// base prints the step of the trainer underneath.
func (s *checkedStep) base(args []jen.Code) []jen.Code {
	call := jen.Id("t").Dot(s.t.name).Dot("Step").Call(args...)
	if s.t.loss == nil {
		return []jen.Code{jen.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(s.t.failure())}
	}
	return []jen.Code{jen.List(jen.Id("loss"), jen.Err()).Op(":=").Add(call), jen.If(jen.Err().Op("!=").Nil()).Block(s.t.failure())}
}

// oneExample prints the step by example k.
func (s *checkedStep) oneExample(f *face) []jen.Code {
	args := ids(f.settings)
	for _, id := range f.ins {
		args = append(args, jen.Id(id).Index(jen.Id("k"), jen.Id("k").Op("+").Lit(1)))
	}
	return append(s.base(args), s.checkState(f))
}

// checkState prints the checks after a step.
func (s *checkedStep) checkState(f *face) jen.Code {
	loss := ""
	if s.t.loss != nil {
		loss = "loss"
	}
	looks := s.looks(jen.Id("t").Dot("trace"), jen.Id("t").Dot("State").Call(), loss, f.settings)
	return jen.If(jen.Err().Op(":=").Add(looks), jen.Err().Op("!=").Nil()).Block(s.t.failure())
}
