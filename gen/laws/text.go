package laws

import (
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// equationText writes a line as a spec would.
func equationText(q *category.Equation) string {
	s := q.Target
	if len(q.Index) > 0 {
		s += "[" + strings.Join(q.Index, ", ") + "]"
	}
	return s + " = " + exprText(q.Expr, 0)
}

// bindings say how tightly operators bind; a sum of reductions binds least.
var bindings = map[string]int{"==": 1, "!=": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "^": 5}

const unaryBinds = 4

// exprText writes e where what stands around it binds that tightly.
func exprText(e category.Expr, around int) string {
	enclose := func(s string, binds int) string {
		if binds < around {
			return "(" + s + ")"
		}
		return s
	}
	switch x := e.(type) {
	case *category.Number:
		return strconv.FormatFloat(x.Value, 'g', -1, 64)
	case *category.Element:
		if len(x.Index) == 0 {
			return x.Name
		}
		if x.Padded {
			return "padded(" + x.Name + "[" + exprList(x.Index) + "])"
		}
		return x.Name + "[" + exprList(x.Index) + "]"
	case *category.Index:
		return x.Var
	case *category.Dimension:
		return "size(" + x.Var + ")"
	case *category.SettingRef:
		return x.Name
	case *category.Unary:
		return enclose("-"+exprText(x.X, unaryBinds), unaryBinds)
	case *category.Binary:
		b := bindings[x.Op]
		return enclose(exprText(x.L, b)+" "+x.Op+" "+exprText(x.R, b+1), b)
	case *category.Func:
		return x.Name + "(" + exprList(x.Args) + ")"
	case *category.Reduce:
		s := x.Op + " " + strings.Join(x.Vars, ", ") + ": " + exprText(x.Body, 0)
		if around > 0 {
			return "(" + s + ")"
		}
		return s
	}
	return "?"
}

func exprList(es []category.Expr) string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = exprText(e, 0)
	}
	return strings.Join(out, ", ")
}
