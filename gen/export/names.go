package export

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// exporter gives names to what one specification is made of, in the order in
// which it comes up: first what it declares itself, then what it uses of
// others.
type exporter struct {
	home       *category.Category
	qualifiers map[*diag.Source]string // what stands before the names of a file's declarations
	objects    *table[*category.Object]
	arrows     *table[*category.Arrow]
	data       *table[*category.Data]
	prims      *table[*category.PrimDecl]
}

func newExporter(c *category.Category) *exporter {
	e := &exporter{home: c, qualifiers: map[*diag.Source]string{c.Source: ""}}
	taken := map[string]bool{"std.": true}
	e.qualify(c, taken)
	e.objects = newTable(func(o *category.Object) string {
		if o.State != "" {
			return o.In(c)
		}
		return e.qualifier(o.Span, o.Category) + o.Name
	})
	e.arrows = newTable(func(a *category.Arrow) string { return e.qualifier(a.Span, a.Category) + a.Name })
	e.data = newTable(func(d *category.Data) string { return e.qualifier(d.Span, nil) + d.Name })
	e.prims = newTable(func(d *category.PrimDecl) string {
		if d.Std {
			return "std." + d.Name
		}
		return e.qualifier(d.Span, nil) + d.Name
	})
	return e
}

// qualify names the categories that c imports: as c calls them, and those
// behind them by their own names, numbered where that is taken.
func (e *exporter) qualify(c *category.Category, taken map[string]bool) {
	var named []*category.Category
	for _, i := range c.Imports {
		if _, done := e.qualifiers[i.Category.Source]; done {
			continue
		}
		named = append(named, i.Category)
		name := i.Category.Name
		if c == e.home {
			name = i.Name
		}
		e.qualifiers[i.Category.Source] = free(name, ".", taken)
	}
	for _, of := range named {
		e.qualify(of, taken)
	}
}

// free is name with end behind it, numbered where that is taken, and takes it.
func free(name, end string, taken map[string]bool) string {
	full := name + end
	for n := 2; taken[full]; n++ {
		full = name + "_" + strconv.Itoa(n) + end
	}
	taken[full] = true
	return full
}

// qualifier is what stands before the name of something that c declares, or
// where that is not known, the file of its span.
func (e *exporter) qualifier(s diag.Span, c *category.Category) string {
	if c != nil {
		return e.qualifiers[c.Source]
	}
	return e.qualifiers[s.Src]
}

// origin is the name of the category that declares something.
func (e *exporter) origin(c *category.Category) string {
	if c == nil {
		return e.home.Name
	}
	return c.Name
}

// table names things of one kind, each once, and keeps their order.
type table[T comparable] struct {
	all   []T
	names map[T]string
	taken map[string]bool
	spell func(T) string
}

func newTable[T comparable](spell func(T) string) *table[T] {
	return &table[T]{names: map[T]string{}, taken: map[string]bool{}, spell: spell}
}

// name is the name of x, which is listed from now on.
func (t *table[T]) name(x T) string {
	name, known := t.names[x]
	if !known {
		name = free(t.spell(x), "", t.taken)
		t.names[x] = name
		t.all = append(t.all, x)
	}
	return name
}

// sorted is everything listed, by name.
func (t *table[T]) sorted() []T {
	return slices.SortedFunc(slices.Values(t.all), func(a, b T) int {
		return cmp.Compare(t.names[a], t.names[b])
	})
}
