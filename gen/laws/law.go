package laws

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
)

// casesOfLaw is how many inputs a law of the spec is tried on.
const casesOfLaw = 200

// law tries a law of the spec: both sides on the same inputs, drawn from the
// sets of the domain's objects, ends included.
func (r *runner) law(l *category.Law) Check {
	k := Check{Law: l.Name, Line: cite(l.Span), Within: Gap(l.Within)}
	if l.Exactly {
		k.Within = 0
	}
	if t := undrawable(l); t != nil {
		k.Skipped = fmt.Sprintf("no %s is drawn", t)
		return k
	}
	s := r.sampler("law "+l.Name, edges)
	sides := &sides{r.it, l}
	k.run(casesOfLaw, func() (measured, error) {
		p := s.point(sides.whole())
		gap, err := sides.gap(p)
		m := measured{difference: gap}
		if gap > float64(k.Within) {
			m.fault = sides.report(sides.shrink(p, float64(k.Within)))
		}
		return m, err
	})
	return k
}

// undrawable is a type in the law's domain that has no values to draw, or nil.
func undrawable(l *category.Law) *category.Type {
	for _, d := range []*category.Diagram{l.Left, l.Right} {
		for _, w := range d.Ins {
			if d.TypeOf(w).Carrier().Kind == category.Text {
				return d.TypeOf(w)
			}
		}
	}
	return nil
}

// sides are both sides of a law.
type sides struct {
	it *eval.Interp
	l  *category.Law
}

// whole is the side that has all that is drawn: the one with parameters.
func (s *sides) whole() *category.Diagram {
	if s.l.Left.Given == category.NoWire {
		return s.l.Right
	}
	return s.l.Left
}

// givenOf is what a side reads at a point besides its inputs. No law has open
// settings.
func (p point) givenOf(d *category.Diagram) eval.Value {
	if d.Given == category.NoWire {
		return eval.Value{}
	}
	return p.given
}

func (s *sides) run(d *category.Diagram, p point) ([]eval.Value, error) {
	return s.it.Run(d, p.in, p.givenOf(d), nil)
}

// gap is the largest difference of the sides' results, relative to numbers
// above one; infinite where one is NaN or where they differ in form.
func (s *sides) gap(p point) (float64, error) {
	left, err := s.run(s.l.Left, p)
	right, err2 := s.run(s.l.Right, p)
	if tooShort(err) != tooShort(err2) { // one side has a value, the other has none
		return math.Inf(1), nil
	}
	if err = errors.Join(err, err2); err != nil {
		return 0, err
	}
	worst := 0.0
	for i := range left {
		worst = math.Max(worst, apart(left[i], right[i]))
	}
	return worst, nil
}

func apart(a, b eval.Value) float64 {
	if a.Form != b.Form || len(a.Data) != len(b.Data) || len(a.Parts) != len(b.Parts) || a.Text != b.Text {
		return math.Inf(1)
	}
	worst := 0.0
	for i, x := range a.Data {
		y := b.Data[i]
		if x == y {
			continue
		}
		d := math.Abs(x-y) / math.Max(1, math.Max(math.Abs(x), math.Abs(y)))
		if d != d {
			d = math.Inf(1)
		}
		worst = math.Max(worst, d)
	}
	for i := range a.Parts {
		worst = math.Max(worst, apart(a.Parts[i], b.Parts[i]))
	}
	return worst
}

// report writes a counterexample in the spec's nouns, and what each arrow of
// both sides makes of it.
func (s *sides) report(p point) string {
	var b strings.Builder
	d := s.whole()
	for i, w := range d.Ins {
		fmt.Fprintf(&b, "%s = %s\n", d.TypeOf(w), Show(p.in[i]))
	}
	if d.Given != category.NoWire {
		fmt.Fprintf(&b, "given %s = %s\n", d.TypeOf(d.Given), Show(p.given))
	}
	s.path(&b, "left  "+s.l.LeftText, s.l.Left, p)
	s.path(&b, "right "+s.l.RightText, s.l.Right, p)
	return strings.TrimSuffix(b.String(), "\n")
}

func (s *sides) path(b *strings.Builder, title string, d *category.Diagram, p point) {
	fmt.Fprintf(b, "%s\n", title)
	stages, err := s.it.Stages(d, p.in, p.givenOf(d), nil)
	if err != nil {
		fmt.Fprintf(b, "  %s\n", err)
		return
	}
	for _, st := range stages {
		for i, v := range st.Out {
			fmt.Fprintf(b, "  %-20s %s = %s\n", st.Name, st.Types[i], Show(v))
		}
	}
	if len(stages) == 0 {
		out, err := s.run(d, p)
		for i := range out {
			if err == nil {
				fmt.Fprintf(b, "  %-20s %s = %s\n", "id", d.TypeOf(d.Outs[i]), Show(out[i]))
			}
		}
	}
}

// shown is how many numbers of a tensor are written.
const shown = 8

// Show writes a value: numbers in brackets, parts in braces.
func Show(v eval.Value) string {
	switch {
	case v.Form == eval.String:
		return strconv.Quote(v.Text)
	case v.Form == eval.Nothing:
		return "nothing"
	case v.Form == eval.Parts:
		return "{" + strings.Join(firstOf(v.Parts, Show), ", ") + "}"
	case len(v.Shape) == 0 && len(v.Data) == 1:
		return showNumber(v.Data[0])
	}
	return "[" + strings.Join(firstOf(v.Data, showNumber), " ") + "]"
}

// firstOf writes the first few elements of v.
func firstOf[E any](v []E, show func(E) string) []string {
	var out []string
	for i, x := range v {
		if i == shown {
			return append(out, fmt.Sprintf("… %d in all", len(v)))
		}
		out = append(out, show(x))
	}
	return out
}

func showNumber(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }
