package check

import (
	"fmt"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

func (c *checker) recordType(t *syntax.TypeRecord) *category.Type {
	fields, ok := c.resolveFields(t.Fields)
	if !ok {
		return nil
	}
	return &category.Type{Kind: category.Record, Fields: fields}
}

// resolveFields resolves the entries of a record or a parameter list: names
// distinct in the spec and in Go, types that hold something, sets and
// initialisers that fit. All faults are reported.
func (c *checker) resolveFields(list []syntax.Field) ([]category.Field, bool) {
	ok := true
	seen := map[string]syntax.Name{}
	fields := make([]category.Field, 0, len(list))
	for i := range list {
		f := &list[i]
		ok = c.fieldName(f.Name, seen) && ok
		t := c.fieldType(f)
		if t == nil {
			ok = false
			continue
		}
		if f.Running {
			if t = c.running(f, t); t == nil {
				ok = false
				continue
			}
		}
		field := category.Field{Name: f.Name.Text, Type: t}
		switch {
		case f.NoDecay:
			field.NoDecay = category.Yes
		case f.Decay:
			field.NoDecay, field.Factor = category.No, 1
			if f.Factor != nil {
				field.Factor, ok = c.decayFactor(*f.Factor, ok)
			}
		}
		if f.Init != nil {
			field.Init = c.resolveInit(f.Init, t)
			ok = ok && field.Init != nil
		}
		fields = append(fields, field)
	}
	return fields, ok
}

// running is the type of a field that holds running statistics; nil after
// reporting.
func (c *checker) running(f *syntax.Field, t *category.Type) *category.Type {
	if t.Kind != category.Real {
		c.report(diag.CT0615, f.Type.TypeSpan(), fmt.Sprintf("running statistics are real numbers that have no name of their own, and %s is something else", t)).
			Hint(fmt.Sprintf("write the carrier: `%s: R[…] running`", f.Name.Text))
		return nil
	}
	r := *t
	r.Running = true
	return &r
}

// decayFactor is the number in `decay(2)`; ok becomes false where there is none.
func (c *checker) decayFactor(k syntax.Const, ok bool) (float64, bool) {
	v, known := c.constant(k)
	if known && !(v >= 0 && v <= math.MaxFloat32) {
		c.report(diag.CT0503, k.Span, "weight decay is multiplied by a finite number of at least 0")
		known = false
	}
	return v, ok && known
}

// fieldName checks a field's name against the earlier ones, by Go name.
func (c *checker) fieldName(name syntax.Name, seen map[string]syntax.Name) bool {
	exported := category.Exported(name.Text)
	first, taken := seen[exported]
	switch {
	case !c.goName(name):
		return false
	case taken && first.Text == name.Text:
		c.report(diag.CT0214, name.Span, fmt.Sprintf("field `%s` appears twice", name.Text)).
			Label(first.Span, "first here")
		return false
	case taken:
		c.report(diag.CT0208, name.Span, fmt.Sprintf("fields `%s` and `%s` would both be %s in Go", first.Text, name.Text, exported)).
			Label(first.Span, fmt.Sprintf("`%s` is here", first.Text))
		return false
	case reservedMethods[exported]:
		c.report(diag.CT0210, name.Span, fmt.Sprintf("a field cannot be called `%s`: generated types have a method %s", name.Text, exported))
		return false
	}
	seen[exported] = name
	return true
}

// fieldType resolves a field's type together with the set written after it.
func (c *checker) fieldType(f *syntax.Field) *category.Type {
	t := c.resolveType(f.Type)
	var set *category.Set
	if f.Set != nil {
		if set = c.resolveSet(f.Set); set == nil {
			return nil
		}
	}
	switch {
	case t == nil:
		return nil
	case t.IsUnit():
		c.report(diag.CT0407, f.Type.TypeSpan(), fmt.Sprintf("`%s` would hold nothing: its type is 1", f.Name.Text))
		return nil
	case set == nil:
		return t
	case t.Kind == category.Named:
		c.report(diag.CT0511, f.Set.Span, fmt.Sprintf("%s has a name, so its set belongs where it is declared", t)).
			Label(t.Object.Span, fmt.Sprintf("%s is declared here", t)).
			Hint(fmt.Sprintf("declare another object: `object Name = %s in %s`", t, set))
		return nil
	case !c.refines(t, set, f.Set.Span):
		return nil
	}
	refined := *t
	refined.Set = set
	return &refined
}

// initialisers gives for each initialiser the number of its arguments and the
// set its values lie in (nil: any real).
var initialisers = map[string]struct {
	args   int
	values func(args []float64) *category.Set
}{
	"zeros":    {0, func([]float64) *category.Set { return point(0) }},
	"ones":     {0, func([]float64) *category.Set { return point(1) }},
	"constant": {1, func(a []float64) *category.Set { return point(a[0]) }},
	"normal":   {1, func([]float64) *category.Set { return nil }},
	"uniform":  {2, func(a []float64) *category.Set { return &category.Set{Low: a[0], High: a[1]} }},
	"seed":     {0, func([]float64) *category.Set { return nil }},
	"glorot":   {0, func([]float64) *category.Set { return nil }},
	"he":       {0, func([]float64) *category.Set { return nil }},
}

func point(v float64) *category.Set { return &category.Set{Finite: true, Elems: []float64{v}} }

// resolveInit resolves an initialiser for values of type t.
func (c *checker) resolveInit(in *syntax.Init, t *category.Type) *category.Init {
	known, ok := initialisers[in.Name.Text]
	if !ok {
		c.unknown(in.Name, "initialiser", func() []string { return keys(initialisers) })
		return nil
	}
	if len(in.Args) != known.args {
		c.report(diag.CT0608, in.Span, fmt.Sprintf("`%s` takes %s, and here it has %d", in.Name.Text, count(known.args, "argument"), len(in.Args)))
		return nil
	}
	args := make([]float64, 0, len(in.Args))
	for _, k := range in.Args {
		v, ok := c.constant(k)
		if !ok {
			return nil
		}
		if !(*category.Set)(nil).Contains(v) {
			c.report(diag.CT0508, k.Span, "an initialiser needs finite numbers")
			return nil
		}
		args = append(args, v)
	}
	if !c.initRange(in, args) {
		return nil
	}
	switch {
	case in.Name.Text == "seed" && t.Carrier().Kind == category.Int:
		return &category.Init{Name: "seed"}
	case in.Name.Text == "seed":
		c.report(diag.CT0614, in.Span, fmt.Sprintf("`seed` starts a count, an Int, and %s is none", t))
		return nil
	case t.Carrier().Kind != category.Real:
		c.report(diag.CT0614, in.Span, fmt.Sprintf("an initialiser fills a real number or tensor, and %s is neither", t)).
			Hint("for a record, write it on the record's own fields")
		return nil
	}
	if set := t.RefinedSet(); !known.values(args).Within(set) {
		d := c.report(diag.CT0609, in.Span, fmt.Sprintf("`%s` may give values outside %s", in.Name.Text, set))
		if inside := initWithin(set); inside != "" {
			d.Hint("`" + inside + "` stays inside")
		}
		return nil
	}
	return &category.Init{Name: in.Name.Text, Args: args}
}

// initWithin is an initialiser whose values lie in set, empty where no constant
// does.
func initWithin(set *category.Set) string {
	for _, name := range []string{"zeros", "ones"} {
		if initialisers[name].values(nil).Within(set) {
			return name
		}
	}
	v := set.Low/2 + set.High/2
	switch {
	case set.Simplex:
		return ""
	case set.Finite:
		v = set.Elems[0]
	case math.IsInf(set.High, 1):
		v = set.Low + 1
	case math.IsInf(set.Low, -1):
		v = set.High - 1
	}
	if !set.Contains(v) {
		return ""
	}
	return fmt.Sprintf("constant(%g)", v)
}

func (c *checker) initRange(in *syntax.Init, args []float64) bool {
	switch {
	case in.Name.Text == "normal" && args[0] <= 0:
		c.report(diag.CT0608, in.Args[0].Span, "the standard deviation of `normal` must be above 0")
	case in.Name.Text == "uniform" && args[0] >= args[1]:
		c.report(diag.CT0608, in.Args[0].Span.To(in.Args[1].Span), "`uniform` needs its lower end first, then a higher one")
	default:
		return true
	}
	return false
}
