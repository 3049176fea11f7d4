package find

import "github.com/ctgen-lang/ctgen/dsl/category"

// Options narrow a search.
type Options struct {
	Max   int               // compositions returned at most
	Arrow func(*Arrow) bool // arrows that may take part; nil: all
	Path  func(Path) bool   // compositions that count; nil: all
}

// Result is what a search found.
type Result struct {
	Paths []Path // shortest first; those of one length in the order of their arrows
	More  int    // compositions that fit as well
	Open  bool   // there may be still more: the search ended at its bounds
}

// The bounds of what is counted.
const (
	maxCounted = 1000
	maxSteps   = 50_000
)

// Search returns the compositions of one or more arrows from one object to
// another: those of up to four arrows or, where there is none, the shortest
// ones of up to eight.
func (g *Graph) Search(from, to *category.Type, opts Options) Result {
	var strangers []*category.Type
	a, b := g.numbers(from, &strangers), g.numbers(to, &strangers)
	t := explore(g, a, b, usual, opts.Arrow)
	if !t.reached() {
		t = explore(g, a, b, longest, opts.Arrow)
	}
	if !t.reached() {
		return Result{Open: t.full}
	}
	w := &walk{territory: t, opts: opts, passed: map[int]bool{}}
	w.result.Open = w.full
	for n := 1; n <= max(usual, t.places[start].togo) && !w.over; n++ {
		w.from(start, n, 0)
	}
	return w.result
}

// walk lists compositions of one length after the other.
type walk struct {
	*territory
	opts   Options
	result Result
	passed map[int]bool
	path   []Step
	steps  int
	over   bool
}

// from goes on at place p with n arrows left. What lies wholly left of done,
// where the last arrow stood, could have been moved before that arrow.
func (w *walk) from(p, n, done int) {
	if n == 0 {
		w.found()
		return
	}
	here := w.places[p]
	w.passed[p] = true
	for _, m := range here.moves {
		beside := m.at+len(m.arrow.dom) <= done && len(m.arrow.dom) > 0
		closes := m.to == w.goal
		if beside || w.places[m.to].togo > n-1 || closes != (n == 1) || w.passed[m.to] && !closes {
			continue
		}
		if w.steps++; w.steps > maxSteps {
			w.over, w.result.Open = true, true
		}
		if w.over {
			break
		}
		w.path = append(w.path, Step{Arrow: m.arrow, At: m.at, Width: len(here.factors)})
		w.from(m.to, n-1, m.at)
		w.path = w.path[:len(w.path)-1]
	}
	delete(w.passed, p)
}

func (w *walk) found() {
	path := newPath(w.path)
	switch {
	case w.opts.Path != nil && !w.opts.Path(path):
	case len(w.result.Paths) < w.opts.Max:
		w.result.Paths = append(w.result.Paths, path)
	case w.result.More < maxCounted:
		w.result.More++
	default:
		w.over, w.result.Open = true, true
	}
}
