package data

import (
	"slices"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime"
)

// class is the number of the class that cell names, -1 where it names none.
func (c *Column) class(cell []byte) int {
	for i, name := range c.Classes {
		if string(cell) == name {
			return i
		}
	}
	return -1
}

// classCell appends the value that cell stands for to v, or says what is wrong
// with it.
func classCell(c *Column, v *Values, cell []byte) (message string) {
	i := c.class(cell)
	if i < 0 {
		i = 0
		message = "the cell is empty"
		if len(cell) > 0 {
			message = quote(cell) + " is no class; there are " + inQuotes(c.Classes)
		}
	}
	if c.OneHot {
		for k := range c.Classes {
			x := float32(0)
			if k == i {
				x = 1
			}
			v.Real = append(v.Real, x)
		}
		return message
	}
	switch c.Kind {
	case Fin:
		v.Fin = append(v.Fin, int32(i))
	case Bool:
		v.Bool = append(v.Bool, i == 1)
	case Real:
		v.Real = append(v.Real, float32(c.Set.(runtime.Finite)[i]))
	}
	return message
}

// ClassName is the name of a value of the column, an index, 0 or 1 of false and
// true, or a number; "" where it has none.
func (c *Column) ClassName(v float64) string {
	if c.OneHot {
		return ""
	}
	for i, name := range c.Classes {
		value := float64(i)
		if set, ok := c.Set.(runtime.Finite); ok && c.Kind == Real {
			value = set[i]
		}
		if v == value {
			return name
		}
	}
	return ""
}

// classesMessage says why the names of classes do not fit the column.
func (c *Column) classesMessage() string {
	if len(c.Classes) == 0 {
		if c.OneHot {
			return "one_hot has no classes"
		}
		return ""
	}
	n := 0
	set, finite := c.Set.(runtime.Finite)
	switch {
	case c.OneHot && (c.Kind != Real || c.Standardize || c.Scale != 0 || c.First != c.Last):
		return "one_hot makes real numbers of one column, and scales none"
	case c.OneHot:
		n = len(c.Classes)
	case c.Kind == Fin:
		n = c.N
	case c.Kind == Bool:
		n = 2
	case c.Kind == Real && finite && !c.Standardize && c.Scale == 0:
		n = len(set)
	default:
		return "names of classes stand for classes, truth values or members of a finite set"
	}
	if len(c.Classes) != n {
		return plural(len(c.Classes), "name") + " of " + strconv.Itoa(n) + " classes"
	}
	for i, name := range c.Classes {
		if name == "" || slices.Contains(c.Classes[:i], name) {
			return "the names of classes are distinct and not empty, and " + strconv.Quote(name) + " is not"
		}
	}
	return ""
}
