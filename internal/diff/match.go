package diff

import "sort"

// pair is a line of the old text and the equal one of the new text.
type pair struct{ a, b int }

const (
	// maxTable bounds the table of the exact search for equal lines: what is
	// larger goes by anchors alone.
	maxTable = 1 << 16
	maxDepth = 8 // of anchors between anchors
)

// match returns pairs of equal lines, growing in both texts.
func match(a, b []string) []pair {
	m := matcher{a: a, b: b}
	m.between(pair{0, 0}, pair{len(a), len(b)}, 0)
	return m.pairs
}

type matcher struct {
	a, b  []string
	pairs []pair
}

// between matches the lines from one pair up to another.
func (m *matcher) between(from, to pair, depth int) {
	for from.a < to.a && from.b < to.b && m.a[from.a] == m.b[from.b] {
		m.pairs = append(m.pairs, from)
		from = pair{from.a + 1, from.b + 1}
	}
	end := to
	for end.a > from.a && end.b > from.b && m.a[end.a-1] == m.b[end.b-1] {
		end = pair{end.a - 1, end.b - 1}
	}
	a, b := m.a[from.a:end.a], m.b[from.b:end.b]
	switch {
	case len(a) == 0 || len(b) == 0:
	case len(a) <= maxTable/len(b):
		for _, p := range common(a, b) {
			m.pairs = append(m.pairs, pair{from.a + p.a, from.b + p.b})
		}
	case depth < maxDepth:
		at := from
		if all := anchors(a, b); all != nil {
			for _, p := range append(all, pair{len(a), len(b)}) {
				next := pair{from.a + p.a, from.b + p.b}
				m.between(at, next, depth+1)
				at = next // an anchor is the first match behind it
			}
		}
	}
	for ; end.a < to.a; end = (pair{end.a + 1, end.b + 1}) {
		m.pairs = append(m.pairs, end)
	}
}

// common returns a longest common subsequence of a and b.
func common(a, b []string) []pair {
	// lengths[i][j] is the length for a[i:] and b[j:].
	width := len(b) + 1
	lengths := make([]uint16, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			at := i*width + j
			if a[i] == b[j] {
				lengths[at] = lengths[at+width+1] + 1
			} else {
				lengths[at] = max(lengths[at+width], lengths[at+1])
			}
		}
	}
	var all []pair
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch at := i*width + j; {
		case a[i] == b[j]:
			all = append(all, pair{i, j})
			i, j = i+1, j+1
		case lengths[at+width] >= lengths[at+1]:
			i++
		default:
			j++
		}
	}
	return all
}

// anchors returns the longest growing sequence of pairs of lines that occur
// once in either text.
func anchors(a, b []string) []pair {
	type places struct{ inA, inB, a, b int }
	lines := make(map[string]*places, len(a))
	at := func(line string) *places {
		p := lines[line]
		if p == nil {
			p = &places{}
			lines[line] = p
		}
		return p
	}
	for i, line := range a {
		p := at(line)
		p.inA, p.a = p.inA+1, i
	}
	for i, line := range b {
		p := at(line)
		p.inB, p.b = p.inB+1, i
	}
	// Patience sorting: ends[n] is the pair with the least b that a growing
	// sequence of n+1 pairs ends with; before links each to its predecessor.
	var pairs []pair
	var ends, before []int
	for i, line := range a {
		p := lines[line]
		if p.inA != 1 || p.inB != 1 {
			continue
		}
		n := sort.Search(len(ends), func(n int) bool { return pairs[ends[n]].b >= p.b })
		last := -1
		if n > 0 {
			last = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, 0)
		}
		ends[n] = len(pairs)
		pairs, before = append(pairs, pair{i, p.b}), append(before, last)
	}
	if len(ends) == 0 {
		return nil
	}
	longest := make([]pair, len(ends))
	for n, i := len(ends)-1, ends[len(ends)-1]; n >= 0; n, i = n-1, before[i] {
		longest[n] = pairs[i]
	}
	return longest
}
