package agree

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Pull declares an arrow a_pull that takes cotangents of the results of a and
// the inputs that do not move, is given the inputs that do and a's parameters,
// and sums the products of results and cotangents in an object of reals; and
// a_slope, its gradient: what the reverse derivative of a makes of the
// cotangents. Powers among the results are left out. It returns "" where
// nothing is left, or nothing moves.
func Pull(a *category.Arrow, reals string) string {
	var ins, given, args, terms []string
	var dots, body strings.Builder
	results := make([]string, len(a.Cod.Factors()))
	for i, f := range a.Cod.Factors() {
		results[i] = fmt.Sprintf("result%d", i)
		for _, l := range f.Leaves() {
			of := leafType(f, l.Path)
			if of.IndexLike() || of.Carrier().Kind != category.Real {
				continue
			}
			k := len(terms)
			shape := category.NewReal(l.Dims...)
			at := strings.Join(append([]string{results[i]}, l.Path...), ".")
			fmt.Fprintf(&dots, "arrow %s_dot%d: %s * %s -> %s %s\n", a.Name, k, of, shape, reals, dot(len(l.Dims)))
			ins = append(ins, fmt.Sprintf("cotangent%d: %s", k, shape))
			terms = append(terms, fmt.Sprintf("%s_dot%d(%s, cotangent%d)", a.Name, k, at, k))
		}
	}
	for i, f := range a.Dom.Factors() {
		name := fmt.Sprintf("input%d", i)
		args = append(args, name)
		if f.IndexLike() {
			ins = append(ins, name+": "+f.String())
		} else {
			given = append(given, name+": "+f.String())
		}
	}
	call := fmt.Sprintf("%s(%s)", a.Name, strings.Join(args, ", "))
	if !a.Given.IsUnit() {
		given = append(given, "own: "+a.Given.String())
		call = fmt.Sprintf("%s(%s given own)", a.Name, strings.Join(args, ", "))
	}
	if len(given) == 0 || len(terms) == 0 {
		return ""
	}
	fmt.Fprintf(&body, "    %s = %s\n    %s\n", strings.Join(results, ", "), call, strings.Join(terms, " + "))
	return fmt.Sprintf("\n%sarrow %s_pull(%s) -> %s given (%s) {\n%s}\narrow %[2]s_slope = grad %[2]s_pull\n",
		&dots, a.Name, strings.Join(ins, ", "), reals, strings.Join(given, ", "), &body)
}

// leafType is the object at a path of fields inside t.
func leafType(t *category.Type, path []string) *category.Type {
	for _, name := range path {
		for _, f := range t.Carrier().Fields {
			if f.Name == name {
				t = f.Type
				break
			}
		}
	}
	return t
}

// dot are the equations of the sum of products of two tensors.
func dot(rank int) string {
	at, sum := "", ""
	if rank > 0 {
		vars := strings.Join(strings.Split("abcdefgh"[:rank], ""), ", ")
		at, sum = "["+vars+"]", "sum "+vars+": "
	}
	return strings.NewReplacer("@", at, "#", sum).Replace(
		"{\n    means    y = #x1@ * x2@\n    keeps    x1, x2\n    reverse  dx1@ = dy * x2@\n             dx2@ = dy * x1@\n}")
}
