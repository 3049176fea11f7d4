package category

import (
	"strconv"
	"strings"
)

// String renders t as a spec would write it. Objects of an imported category
// stand behind its name.
func (t *Type) String() string { return t.In(nil) }

// In renders t as the spec of c would write it, with c's own names for what it
// imports; a nil c stands for any spec that imports.
func (t *Type) In(c *Category) string {
	w := typeWriter{home: c}
	w.write(t, 0)
	return w.b.String()
}

// In renders o's name as Type.In does.
func (o *Object) In(c *Category) string {
	w := typeWriter{home: c}
	w.object(o)
	return w.b.String()
}

type typeWriter struct {
	b    strings.Builder
	home *Category
}

func (w *typeWriter) object(o *Object) {
	if o.State != "" {
		w.b.WriteString(o.State + "[")
		w.write(o.Of, 0)
		w.b.WriteString("]")
		return
	}
	w.b.WriteString(w.home.qualify(o.Category) + o.Name)
}

// qualify is what stands before the names of from in the spec of c: nothing
// where they are its own.
func (c *Category) qualify(from *Category) string {
	if from == nil || from == c || c == nil && !from.Imported {
		return ""
	}
	if c != nil {
		for _, i := range c.Imports {
			if i.Category == from {
				return i.Name + "."
			}
		}
	}
	return from.Name + "."
}

func (w *typeWriter) write(t *Type, prec int) {
	b := &w.b
	switch t.Kind {
	case Real:
		b.WriteString("R")
		writeDims(b, t.Dims)
		if t.Set != nil {
			b.WriteString(" in " + t.Set.String())
		}
		if t.Running {
			b.WriteString(" running")
		}
	case Fin:
		b.WriteString("Fin[" + strconv.Itoa(t.N) + "]")
	case Bool, Int, Text:
		b.WriteString([...]string{"Bool", "Int", "Text"}[t.Kind-Bool])
	case Named:
		w.object(t.Object)
	case Tangent:
		b.WriteString("tangent ")
		w.write(t.Elem, 3)
	case List, Option:
		b.WriteString([...]string{"List", "Option"}[t.Kind-List] + "[")
		w.write(t.Elem, 0)
		b.WriteString("]")
	case Power:
		w.write(t.Elem, 3)
		b.WriteString(" ^ " + strconv.Itoa(t.N))
	case Record:
		b.WriteString("{ ")
		for i, f := range t.Fields {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(f.Name + ": ")
			w.write(f.Type, 0)
		}
		b.WriteString(" }")
	case Product:
		if len(t.Items) == 0 {
			b.WriteString("1")
			return
		}
		if prec > 1 {
			b.WriteString("(")
			defer b.WriteString(")")
		}
		for i, it := range t.Items {
			if i > 0 {
				b.WriteString(" * ")
			}
			w.write(it, 2)
		}
	}
}

func writeDims(b *strings.Builder, dims []int) {
	if len(dims) == 0 {
		return
	}
	b.WriteString("[")
	for i, d := range dims {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(d))
	}
	b.WriteString("]")
}
