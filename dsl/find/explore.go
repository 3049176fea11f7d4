package find

// The bounds of a search.
const (
	usual   = 4 // arrows of a composition: longer ones help nobody …
	longest = 8 // … unless there is no shorter one

	spareWidth = 3       // factors that a product on the way may have beyond the ends
	maxRoom    = 100_000 // factors and moves of all places together
)

// place is the product of objects at hand between two arrows.
type place struct {
	factors []object
	moves   []move
	before  []int // places with a move to this one
	togo    int   // arrows to the goal at least; unreachable without a way
}

// move is one arrow applied to the factors from at on.
type move struct {
	arrow *Arrow
	at    int
	to    int
}

const unreachable = longest + 1

// territory is the part of the category that a search looks at: what lies on
// a way of so many arrows from the start to the goal, as far as one can tell
// without walking it.
type territory struct {
	graph  *Graph
	admit  func(*Arrow) bool
	limit  int // arrows
	places []*place
	index  map[string]int
	away   []int // by object: arrows at least until it is part of the goal, or gone
	width  int
	room   int
	full   bool // the bounds cut something off
	goal   int
}

const start = 0

// explore goes outwards from the start, breadth first, and measures how far
// every place is from the goal. Nothing leads on from the goal, unless it is
// the start as well.
func explore(g *Graph, from, to []object, limit int, admit func(*Arrow) bool) *territory {
	t := &territory{
		graph: g, admit: admit, limit: limit, index: map[string]int{},
		room: maxRoom, width: max(len(from), len(to)) + spareWidth,
	}
	t.survey(from, to)
	t.visit(from)
	t.goal = t.visit(to)
	if t.goal < 0 {
		return t
	}
	frontier := []int{start}
	for depth := 1; depth <= limit && len(frontier) > 0; depth++ {
		known := len(t.places)
		for _, p := range frontier {
			t.expand(p, limit-depth)
		}
		frontier = frontier[:0]
		for fresh := known; fresh < len(t.places); fresh++ {
			frontier = append(frontier, fresh)
		}
	}
	t.measure()
	return t
}

// reached reports whether some way leads to the goal.
func (t *territory) reached() bool {
	return t.goal == start || t.goal > start && len(t.places[t.goal].before) > 0
}

// visit returns the number of the place with these factors, or -1 where it
// lies beyond the bounds.
func (t *territory) visit(factors []object) int {
	key := make([]byte, 0, 4*len(factors))
	for _, f := range factors {
		key = append(key, byte(f), byte(f>>8), byte(f>>16), byte(f>>24))
	}
	if p, ok := t.index[string(key)]; ok {
		return p
	}
	if len(factors) > t.width || t.room < len(factors) {
		t.full = true
		return -1
	}
	t.room -= len(factors) + 1
	p := len(t.places)
	t.index[string(key)] = p
	t.places = append(t.places, &place{factors: factors, togo: unreachable})
	return p
}

// expand finds the moves from p: by position, then in the arrows' order. An
// arrow from 1 could stand anywhere, so it moves from 1 only.
// Left is how many arrows may follow.
func (t *territory) expand(p, left int) {
	factors := t.places[p].factors
	if len(factors) == 0 {
		t.try(p, 0, left, t.graph.fromUnit)
	}
	for at, f := range factors {
		t.try(p, at, left, t.graph.from[f])
	}
}

func (t *territory) try(p, at, left int, arrows []*Arrow) {
	here := t.places[p]
	for _, a := range arrows {
		if t.room <= 0 {
			t.full = true
			return
		}
		if !startsWith(here.factors[at:], a.dom) || t.admit != nil && !t.admit(a) {
			continue
		}
		rest := here.factors[at+len(a.dom):]
		factors := make([]object, 0, at+len(a.cod)+len(rest))
		factors = append(append(append(factors, here.factors[:at]...), a.cod...), rest...)
		if !t.near(factors, left) {
			continue
		}
		if to := t.visit(factors); to >= 0 {
			t.room--
			here.moves = append(here.moves, move{a, at, to})
			t.places[to].before = append(t.places[to].before, p)
		}
	}
}

func startsWith(factors, prefix []object) bool {
	if len(prefix) > len(factors) {
		return false
	}
	for i, f := range prefix {
		if factors[i] != f {
			return false
		}
	}
	return true
}
