package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// batches requires of what normalizes by the batch that there is one where it
// is trained, and of each use in a step that it moves statistics of its own.
func (c *checker) batches() {
	readers := category.BatchReaders{}
	for _, a := range c.cat.Arrows {
		if a.Diagram == nil || a.Category != c.cat || readers.First(a.Diagram) == nil {
			continue
		}
		w := &batchWalk{checker: c, arrow: a, readers: readers, moved: map[string]diag.Span{}, seen: map[seenDiagram]bool{}}
		w.diagram(a.Diagram, &statePart{path: "state"}, batchPlace{training: a.Endo, at: a.Span})
	}
}

// batchWalk goes through what one arrow evaluates.
type batchWalk struct {
	*checker
	arrow   *category.Arrow
	readers category.BatchReaders
	moved   map[string]diag.Span // statistics that an endo moves, by their place in the state
	seen    map[seenDiagram]bool // outside of endos, where only the place counts
	blamed  bool                 // one fault is enough
}

type seenDiagram struct {
	d     *category.Diagram
	place batchPlace
}

// batchPlace is where a diagram stands.
type batchPlace struct {
	training bool      // under a grad, or in an endo
	at       diag.Span // the use, or the map, around it
	mapped   bool      // at is a map
	rounds   bool      // it runs several times by the same parameters
}

// statePart says which part of a state a wire carries; nil where that is not
// known. What is packed from parts has their origins.
type statePart struct {
	path  string
	parts map[string]*statePart
}

func (o *statePart) part(name string) *statePart {
	switch {
	case o == nil:
		return nil
	case o.parts != nil:
		return o.parts[name]
	}
	return &statePart{path: o.path + "." + name}
}

// component names the part that a projection takes of t.
func component(t *category.Type, op *category.Project) string {
	if fields := t.Carrier().Fields; op.Field == "" && op.Index < len(fields) {
		return fields[op.Index].Name
	}
	if op.Field != "" {
		return op.Field
	}
	return fmt.Sprint(op.Index)
}

// diagram walks d, whose parameters, or state, come from given.
func (w *batchWalk) diagram(d *category.Diagram, given *statePart, at batchPlace) {
	if !w.arrow.Endo {
		key := seenDiagram{d, at}
		if w.seen[key] {
			return
		}
		w.seen[key] = true
	}
	from := make([]*statePart, len(d.Wires))
	for _, wire := range []category.WireID{d.Given, d.State} {
		if wire != category.NoWire {
			from[wire] = given
		}
	}
	live := liveNodes(d)
	for i, n := range d.Nodes {
		if w.blamed || !live[i] {
			continue
		}
		var own *statePart
		if n.Given != category.NoWire {
			own = from[n.Given]
		}
		switch op := n.Op.(type) {
		case *category.Project:
			if len(n.In) == 1 && len(n.Out) == 1 {
				from[n.Out[0]] = from[n.In[0]].part(component(d.TypeOf(n.In[0]), op))
			}
		case *category.Pack:
			if fields := op.Type.Carrier().Fields; len(n.Out) == 1 && len(fields) == len(n.In) {
				packed := &statePart{parts: map[string]*statePart{}}
				for k, f := range fields {
					packed.parts[f.Name] = from[n.In[k]]
				}
				from[n.Out[0]] = packed
			}
		case *category.Apply:
			w.apply(d, n, op.Prim, own, at)
		default:
			w.inside(n, own, at)
		}
	}
}

// inside walks what n evaluates.
func (w *batchWalk) inside(n *category.Node, own *statePart, at batchPlace) {
	body := n.Inner()
	if body == nil || w.readers.First(body) == nil {
		return
	}
	if n.Span.Known() && !at.mapped {
		at.at = n.Span
	}
	switch op := n.Op.(type) {
	case *category.Grad:
		at.training = true
	case *category.Map:
		if n.Span.Known() {
			at.at = n.Span
		}
		at.mapped = true
	case *category.Repeat:
		at.rounds = at.rounds || op.Shared && op.N != 1
		if !op.Shared {
			own = own.part("each")
		}
	}
	w.diagram(body, own, at)
}

// apply looks at one use of a primitive.
func (w *batchWalk) apply(d *category.Diagram, n *category.Node, prim *category.Prim, own *statePart, at batchPlace) {
	if !prim.Decl.ReadsBatch() || !at.training {
		return
	}
	if at.mapped {
		w.blame(diag.CT0714, at.at, fmt.Sprintf("`%s` is about the examples of a batch, and `map` about the elements of one example", prim.Decl.Name)).
			Label(n.Span, "normalizes by the batch").
			Hint(fmt.Sprintf("without `map`, `%s` takes a tensor whose leading axes are positions", prim.Decl.Name))
		return
	}
	if !w.arrow.Endo {
		return
	}
	for i, p := range prim.Decl.Given {
		if !p.Running {
			continue
		}
		name := p.Name
		if fields := d.TypeOf(n.Given).Carrier().Fields; i < len(fields) && !slices.ContainsFunc(fields, func(f category.Field) bool { return f.Name == name }) {
			name = fields[i].Name
		}
		o := own.part(name)
		if o == nil || o.parts != nil {
			return
		}
		first, twice := w.moved[o.path]
		if !twice && !at.rounds {
			w.moved[o.path] = at.at
			continue
		}
		b := w.blame(diag.CT0714, at.at, fmt.Sprintf("a step moves the statistics of `%s` once, and several uses share these", prim.Decl.Name)).
			Label(n.Span, "keeps statistics")
		if twice {
			b.Label(first, "used here as well")
		}
		b.Hint("each use needs statistics of its own: `f as label`, or `repeat` without `share`")
		return
	}
}

// blame reports a fault where it shows in the specification at hand.
func (w *batchWalk) blame(code diag.Code, at diag.Span, message string) *diag.Diagnostic {
	w.blamed = true
	if at.Src != w.arrow.Span.Src {
		at = w.arrow.Span
	}
	return w.report(code, at, message)
}

// liveNodes tells which nodes of d its outputs depend on.
func liveNodes(d *category.Diagram) []bool {
	live, used := make([]bool, len(d.Nodes)), make([]bool, len(d.Wires))
	for _, w := range d.Outs {
		used[w] = true
	}
	for i := len(d.Nodes) - 1; i >= 0; i-- {
		n := d.Nodes[i]
		live[i] = slices.ContainsFunc(n.Out, func(w category.WireID) bool { return used[w] })
		if !live[i] {
			continue
		}
		for _, w := range slices.Concat(n.In, n.Settings, []category.WireID{n.Given}) {
			if w != category.NoWire {
				used[w] = true
			}
		}
	}
	return live
}
