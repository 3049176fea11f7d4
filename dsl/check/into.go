package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// maxInto is how many standard arrows a hint names.
const maxInto = 2

// into says which standard arrows lead from what lies in has into want, shape
// kept; those first whose range is want itself. It is empty where none does.
func (c *checker) into(has, want *category.Set) string {
	var exact, inside []string
	for _, name := range keys(c.std.prims) {
		d := c.std.prims[name]
		if d.Type != "" || len(d.Ins) != 1 || len(d.Outs) != 1 || len(d.Given) > 0 || len(d.Settings) > 0 {
			continue
		}
		in, out := &d.Ins[0], &d.Outs[0]
		if in.Kind != category.Real || out.Kind != category.Real || out.Set == nil || !slices.Equal(in.Shape, out.Shape) || !has.Within(in.Set) || !out.Set.Within(want) {
			continue
		}
		switch {
		case out.Set.Within(want) && want.Within(out.Set):
			exact = append(exact, name)
		case !out.Set.Simplex: // which is about more than each number
			inside = append(inside, name)
		}
	}
	names := append(exact, inside...)
	if len(names) == 0 {
		return ""
	}
	for i, n := range names {
		names[i] = "`std." + n + "`"
	}
	names = names[:min(len(names), maxInto)]
	verb := "leads"
	if len(names) > 1 {
		verb = "lead"
	}
	return fmt.Sprintf("%s %s into %s", strings.Join(names, " and "), verb, want)
}
