package plan

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// life is the range of statements, ends included, during which a workspace
// value must keep its place.
type life struct {
	id          ValueID
	first, last int
	offset      int
}

// layout gives every workspace value its range. Values that are never alive
// together may share one; batched and unbatched values keep to themselves,
// the unbatched after the batched, in parted plans before them. With slots only values of one size share a
// range, so that workers who share them alike own the same part of it.
func layout(p *Plan, slots bool) {
	lives := lifetimes(p)
	for _, space := range []struct {
		total *Extent
		in    func(k category.Kind) bool
	}{
		{&p.Work, func(k category.Kind) bool { return k == category.Real }},
		{&p.WorkFin, func(k category.Kind) bool { return k == category.Fin }},
		{&p.WorkInt, func(k category.Kind) bool { return k == category.Int }},
		{&p.WorkBool, func(k category.Kind) bool { return k == category.Bool }},
	} {
		pick := func(batched bool) []*life {
			var out []*life
			for i := range lives {
				if v := &p.Values[lives[i].id]; v.Batched == batched && space.in(v.Kind) {
					out = append(out, &lives[i])
				}
			}
			return out
		}
		batched, single := pick(true), pick(false)
		*space.total = Extent{PerExample: stacks(p, batched, slots), Fixed: stacks(p, single, slots)}
		ahead := Extent{PerExample: space.total.PerExample} // of the unbatched
		var behind Extent
		if p.Keep != NoValue { // the next part may be smaller, and what is gathered stays where it is
			space.total.Fixed = aligned(space.total.Fixed)
			ahead, behind = Extent{}, Extent{Fixed: space.total.Fixed}
		}
		for _, l := range batched {
			p.Values[l.id].Offset = behind.plus(Extent{PerExample: l.offset})
		}
		for _, l := range single {
			p.Values[l.id].Offset = ahead.plus(Extent{Fixed: l.offset})
		}
	}
}

// aligned is size rounded up to whole cache lines of reals.
func aligned(size int) int { return (size + 15) &^ 15 }

// lifetimes lists the workspace values that some statement touches, by first
// statement.
func lifetimes(p *Plan) []life {
	at := map[ValueID]int{}
	var lives []life
	touch := func(id ValueID, i int) {
		if id == NoValue {
			return
		}
		for p.Values[id].Store == ViewStore {
			id = p.Values[id].Of
		}
		if p.Values[id].Store != WorkStore {
			return
		}
		k, seen := at[id]
		if !seen {
			k = len(lives)
			at[id] = k
			lives = append(lives, life{id: id, first: i})
		}
		lives[k].last = i
	}
	for i := range p.Ops {
		for _, id := range slices.Concat(p.Ops[i].Out, p.Ops[i].In) {
			touch(id, i)
		}
	}
	for i := range p.Bind { // they stay for all calls
		touch(p.Bind[i].Out[0], 0)
		touch(p.Bind[i].Out[0], len(p.Ops))
	}
	for i := range lives {
		if p.bound(lives[i].id) || p.gathered(lives[i].id) {
			lives[i].first = -1
		}
	}
	touch(p.Result, len(p.Ops))
	slices.SortStableFunc(lives, func(a, b life) int { return a.first - b.first })
	return lives
}

// stacks places values, those of each size for themselves where slots is set.
func stacks(p *Plan, lives []*life, slots bool) int {
	if !slots {
		return stack(p, lives)
	}
	bySize := map[int][]*life{}
	var sizes []int
	for _, l := range lives {
		size := p.Values[l.id].Size()
		if bySize[size] == nil {
			sizes = append(sizes, size)
		}
		bySize[size] = append(bySize[size], l)
	}
	// Great values first: they begin at cache lines then, for most sizes of
	// the batch.
	slices.SortStableFunc(sizes, func(a, b int) int { return b - a })
	height := 0
	for _, size := range sizes {
		top := stack(p, bySize[size])
		for _, l := range bySize[size] {
			l.offset += height
		}
		height += top
	}
	return height
}

// stack places values one by one at the lowest offset that is free for as
// long as they live, and returns the height reached.
func stack(p *Plan, lives []*life) int {
	var placed []*life // alive still, by offset
	height := 0
	for _, l := range lives {
		placed = slices.DeleteFunc(placed, func(x *life) bool { return x.last < l.first })
		size := p.Values[l.id].Size()
		if at, ok := p.inPlace(l, placed); ok {
			l.offset = at
		} else {
			l.offset = lowest(p, l, placed)
		}
		k, _ := slices.BinarySearchFunc(placed, l, func(a, b *life) int { return a.offset - b.offset })
		placed = slices.Insert(placed, k, l)
		height = max(height, l.offset+size)
	}
	return height
}

// lowest is the lowest offset that is free for l among those alive.
func lowest(p *Plan, l *life, placed []*life) int {
	size, at := p.Values[l.id].Size(), 0
	for _, other := range placed {
		if at < other.offset+p.Values[other.id].Size() && other.offset < at+size {
			at = other.offset + p.Values[other.id].Size()
		}
	}
	return at
}
