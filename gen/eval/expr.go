package eval

import (
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// machine holds the numbers that compiled lines read and write: one flat
// tensor per name, one counter per index variable.
type machine struct {
	tensors  [][]float64
	index    []int
	settings []float64
	decays   float64
	of       int        // examples in the batch
	peers    []*machine // those of all examples, in a line that is one for the batch
	example  int        // by which random numbers differ,
	at       int        // and the element of the target
}

type code func(m *machine) float64

// compiler turns the expressions of one line into closures.
type compiler struct {
	p    *program
	line *category.Equation
	vars map[string]int // slot of each index variable
}

func (c *compiler) variable(name string) int {
	s, ok := c.vars[name]
	if !ok {
		s = len(c.vars)
		c.vars[name] = s
	}
	return s
}

func (c *compiler) expr(e category.Expr) code {
	switch e := e.(type) {
	case *category.Number:
		v := e.Value
		return func(*machine) float64 { return v }
	case *category.Index:
		s := c.variable(e.Var)
		return func(m *machine) float64 { return float64(m.index[s]) }
	case *category.Dimension:
		if e.Var == category.Batch {
			return func(m *machine) float64 { return float64(m.of) }
		}
		v := float64(c.p.extent(category.DimTerm{Var: e.Var, Segment: c.p.prim.Decl.Segments[e.Var]}))
		return func(*machine) float64 { return v }
	case *category.SettingRef:
		return c.setting(e)
	case *category.Element:
		return c.element(e)
	case *category.Unary:
		x := c.expr(e.X)
		return func(m *machine) float64 { return -x(m) }
	case *category.Binary:
		return binary(e.Op, c.expr(e.L), c.expr(e.R))
	case *category.Func:
		return c.function(e)
	case *category.Reduce:
		return c.reduce(e)
	}
	panic("eval: an expression of no kind")
}

func (c *compiler) setting(e *category.SettingRef) code {
	for i, s := range c.p.prim.Decl.Settings {
		if s.Name == e.Name {
			return func(m *machine) float64 { return m.settings[i] }
		}
	}
	return func(m *machine) float64 { return m.decays }
}

// element reads a tensor. Row-major offsets are sums of index times stride,
// so each index is one term.
func (c *compiler) element(e *category.Element) code {
	slot, dims := c.p.slot(e.Name)
	if len(e.Index) == 0 {
		return func(m *machine) float64 { return m.tensors[slot][0] }
	}
	if e.Padded {
		return c.padded(e, slot, dims)
	}
	plain := true
	strides := make([]int, len(e.Index))
	vars := make([]int, len(e.Index))
	stride := 1
	for i := len(e.Index) - 1; i >= 0; i-- {
		strides[i] = stride
		stride *= dims[i]
		if v, ok := e.Index[i].(*category.Index); ok {
			vars[i] = c.variable(v.Var)
		} else {
			plain = false
		}
	}
	switch {
	case plain && len(vars) == 1:
		v := vars[0]
		return func(m *machine) float64 { return m.tensors[slot][m.index[v]] }
	case plain && len(vars) == 2:
		v, w, s := vars[0], vars[1], strides[0]
		return func(m *machine) float64 { return m.tensors[slot][m.index[v]*s+m.index[w]] }
	case plain:
		return func(m *machine) float64 {
			at := 0
			for i, v := range vars {
				at += m.index[v] * strides[i]
			}
			return m.tensors[slot][at]
		}
	}
	terms := make([]code, len(e.Index))
	for i, x := range e.Index {
		terms[i] = c.expr(x)
	}
	return func(m *machine) float64 {
		at := 0
		for i, t := range terms {
			at += int(t(m)) * strides[i]
		}
		return m.tensors[slot][at]
	}
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func binary(op string, x, y code) code {
	switch op {
	case "+":
		return func(m *machine) float64 { return x(m) + y(m) }
	case "-":
		return func(m *machine) float64 { return x(m) - y(m) }
	case "*":
		return func(m *machine) float64 { return x(m) * y(m) }
	case "/":
		return func(m *machine) float64 { return x(m) / y(m) }
	case "^":
		return func(m *machine) float64 { return math.Pow(x(m), y(m)) }
	case "<":
		return func(m *machine) float64 { return truth(x(m) < y(m)) }
	case "<=":
		return func(m *machine) float64 { return truth(x(m) <= y(m)) }
	case ">":
		return func(m *machine) float64 { return truth(x(m) > y(m)) }
	case ">=":
		return func(m *machine) float64 { return truth(x(m) >= y(m)) }
	case "==":
		return func(m *machine) float64 { return truth(x(m) == y(m)) }
	case "!=":
		return func(m *machine) float64 { return truth(x(m) != y(m)) }
	}
	panic("eval: no operator " + op)
}

var unary = map[string]func(float64) float64{
	"exp": math.Exp, "log": math.Log, "log1p": math.Log1p, "expm1": math.Expm1, "sqrt": math.Sqrt,
	"tanh": math.Tanh, "erf": math.Erf, "sin": math.Sin, "cos": math.Cos, "abs": math.Abs, "floor": math.Floor,
	"sign": func(v float64) float64 { return truth(v > 0) - truth(v < 0) },
	"sigmoid": func(v float64) float64 {
		return 1 / (1 + math.Exp(-v))
	},
}

func (c *compiler) function(e *category.Func) code {
	x := c.expr(e.Args[0])
	switch e.Name {
	case "uniform":
		return func(m *machine) float64 { return uniform(int64(x(m)), m.example, m.at) }
	case "max":
		y := c.expr(e.Args[1])
		return func(m *machine) float64 { return math.Max(x(m), y(m)) }
	case "min":
		y := c.expr(e.Args[1])
		return func(m *machine) float64 { return math.Min(x(m), y(m)) }
	}
	f, ok := unary[e.Name]
	if !ok {
		panic("eval: no function " + e.Name)
	}
	return func(m *machine) float64 { return f(x(m)) }
}

func (c *compiler) reduce(e *category.Reduce) code {
	body := c.expr(e.Body)
	for i := len(e.Vars) - 1; i >= 0; i-- {
		if e.Vars[i] == category.Batch {
			body = overBatch(body)
			continue
		}
		v, n := c.variable(e.Vars[i]), c.p.extent(c.line.Range[e.Vars[i]])
		body = fold(e.Op, v, n, body)
	}
	return body
}

func fold(op string, v, n int, body code) code {
	switch op {
	case "sum":
		return func(m *machine) float64 {
			total := 0.0
			for i := range n {
				m.index[v] = i
				total += body(m)
			}
			return total
		}
	case "prod":
		return func(m *machine) float64 {
			total := 1.0
			for i := range n {
				m.index[v] = i
				total *= body(m)
			}
			return total
		}
	case "max":
		return func(m *machine) float64 {
			best := math.Inf(-1)
			for i := range n {
				m.index[v] = i
				best = math.Max(best, body(m))
			}
			return best
		}
	case "min":
		return func(m *machine) float64 {
			best := math.Inf(1)
			for i := range n {
				m.index[v] = i
				best = math.Min(best, body(m))
			}
			return best
		}
	}
	panic("eval: no reduction " + op)
}
