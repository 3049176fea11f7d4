package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// settingList prints what the training gives the step's open settings.
func (b *trainBench) settingList() []jen.Code {
	out := make([]jen.Code, len(b.t.Settings))
	for i, s := range b.t.Settings {
		open := b.endo.Open[i]
		fields := []jen.Code{entry("Name", jen.Lit(open.Name))}
		if s.Schedule == nil {
			fields = append(fields, entry("Value", number(s.Value)))
		} else {
			fields = append(fields, entry("At", b.schedule(s.Schedule)), entry("By", jen.Lit(b.e.title(s.Schedule))))
		}
		if s := open.Type.RefinedSet(); s != nil {
			fields = append(fields, entry("Set", set(s, nil)))
		}
		out[i] = jen.Values(fields...)
	}
	return out
}

// schedule prints a as a function of the step count and the number of all
// steps, of which it may take the first alone.
func (b *trainBench) schedule(a *category.Arrow) *jen.Statement {
	ids := []string{"step", "steps"}
	var args []jen.Code
	for i, t := range a.Dom.Factors() {
		args = append(args, b.e.types.goType(t).Call(jen.Id(ids[i])))
	}
	if len(args) < len(ids) {
		ids[1] = "_"
	}
	call := b.e.call(a, b.e.funcs[a], nil, args)
	return jen.Func().Params(jen.List(jen.Id(ids[0]), jen.Id(ids[1])).Int64()).Float32().
		Add(oneLine(jen.Return(jen.Float32().Call(call))))
}

// settings prints the place where the engine writes the settings of a step.
func (b *trainBench) settings() *jen.Statement {
	if len(b.t.Settings) == 0 {
		return jen.Null()
	}
	return comment("Settings are the values that the next step takes.").Line().
		Add(b.method("Settings")).Params().Index().Float32().
		Block(jen.Return(jen.Id("m").Dot("settings").Index(jen.Empty(), jen.Empty())))
}

// stopping prints what the training says of when it stops and what it keeps.
func (b *trainBench) stopping() []jen.Code {
	var out []jen.Code
	if b.t.Patience > 0 {
		out = append(out, entry("Patience", jen.Lit(b.t.Patience)))
	}
	if b.t.MinDelta > 0 {
		out = append(out, entry("MinDelta", number(b.t.MinDelta)))
	}
	if b.t.Watch != "" {
		out = append(out, entry("Watch", jen.Lit(b.t.Watch)))
	}
	if b.t.Keep != "" {
		out = append(out, entry("Keep", jen.Lit(b.t.Keep)))
	}
	return out
}
