package lawtest

import (
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/kernel"
)

func show(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// shown is how many numbers of a tensor a counterexample prints.
const shown = 6

// describe renders a point in the spec's nouns: "Input = [1 2], Target = 1".
func describe[T kernel.Float](ts []Tensor, at []Values[T]) string {
	parts := make([]string, len(ts))
	for i := range ts {
		parts[i] = ts[i].Name + " = " + list(&ts[i], at[i])
	}
	return strings.Join(parts, ", ")
}

func list[T kernel.Float](t *Tensor, v Values[T]) string {
	n := max(len(v.Real), len(v.Fin), len(v.Int), len(v.Bool))
	if n == 1 {
		return cellText(v, 0)
	}
	var b strings.Builder
	b.WriteString("[")
	for i := range min(n, shown) {
		if i > 0 {
			b.WriteString(" ")
		}
		b.WriteString(cellText(v, i))
	}
	if n > shown {
		b.WriteString(" … " + strconv.Itoa(n) + " numbers")
	}
	b.WriteString("]")
	return b.String()
}

// cell renders element i of a result with its place.
func cell[T kernel.Float](t *Tensor, v Values[T], i int) string {
	s := t.Name + " "
	if t.Size() > 1 {
		s += "at " + strconv.Itoa(i) + " "
	}
	return s + cellText(v, i)
}

func cellText[T kernel.Float](v Values[T], i int) string {
	switch {
	case v.Fin != nil:
		return strconv.Itoa(int(v.Fin[i]))
	case v.Int != nil:
		return strconv.FormatInt(v.Int[i], 10)
	case v.Bool != nil:
		return strconv.FormatBool(v.Bool[i])
	}
	return strconv.FormatFloat(float64(v.Real[i]), 'g', 7, 64)
}
