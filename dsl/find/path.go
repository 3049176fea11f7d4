package find

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Path is a composition: arrows one after the other.
type Path []Step

// Step is one arrow of a composition, applied to the factors from At on of
// the Width ones at hand.
type Step struct {
	*Arrow
	At, Width int
	Label     string // of its parameter, where it is not the arrow's own
}

// newPath copies steps and keeps the parameters of repeated arrows apart.
func newPath(steps []Step) Path {
	p := slices.Clone(Path(steps))
	uses := map[string]int{}
	for i := range p {
		if p[i].Given.IsUnit() {
			continue
		}
		slot := p[i].slot()
		uses[slot]++
		if n := uses[slot]; n > 1 {
			p[i].Label = fmt.Sprintf("%s_%d", slot, n)
		}
	}
	return p
}

// Slots are the parameters that p takes, in evaluation order.
func (p Path) Slots() []category.Field {
	var slots []category.Field
	for _, s := range p {
		if !s.Given.IsUnit() {
			slots = append(slots, category.Field{Name: s.label(), Type: s.Given})
		}
	}
	return slots
}

func (s *Step) label() string {
	if s.Label != "" {
		return s.Label
	}
	return s.Arrow.slot()
}

// slot is the label of a's parameters where no `as` gives another.
func (a *Arrow) slot() string {
	if a.Slot != "" {
		return a.Slot
	}
	return a.Name
}

// Given is the object of p's parameters: 1, that of the only one, or their
// record.
func (p Path) Given() *category.Type {
	slots := p.Slots()
	switch len(slots) {
	case 0:
		return category.Unit
	case 1:
		return slots[0].Type
	}
	return &category.Type{Kind: category.Record, Fields: slots}
}

// Open lists the settings that p leaves open, each once.
func (p Path) Open() []string {
	var open []string
	for _, s := range p {
		for _, name := range s.Arrow.Open {
			if !slices.Contains(open, name) {
				open = append(open, name)
			}
		}
	}
	return open
}

// String writes p as a term. Arrows that follow one another side by side
// share one product.
func (p Path) String() string {
	var columns []string
	for len(p) > 0 {
		text, n := p.column()
		columns = append(columns, text)
		p = p[n:]
	}
	return strings.Join(columns, " >> ")
}

// column writes the first arrows of p, n of them, that stand side by side.
func (p Path) column() (text string, n int) {
	var items []string
	at, width := 0, p[0].Width // of what is written; of what is at hand by now
	for _, s := range p {
		if s.At < at {
			break
		}
		for ; at < s.At; at++ {
			items = append(items, "id")
		}
		items = append(items, s.term())
		outs := len(s.Cod.Factors())
		at += outs
		width += outs - len(s.Dom.Factors())
		n++
	}
	for ; at < width; at++ {
		items = append(items, "id")
	}
	return strings.Join(items, " * "), n
}

func (s *Step) term() string {
	if s.Label == "" || s.Label == s.slot() {
		return s.Name
	}
	return fmt.Sprintf("(%s as %s)", s.Name, s.Label)
}
