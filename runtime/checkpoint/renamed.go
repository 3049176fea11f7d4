package checkpoint

import (
	"slices"
	"strings"
)

// renames finds, for tensors that a file lacks, what it has in their place.
type renames struct {
	missing []*Tensor
	others  []*entry // that the model does not have
	old     map[string]*entry
	used    map[*entry]bool
	budget  int
}

// findRenames pairs names: those of one shape that end alike, where there is
// only one such on both sides; then those that end alike below two paths of
// which a part was paired; then the only ones of a shape in one record; then
// those that are spelt nearly alike.
func findRenames(missing []*Tensor, others []*entry) *renames {
	r := &renames{missing, others, map[string]*entry{}, map[*entry]bool{}, pairs}
	r.byForm(func(record, field string) string { return field })
	r.byPath()
	r.byForm(func(record, field string) string { return record })
	r.bySpelling()
	return r
}

func (r *renames) pair(t *Tensor, e *entry) {
	r.old[t.Name] = e
	r.used[e] = true
}

// byForm pairs the only two of one shape that agree in part of their names.
func (r *renames) byForm(part func(record, field string) string) {
	type form struct{ part, shape string }
	of := func(name, dtype string, shape []int) form {
		dot := strings.LastIndexByte(name, '.')
		return form{part(name[:max(dot, 0)], name[dot+1:]), dtype + shapeText(shape)}
	}
	wanted, there := map[form][]*Tensor{}, map[form][]*entry{}
	for _, t := range r.missing {
		if dtype, _ := t.dtype(); r.old[t.Name] == nil {
			f := of(t.Name, dtype, t.Shape)
			wanted[f] = append(wanted[f], t)
		}
	}
	for _, e := range r.others {
		if !r.used[e] {
			f := of(e.name, e.dtype, e.shape)
			there[f] = append(there[f], e)
		}
	}
	for f, list := range wanted {
		if len(list) == 1 && len(there[f]) == 1 {
			r.pair(list[0], there[f][0])
		}
	}
}

// byPath pairs what lies under paths of which another part was paired.
func (r *renames) byPath() {
	from := map[string]string{}
	for _, t := range r.missing {
		if e := r.old[t.Name]; e != nil {
			old, name := changed(e.name, t.Name)
			from[name] = old
		}
	}
	byName := make(map[string]*entry, len(r.others))
	for _, e := range r.others {
		byName[e.name] = e
	}
	for _, t := range r.missing {
		for at := 0; r.old[t.Name] == nil; at++ {
			dot := strings.IndexByte(t.Name[at:], '.')
			if dot < 0 {
				break
			}
			at += dot
			if old := from[t.Name[:at]]; old != "" {
				if e := byName[old+t.Name[at:]]; e != nil && !r.used[e] {
					r.pair(t, e)
				}
			}
		}
	}
}

// bySpelling pairs what is left with the nearest name.
func (r *renames) bySpelling() {
	var names []string
	byName := map[string]*entry{}
	for _, e := range r.others {
		if !r.used[e] {
			names = append(names, e.name)
			byName[e.name] = e
		}
	}
	for _, t := range r.missing {
		if r.old[t.Name] != nil {
			continue
		}
		if near := nearest(t.Name, names, &r.budget); near != "" {
			r.pair(t, byName[near])
			names = slices.DeleteFunc(names, func(n string) bool { return n == near })
		}
	}
}

// mapping is the text that `ctgen migrate` would want: paths where all below
// them is renamed alike.
func (r *renames) mapping() []string {
	var lines []string
	for _, t := range r.missing {
		e := r.old[t.Name]
		if e == nil || !slices.Equal(e.shape, t.Shape) {
			continue
		}
		old, name := changed(e.name, t.Name)
		if line := old + " -> " + name; !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// changed are two paths without the parts at their end in which they agree.
func changed(a, b string) (string, string) {
	for {
		i, k := strings.LastIndexByte(a, '.'), strings.LastIndexByte(b, '.')
		if i < 0 || k < 0 || a[i:] != b[k:] {
			return a, b
		}
		a, b = a[:i], b[:k]
	}
}
