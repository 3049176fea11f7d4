package golang

import (
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"
)

// training prints what the training engine calls around each step of a
// checked run: methods of the instance.
func (ch *checked) training(b *trainBench) []jen.Code {
	i := slices.IndexFunc(ch.steps, func(s *checkedStep) bool { return s.endo == b.endo })
	if i < 0 {
		return nil
	}
	s := ch.steps[i]
	return []jen.Code{s.checkBatch(b), s.checkAfter(b)}
}

// numbers are the settings of the step at hand, as Go.
func (s *checkedStep) numbers() []string {
	out := make([]string, len(s.endo.Open))
	for i := range out {
		out[i] = fmt.Sprintf("m.settings[%d]", i)
	}
	return out
}

// checkBatch prints the check of all examples of a batch.
func (s *checkedStep) checkBatch(b *trainBench) *jen.Statement {
	ins := s.ch.names.scope("t", "m", "b", "k", "s", "step", "err").locals(s.ch.factorNames(s.endo))
	loop := []jen.Code{jen.Id("t").Dot("At").Call(jen.Id("step"), jen.Id("k"))}
	args := []jen.Code{jen.Id("t"), jen.Id("s")}
	for i, v := range s.numbers() {
		args = append(args, s.ch.types.goType(s.endo.Open[i].Type).Call(jen.Id(v)))
	}
	for i, t := range s.endo.Dom.Factors() {
		leaf := t.Leaves()[0]
		values := jen.Id("b").Dot("Factors").Index(jen.Lit(i)).Dot(valuesField(leaf.Kind))
		loop = append(loop, jen.Var().Id(ins[i]).Add(s.ch.types.goType(t)),
			jen.Copy(flat(leaf.Kind, jen.Op("&").Id(ins[i])), slice(values, leaf.Size())))
		args = append(args, jen.Id(ins[i]))
	}
	loop = append(loop, jen.If(jen.Err().Op(":=").Id(s.look).Call(args...), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())))
	return comment("CheckBatch checks what a step computes from each example of b, before it.").Line().
		Add(b.method("CheckBatch")).Params(jen.Id("t").Op("*").Add(rt("Trace")), jen.Id("step").Int(), jen.Id("b").Op("*").Add(data("Batch"))).Error().Block(
		jen.Defer().Id("t").Dot("At").Call(jen.Lit(0), jen.Lit(-1)),
		jen.Id("s").Op(":=").Id("m").Dot("trainer").Dot("State").Call(),
		jen.For(jen.Id("k").Op(":=").Range().Id("b").Dot("N")).Block(loop...),
		jen.Return(jen.Nil()),
	)
}

// checkAfter prints the check of loss and state.
func (s *checkedStep) checkAfter(b *trainBench) *jen.Statement {
	body := []jen.Code{
		jen.Id("t").Dot("At").Call(jen.Id("step"), jen.Lit(-1)),
		jen.Defer().Id("t").Dot("At").Call(jen.Lit(0), jen.Lit(-1)),
	}
	loss, id := "", "_"
	if s.t.loss != nil {
		loss, id = "value", "loss"
		body = append(body, jen.Id(loss).Op(":=").Add(s.ch.types.goType(s.t.loss)).Call(jen.Id("loss")))
	}
	state := jen.Id("m").Dot("trainer").Dot("State").Call()
	body = append(body, jen.Return(s.looks(jen.Id("t"), state, loss, s.numbers())))
	return comment("CheckState checks the state and the loss after a step.").Line().
		Add(b.method("CheckState")).Params(jen.Id("t").Op("*").Add(rt("Trace")), jen.Id("step").Int(), jen.Id(id).Float32()).Error().Block(body...)
}
