package find

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Arrow is what the search knows of an arrow.
type Arrow struct {
	Name     string
	Dom, Cod *category.Type
	Given    *category.Type // Unit where it takes no parameters
	Open     []string       // settings that it leaves open
	Slot     string         // label of its parameters where that is not its name
	Grad     bool           // the gradient of an arrow
	dom, cod []object
}

// Graph holds arrows by the first object that they take and by all that they
// give. It does not change any more, so that searches may share it.
type Graph struct {
	fromUnit []*Arrow
	toUnit   []*Arrow
	from     map[object][]*Arrow
	to       map[object][]*Arrow
	objects  map[string][]known
	count    object
}

// object stands for one factor: equal objects, and only these, have one
// number.
type object int32

type known struct {
	typ *category.Type
	id  object
}

// New returns the graph of arrows. Their order decides between compositions
// of one length.
func New(arrows []Arrow) *Graph {
	g := &Graph{from: map[object][]*Arrow{}, to: map[object][]*Arrow{}, objects: map[string][]known{}}
	arrows = slices.Clone(arrows)
	for i := range arrows {
		a := &arrows[i]
		a.dom, a.cod = g.number(a.Dom), g.number(a.Cod)
		for _, o := range a.cod {
			g.to[o] = append(g.to[o], a)
		}
		if len(a.cod) == 0 {
			g.toUnit = append(g.toUnit, a)
		}
		if len(a.dom) == 0 {
			g.fromUnit = append(g.fromUnit, a)
			continue
		}
		g.from[a.dom[0]] = append(g.from[a.dom[0]], a)
	}
	return g
}

// number gives the factors of t their numbers.
func (g *Graph) number(t *category.Type) []object {
	factors := t.Factors()
	ids := make([]object, len(factors))
	for i, f := range factors {
		id, ok := g.lookup(f)
		if !ok {
			id = g.count
			g.count++
			text := f.String()
			g.objects[text] = append(g.objects[text], known{f, id})
		}
		ids[i] = id
	}
	return ids
}

// lookup finds the number of one factor. Different objects may read alike,
// which is why the text is no key of its own.
func (g *Graph) lookup(f *category.Type) (object, bool) {
	for _, k := range g.objects[f.String()] {
		if k.typ.Equal(f) {
			return k.id, true
		}
	}
	return 0, false
}

// numbers is number for a search. Objects that no arrow of the graph knows
// can only pass by; strangers keeps theirs.
func (g *Graph) numbers(t *category.Type, strangers *[]*category.Type) []object {
	factors := t.Factors()
	ids := make([]object, len(factors))
	for i, f := range factors {
		id, ok := g.lookup(f)
		if !ok {
			at := slices.IndexFunc(*strangers, f.Equal)
			if at < 0 {
				at = len(*strangers)
				*strangers = append(*strangers, f)
			}
			id = g.count + object(at)
		}
		ids[i] = id
	}
	return ids
}
