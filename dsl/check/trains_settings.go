package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// settings reads what the step's open settings are given: a number, or an
// arrow from the step count.
func (t *training) settings() {
	for _, s := range t.train.Step.Open {
		e := t.entries[s.Name]
		if e == nil {
			t.fail(diag.CT0908, t.decl.Name.Span, "`%s` leaves `%s` open, and `%s` gives it no value", t.train.Step.Name, s.Name, t.decl.Name.Text).
				Label(t.train.Step.Span, fmt.Sprintf("`%s` is bound here", s.Name)).
				Hint(fmt.Sprintf("add an entry such as `%s: 0.1`", s.Name))
			continue
		}
		k, ok := syntax.Const{}, false
		if len(e.Values) == 1 && bare(e.Values[0]) {
			if name := nameOf(e.Values[0]); name != nil && t.namesArrow(*name) {
				t.schedule(s, *name)
				continue
			}
			k, ok = constOf(e.Values[0])
		}
		if !ok {
			t.fail(diag.CT0909, entrySpan(e), "`%s` is one number, or one arrow from the step count", s.Name)
			continue
		}
		v, ok := t.constant(k)
		if !ok {
			t.ok = false
			continue
		}
		if set := s.Type.RefinedSet(); !set.Contains(v) {
			t.fail(diag.CT0503, k.Span, "%s does not lie in %s, the set of %s", k.Span.Text(), set, s.Type)
			continue
		}
		t.train.Settings = append(t.train.Settings, category.TrainSetting{Value: v})
	}
}

// namesArrow reports whether name is an arrow's, here or in an import.
func (t *training) namesArrow(name syntax.Name) bool {
	decls, bare := t.decls, name.Text
	if from, inside, qualified := t.elsewhere(name); qualified {
		if from == nil {
			return false
		}
		decls, bare = from.decls, inside
	}
	_, ok := decls[bare].(*syntax.ArrowDecl)
	return ok
}

// schedule requires that an arrow leads from the step count, or from that and
// the number of all steps, to the setting's object.
func (t *training) schedule(s category.Setting, name syntax.Name) {
	a := t.arrowNamed(name)
	if a == nil {
		return
	}
	counts := a.Dom.Factors()
	fits := !a.Endo && len(counts) >= 1 && len(counts) <= 2 && a.Cod.Equal(s.Type)
	for _, c := range counts {
		fits = fits && c.Carrier().Kind == category.Int
	}
	needs := fmt.Sprintf("`%s` takes a number or a schedule, an arrow from Int, or Int * Int, to %s", s.Name, s.Type)
	switch {
	case !fits:
		t.fail(diag.CT0918, name.Span, "%s; `%s` is %s -> %s", needs, a.Name, a.Dom, a.Cod).
			Label(a.Span, fmt.Sprintf("`%s` is declared here", a.Name)).
			Hint("its first input is the number of steps made so far, the second that of all steps")
	case a.Given != nil && !a.Given.IsUnit() || len(a.Open) > 0:
		t.fail(diag.CT0918, name.Span, "%s; `%s` takes more: parameters, or a setting that it leaves open", needs, a.Name).
			Label(a.Span, fmt.Sprintf("`%s` is declared here", a.Name))
	case a.Partial:
		t.fail(diag.CT0918, name.Span, "%s, and `%s` may fail", needs, a.Name).
			Label(a.Span, fmt.Sprintf("`%s` is declared here", a.Name))
	default:
		t.train.Settings = append(t.train.Settings, category.TrainSetting{Schedule: a})
	}
}
