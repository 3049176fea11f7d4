package export

import "github.com/ctgen-lang/ctgen/dsl/category"

// arrow is an arrow or an endomorphism.
type arrow struct {
	Name           string          `json:"name"`
	Category       string          `json:"category"` // that declares it
	Kind           string          `json:"kind"`     // standard, term, equations, hand
	Doc            []string        `json:"doc"`
	At             *place          `json:"at"`
	Declaration    *place          `json:"declaration"`
	Domain         *typ            `json:"domain"`
	Codomain       *typ            `json:"codomain"`
	Given          *typ            `json:"given"`
	State          *typ            `json:"state"` // of an endo, else null
	Inputs         []string        `json:"inputs"`
	Parameters     []parameter     `json:"parameters"`
	Settings       []setting       `json:"settings"`
	Differentiated bool            `json:"differentiated"`
	Partial        bool            `json:"partial"`
	Implements     *implementation `json:"implements,omitempty"`
	Fits           string          `json:"fits,omitempty"`
	Diagram        *diagram        `json:"diagram"` // null where it is written in Go
}

// setting is a number that stays open.
type setting struct {
	Name string `json:"name"`
	Type *typ   `json:"type"`
	At   *place `json:"at"`
}

// implementation says that Go may stand in for the diagram.
type implementation struct {
	Text    string  `json:"text"`
	Within  *number `json:"within"` // null: exactly
	Meaning string  `json:"meaning"`
	At      *place  `json:"at"`
}

var arrowKinds = map[category.ArrowKind]string{
	category.Lifted: "standard", category.Term: "term", category.Written: "equations", category.Hand: "hand",
}

func (e *exporter) arrow(a *category.Arrow) arrow {
	out := arrow{
		Name: e.arrows.name(a), Category: e.origin(a.Category), Kind: arrowKinds[a.Kind], Doc: lines(a.Doc), At: at(a.Span), Declaration: at(a.Decl),
		Domain: e.typeOf(a.Dom), Codomain: e.typeOf(a.Cod), Given: e.typeOf(a.Given),
		Inputs: lines(a.Inputs), Parameters: e.parametersOf(a.Given), Settings: e.settingsOf(a.Open),
		Differentiated: a.Differentiated, Partial: a.Partial, Fits: a.Fits, Diagram: e.diagram(a.Diagram),
	}
	if a.Endo {
		out.State, out.Parameters = e.typeOf(a.State), e.parametersOf(a.State)
	}
	if i := a.Implements; i != nil {
		out.Implements = &implementation{i.Text, within(i.Within, i.Exactly), i.Spec, at(i.Span)}
	}
	return out
}

func (e *exporter) settingsOf(open []category.Setting) []setting {
	all := []setting{}
	for _, s := range open {
		all = append(all, setting{s.Name, e.typeOf(s.Type), at(s.Span)})
	}
	return all
}

// within is nil where two sides agree exactly.
func within(w float64, exactly bool) *number {
	if exactly {
		return nil
	}
	n := number(w)
	return &n
}

// law is a commuting diagram.
type law struct {
	Name   string   `json:"name"`
	Doc    []string `json:"doc"`
	At     *place   `json:"at"`
	Left   side     `json:"left"`
	Right  side     `json:"right"`
	Within *number  `json:"within"` // null: exactly
}

type side struct {
	Text    string   `json:"text"`
	Diagram *diagram `json:"diagram"`
}

func (e *exporter) law(l *category.Law) law {
	return law{
		l.Name, lines(l.Doc), at(l.Span),
		side{l.LeftText, e.diagram(l.Left)}, side{l.RightText, e.diagram(l.Right)}, within(l.Within, l.Exactly),
	}
}
