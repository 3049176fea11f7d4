package draw

import (
	"cmp"
	"slices"
)

// item is something that has a place in a row: a box, the end of a wire at the
// border of the diagram, or a wire that passes by.
type item struct {
	box   int // index of the box, or -1
	wire  int // of a border or a passing wire, else -1
	in    bool
	out   bool
	width float64
	x     float64 // of its middle
	up    []link
	down  []link
}

// link connects a port of an item with one of an item in the next row.
type link struct {
	to         *item
	wire       int
	from, port int // ports of the upper and of the lower end
}

// layers are the rows of a drawing, from the top.
type layers [][]*item

// arrange puts each box below all that it reads, and leads wires that pass rows
// through them.
func (s *sheet) arrange() layers {
	row := make([]int, len(s.boxes))
	writer := map[int]int{}
	last := 0
	for i, b := range s.boxes {
		row[i] = 1
		for _, w := range b.in {
			if from, ok := writer[w]; ok {
				row[i] = max(row[i], row[from]+1)
			}
		}
		for _, w := range b.out {
			writer[w] = i
		}
		last = max(last, row[i])
	}
	rows := make(layers, last+2)
	add := func(r int, x *item) *item {
		rows[r] = append(rows[r], x)
		return x
	}
	// Where each wire has come to, and at which port.
	type end struct {
		at   *item
		port int
	}
	ends := make([]map[int]end, len(rows)) // by row, then by wire
	for r := range ends {
		ends[r] = map[int]end{}
	}
	for _, w := range s.ins {
		ends[0][w] = end{add(0, &item{box: -1, wire: w, in: true, width: textWidth(s.wires[w]) + gap}), 0}
	}
	boxes := make([]*item, len(s.boxes))
	for i := range s.boxes {
		b := &s.boxes[i]
		boxes[i] = add(row[i], &item{box: i, wire: -1, width: b.width(s)})
		for k, w := range b.out {
			ends[row[i]][w] = end{boxes[i], k}
		}
	}
	origin := func(w int) int {
		if from, ok := writer[w]; ok {
			return row[from]
		}
		return 0
	}
	// reach leads a wire down to row r and returns its end there.
	reach := func(w, r int) (end, bool) {
		for at := origin(w); at < r; at++ {
			here, ok := ends[at][w]
			if !ok {
				return end{}, false
			}
			if _, ok := ends[at+1][w]; !ok {
				pass := add(at+1, &item{box: -1, wire: w, width: gap})
				connect(here.at, pass, w, here.port, 0)
				ends[at+1][w] = end{pass, 0}
			}
		}
		e, ok := ends[r][w]
		return e, ok
	}
	for i, b := range s.boxes {
		for k, w := range b.in {
			if e, ok := reach(w, row[i]-1); ok {
				connect(e.at, boxes[i], w, e.port, k)
			}
		}
	}
	for _, w := range s.outs {
		x := add(last+1, &item{box: -1, wire: w, out: true, width: textWidth(s.wires[w]) + gap})
		if e, ok := reach(w, last); ok {
			connect(e.at, x, w, e.port, 0)
		}
	}
	return rows
}

func connect(upper, lower *item, wire, from, port int) {
	upper.down = append(upper.down, link{lower, wire, from, port})
	lower.up = append(lower.up, link{upper, wire, from, port})
}

// sort orders the rows so that few wires cross: each item goes where the mean
// of its neighbours is, now of those above, now of those below. Inputs and
// outputs keep the order that the arrow gives them.
func (rows layers) sort() {
	place := map[*item]float64{}
	number := func(r []*item) {
		for i, x := range r {
			place[x] = float64(i) / float64(len(r))
		}
	}
	for _, r := range rows {
		number(r)
	}
	for sweep := range 12 {
		for k := 1; k < len(rows)-1; k++ {
			r := rows[k]
			if sweep%2 == 1 {
				r = rows[len(rows)-1-k]
			}
			key := map[*item]float64{}
			for _, x := range r {
				key[x] = place[x]
				links := x.up
				if sweep%2 == 1 {
					links = x.down
				}
				if len(links) > 0 {
					sum := 0.0
					for _, l := range links {
						sum += place[l.to]
					}
					key[x] = sum / float64(len(links))
				}
			}
			slices.SortStableFunc(r, func(a, b *item) int { return cmp.Compare(key[a], key[b]) })
			number(r)
		}
	}
}
