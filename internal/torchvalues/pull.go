package torchvalues

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
)

// pulled is the object of a result paired with a cotangent.
const pulled = "Pulled"

// pull adds to the specification an arrow a_pull that takes cotangents of the
// results of a and the inputs that do not move, is given the inputs that do
// and a's parameters, and sums the products of results and cotangents: its
// gradient a_slope is what the reverse derivative of a makes of the cotangents.
func (g *Group) pull(a *category.Arrow) error {
	var ins, given, args, terms []string
	var dots, body strings.Builder
	results := make([]string, len(a.Cod.Factors()))
	for i, f := range a.Cod.Factors() {
		results[i] = fmt.Sprintf("result%d", i)
		for _, l := range f.Leaves() {
			k := len(terms)
			shape := category.NewReal(l.Dims...)
			at := strings.Join(append([]string{results[i]}, l.Path...), ".")
			fmt.Fprintf(&dots, "arrow %s_dot%d: %s * %s -> %s %s\n", a.Name, k, leafType(f, l.Path), shape, pulled, dot(len(l.Dims)))
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
	if len(given) == 0 {
		return fmt.Errorf("nothing moves")
	}
	bound := strings.Join(results, ", ")
	if len(results) > 1 {
		bound = "(" + bound + ")"
	}
	fmt.Fprintf(&body, "    %s = %s\n    %s\n", bound, call, strings.Join(terms, " + "))
	g.Text += fmt.Sprintf("\n%sarrow %s_pull(%s) -> %s given (%s) {\n%s}\narrow %[2]s_slope = grad %[2]s_pull\n",
		&dots, a.Name, strings.Join(ins, ", "), pulled, strings.Join(given, ", "), &body)
	return nil
}

// leafType writes the object at a path of fields inside t.
func leafType(t *category.Type, path []string) string {
	for _, name := range path {
		for _, f := range t.Carrier().Fields {
			if f.Name == name {
				t = f.Type
				break
			}
		}
	}
	return t.String()
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

// Moving is the parameters of the case's pull: the inputs that move, then the
// parameters.
func (c *Case) Moving() eval.Value { return c.moving(c.moved(c.In), c.Given) }

// Slopes is the tangent of Moving that PyTorch gives.
func (c *Case) Slopes() eval.Value { return c.moving(c.DIn, c.DGiven) }

func (c *Case) moving(parts []eval.Value, given eval.Value) eval.Value {
	if !c.Arrow.Given.IsUnit() {
		parts = append(parts[:len(parts):len(parts)], given)
	}
	return eval.Tuple(parts...)
}

// moved leaves out, of one value per factor of the domain, what does not move.
func (c *Case) moved(in []eval.Value) (out []eval.Value) {
	for i, f := range c.Arrow.Dom.Factors() {
		if !f.IndexLike() {
			out = append(out, in[i])
		}
	}
	return out
}

// PullIn is the inputs of the case's pull: the cotangents' tensors, then the
// inputs that do not move.
func (c *Case) PullIn() (out []eval.Value) {
	for _, v := range c.Cotangent {
		out = append(out, tensors(v)...)
	}
	for i, f := range c.Arrow.Dom.Factors() {
		if f.IndexLike() {
			out = append(out, c.In[i])
		}
	}
	return out
}
