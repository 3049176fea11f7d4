package find

import "slices"

// survey fills in away, backwards from the goal: one arrow at least must take
// an object before it is something else.
func (t *territory) survey(from, to []object) {
	count := t.graph.count
	for _, o := range slices.Concat(from, to) {
		count = max(count, o+1)
	}
	t.away = make([]int, count)
	for i := range t.away {
		t.away[i] = unreachable
	}
	queue := slices.Clone(to)
	for _, o := range to {
		t.away[o] = 0
	}
	take := func(arrows []*Arrow, n int) {
		for _, a := range arrows {
			for _, o := range a.dom {
				if t.away[o] > n {
					t.away[o] = n
					queue = append(queue, o)
				}
			}
		}
	}
	// Objects of one distance stand together in the queue.
	for first := true; len(queue) > 0 || first; first = false {
		level := queue
		queue = nil
		if first {
			take(t.graph.toUnit, 1)
		}
		for _, o := range level {
			take(t.graph.to[o], t.away[o]+1)
		}
	}
}

// near reports whether no more than so many arrows could lead from factors to
// parts of the goal.
func (t *territory) near(factors []object, arrows int) bool {
	for _, o := range factors {
		if t.away[o] > arrows {
			return false
		}
	}
	return true
}

// measure fills in togo, backwards from the goal.
func (t *territory) measure() {
	t.places[t.goal].togo = 0
	queue := []int{t.goal}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		for _, b := range t.places[p].before {
			if t.places[b].togo > t.places[p].togo+1 {
				t.places[b].togo = t.places[p].togo + 1
				queue = append(queue, b)
			}
		}
	}
}
