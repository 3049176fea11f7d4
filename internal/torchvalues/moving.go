package torchvalues

import "github.com/ctgen-lang/ctgen/gen/eval"

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
