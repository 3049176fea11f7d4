package find

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// objects makes types of names such as "A * B", the same for equal names.
type objects map[string]*category.Type

func (o objects) of(text string) *category.Type {
	var items []*category.Type
	for _, name := range strings.Split(text, " * ") {
		if name == "1" {
			continue
		}
		if o[name] == nil {
			o[name] = category.NewNamed(&category.Object{Name: name, Type: category.NewReal()})
		}
		items = append(items, o[name])
	}
	return category.NewProduct(items...)
}

// arrow reads "f: A -> B given P".
func (o objects) arrow(text string) Arrow {
	name, rest, _ := strings.Cut(text, ": ")
	dom, rest, _ := strings.Cut(rest, " -> ")
	cod, given, parametric := strings.Cut(rest, " given ")
	a := Arrow{Name: name, Dom: o.of(dom), Cod: o.of(cod), Given: category.Unit}
	if parametric {
		a.Given = o.of(given)
	}
	return a
}

func (o objects) graph(lines string) *Graph {
	var arrows []Arrow
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		arrows = append(arrows, o.arrow(strings.TrimSpace(line)))
	}
	return New(arrows)
}

// terms are the compositions of a result as a spec writes them.
func terms(r Result) []string {
	out := []string{}
	for _, p := range r.Paths {
		text := p.String()
		if g := p.Given(); !g.IsUnit() {
			text += " given " + g.String()
		}
		out = append(out, text)
	}
	return out
}

func TestSearch(t *testing.T) {
	const chain = `
		f: A -> B
		g: B -> C
		h: C -> D
		i: D -> E
		j: E -> F
		k: F -> A`
	for _, tt := range []struct {
		name, arrows, from, to string
		want                   []string
	}{
		{"an arrow", chain, "A", "B", []string{"f"}},
		{"a composition", chain, "A", "D", []string{"f >> g >> h"}},
		{"longer than usual", chain, "A", "F", []string{"f >> g >> h >> i >> j"}},
		{"nothing leads there", "f: A -> B\ng: C -> D", "A", "D", []string{}},
		{"an unknown object", chain, "A", "Z", []string{}},
		{"from an unknown object", chain, "Z", "A", []string{}},
		{"too long", chain + "\n a: 1 -> A2\n b: B -> B1\n c: B1 -> B2\n d: B2 -> B3\n e: B3 -> B4\n l: B4 -> B5\n m: B5 -> B6\n n: B6 -> B7\n o: B7 -> B8", "A", "B8", []string{}},
		{"shortest first, then in order", "far: A -> X\nf: A -> B\nend: X -> C\ng: B -> C\nall: A -> C\nlast: A -> C", "A", "C",
			[]string{"all", "last", "far >> end", "f >> g"}},
		{"no object twice", "f: A -> B\nb: B -> A\ng: B -> C\nturn: B -> B", "A", "C", []string{"f >> g"}},
		{"from an object to itself", "turn: A -> A\nf: A -> B\nb: B -> A\nc: B -> C\nd: C -> A", "A", "A", []string{"turn", "f >> b", "f >> c >> d"}},
		{"parameters", "f: A -> B given P\ng: B -> C\nh: C -> D given Q", "A", "D", []string{"f >> g >> h given { f: P, h: Q }"}},
		{"factors pass by", "f: A -> B given P\nloss: B * T -> L", "A * T", "L", []string{"f * id >> loss given P"}},
		{"side by side", "f: A -> B\ng: C -> D", "A * C", "B * D", []string{"f * g"}},
		{"side by side and on", "f: A -> B\ng: C -> D\nh: B * D -> E", "A * C", "E", []string{"f * g >> h"}},
		{"in one order only", "f: A -> B\ng: B -> C\nh: X -> Y", "A * X", "C * Y", []string{"f * id >> g * h"}},
		{"inside a product", "f: B -> X", "A * B * C", "A * X * C", []string{"id * f * id"}},
		{"through a product", "split: A -> B * C\njoin: B * C -> D\nf: B -> B2\njoin2: B2 * C -> D", "A", "D", []string{"split >> join", "split >> f * id >> join2"}},
		{"a repeated parameter", "f: A -> B given P", "A * A", "B * B", []string{"f * (f as f_2) given { f: P, f_2: P }"}},
		{"a constant", "half: 1 -> P\nf: P -> Q", "1", "Q", []string{"half >> f"}},
		{"no constant from elsewhere", "half: 1 -> P\nf: A -> Q", "A", "A * P", []string{}},
		{"to the unit", "end: A -> 1\nf: B -> A", "B", "1", []string{"f >> end"}},
		{"factors do not swap", "h: A * B -> C", "B * A", "C", []string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			o := objects{}
			g := o.graph(tt.arrows)
			r := g.Search(o.of(tt.from), o.of(tt.to), Options{Max: 10})
			require.Equal(t, tt.want, terms(r))
			require.Zero(t, r.More)
			require.False(t, r.Open)
		})
	}
}

func TestSearchIsNarrowed(t *testing.T) {
	o := objects{}
	g := o.graph("f: A -> B given P\nf2: A -> B given Q\ng: B -> C\nh: A -> C\ni: A -> C given P")
	search := func(opts Options) Result { return g.Search(o.of("A"), o.of("C"), opts) }

	r := search(Options{Max: 2})
	require.Equal(t, []string{"h", "i given P"}, terms(r))
	require.Equal(t, 2, r.More)

	r = search(Options{Max: 9, Arrow: func(a *Arrow) bool { return a.Given.IsUnit() }})
	require.Equal(t, []string{"h"}, terms(r))

	r = search(Options{Max: 9, Path: func(p Path) bool { return p.Given().Equal(o.of("P")) }})
	require.Equal(t, []string{"i given P", "f >> g given P"}, terms(r))
}

// Where almost everything leads everywhere, the search ends at its bounds and
// says so.
func TestSearchIsBounded(t *testing.T) {
	o := objects{}
	var lines []string
	for i := range 60 {
		for j := range 60 {
			lines = append(lines, fmt.Sprintf("f%d_%d: A%d -> A%d", i, j, i, j))
		}
	}
	g := o.graph(strings.Join(lines, "\n"))
	for _, ends := range [][2]string{{"A0", "A1"}, {"A0 * A1", "A2 * A3"}} {
		r := g.Search(o.of(ends[0]), o.of(ends[1]), Options{Max: 3})
		require.Len(t, r.Paths, 3, "%s", ends)
		require.True(t, r.Open, "%s", ends)
	}
	r := g.Search(o.of("A0 * A1 * A2 * A3"), o.of("A4 * A5 * A6 * A7"), Options{Max: 3})
	require.True(t, r.Open, "whether it found some or not")
}

// Every composition that is found leads from the one object to the other, and
// the first is as short as one that tries everything finds.
func TestPathsLeadThere(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	found := 0
	for range 200 {
		o := objects{}
		product := func() string {
			names := []string{}
			for range 1 + r.IntN(2) {
				names = append(names, string(rune('A'+r.IntN(3))))
			}
			return strings.Join(names, " * ")
		}
		var lines []string
		for i := range 12 {
			lines = append(lines, fmt.Sprintf("f%d: %s -> %s", i, product(), product()))
		}
		g := o.graph(strings.Join(lines, "\n"))
		from, to := o.of(product()), o.of(product())
		last := 0
		paths := g.Search(from, to, Options{Max: 50}).Paths
		shortest := shortestOf(lines, from.String(), to.String())
		if len(paths) == 0 {
			require.Zero(t, shortest, "%s\n%s -> %s", strings.Join(lines, "\n"), from, to)
		} else if !from.Equal(to) {
			require.Len(t, paths[0], shortest, "%s\n%s -> %s", strings.Join(lines, "\n"), from, to)
		}
		for _, p := range paths {
			found++
			require.GreaterOrEqual(t, len(p), last)
			last = len(p)
			at := from.Factors()
			for _, s := range p {
				require.Len(t, at, s.Width)
				dom := s.Dom.Factors()
				require.True(t, category.NewProduct(at[s.At:s.At+len(dom)]...).Equal(s.Dom))
				next := append([]*category.Type{}, at[:s.At]...)
				next = append(next, s.Cod.Factors()...)
				at = append(next, at[s.At+len(dom):]...)
			}
			require.True(t, category.NewProduct(at...).Equal(to))
		}
	}
	require.Greater(t, found, 200)
}

// shortestOf is the length of the shortest composition of at most eight
// arrows, on the texts themselves; 0 where there is none.
func shortestOf(lines []string, from, to string) int {
	seen := map[string]bool{from: true}
	level := []string{from}
	for n := 1; n <= 8; n++ {
		var next []string
		for _, at := range level {
			for _, line := range lines {
				_, ends, _ := strings.Cut(line, ": ")
				dom, cod, _ := strings.Cut(ends, " -> ")
				for i := range at {
					if !strings.HasPrefix(at[i:], dom) {
						continue
					}
					there := at[:i] + cod + at[i+len(dom):]
					if there == to {
						return n
					}
					if !seen[there] && strings.Count(there, "*") < 5 {
						seen[there] = true
						next = append(next, there)
					}
				}
			}
		}
		level = next
	}
	return 0
}

// large is a graph of n arrows among a third as many objects, products too.
func large(n int) (*Graph, objects) {
	o := objects{}
	r := rand.New(rand.NewPCG(5, 6))
	name := func() string { return fmt.Sprintf("A%d", r.IntN(n/3)) }
	var arrows []Arrow
	for i := range n {
		dom := name()
		if i%5 == 0 {
			dom += " * " + name()
		}
		arrows = append(arrows, o.arrow(fmt.Sprintf("f%d: %s -> %s", i, dom, name())))
	}
	return New(arrows), o
}

func BenchmarkSearch(b *testing.B) {
	g, o := large(2000)
	for _, ends := range [][2]string{{"A1", "A2"}, {"A1 * A3", "A2"}, {"A1 * A3 * A4", "A2 * A5"}} {
		from, to := o.of(ends[0]), o.of(ends[1])
		b.Run(ends[0], func(b *testing.B) {
			for b.Loop() {
				g.Search(from, to, Options{Max: 10})
			}
		})
	}
}
