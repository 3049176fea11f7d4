package golang

import (
	"strconv"

	"github.com/dave/jennifer/jen"
)

// scattering is a family of sums over a batch,
//
//	sum (index == 0)·x,  sum (index == 1)·x,  …
//
// as the derivative by a table is, whose rows an index chose. An example adds
// to one of them, so they are one array:
//
//	var sums [5]float32
//	for … { sums[index] += x }
type scattering struct {
	index, x *formula
	sums     []*formula
	done     bool
}

// scatter finds the families whose members count from 0 without a gap, and
// takes the comparisons that they no longer read from what is printed.
func (b *straightBranch) scatter() {
	type key struct{ index, x *formula }
	families := map[key]*scattering{}
	b.scattered = map[*formula]*scattering{}
	var all []*scattering
	for _, f := range b.reached {
		index, place, x := chosen(f)
		if index == nil {
			continue
		}
		s := families[key{index, x}]
		if s == nil {
			s = &scattering{index: index, x: x}
			families[key{index, x}] = s
			all = append(all, s)
		}
		for len(s.sums) <= place {
			s.sums = append(s.sums, nil)
		}
		s.sums[place] = f
	}
	for _, s := range all {
		whole := len(s.sums) > 1
		for _, f := range s.sums {
			whole = whole && f != nil
		}
		if !whole {
			continue
		}
		for _, f := range s.sums {
			f.args = []*formula{s.x, s.index}
			b.scattered[f] = s
		}
	}
	if len(b.scattered) > 0 {
		b.reach()
	}
}

// chosen reads f as the sum of (index == place)·x.
func chosen(f *formula) (index *formula, place int, x *formula) {
	if f.op != batchSum || f.args[0].op != operator || f.args[0].name != "*" {
		return nil, 0, nil
	}
	t, x := f.args[0].args[0], f.args[0].args[1]
	if t.op != truth {
		t, x = x, t
	}
	if t.op != truth || t.args[0].op != operator || t.args[0].name != "==" {
		return nil, 0, nil
	}
	index, at := t.args[0].args[0], t.args[0].args[1]
	if index.typ != whole || index.stage != perExample || at.op != constant || at.value < 0 || at.value > maxFormulas {
		return nil, 0, nil
	}
	return index, int(at.value), x
}

// scatterOnce prints the array of a family and what an example adds to it.
func (b *straightBranch) scatterOnce(s *scattering) {
	if s.done {
		return
	}
	s.done = true
	hint := s.sums[0].hint
	if hint == "" {
		hint = "sum"
	}
	id := b.scope.local(hint + "At")
	b.arrays = append(b.arrays, jen.Var().Id(id).Index(jen.Lit(len(s.sums))).Float32())
	b.blocks[perExample] = append(b.blocks[perExample], jen.Id(id).Index(b.print(s.index)).Op("+=").Add(b.rounded(s.x)))
	for i, f := range s.sums {
		b.vars[f] = id + "[" + strconv.Itoa(i) + "]"
	}
}
