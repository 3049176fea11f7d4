package vet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// laws warns of laws whose sides are one diagram: whatever the arrows are,
// they hold. Associativity, units and interchange are of that kind, and so is
// a law whose second side was never changed.
func (v *vetter) laws() {
	for _, l := range v.Category.Laws {
		n := numbering{}
		if n.diagram(l.Left) == n.diagram(l.Right) {
			v.warn(diag.CT1106, l.Span, fmt.Sprintf("both sides of the law `%s` are the same diagram, so it cannot fail", l.Name)).
				Beside("`" + clip(l.LeftText) + "` is `" + clip(l.RightText) + "`, whatever the arrows are").
				Hint("state what the arrows promise, or remove the law")
		}
	}
}

func clip(text string) string {
	const most = 60
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// numbering gives equal numbers to what is computed in the same way, so that
// two diagrams are one where their outputs have the same numbers.
type numbering map[string]int

func (n numbering) of(key string) int {
	if _, known := n[key]; !known {
		n[key] = len(n)
	}
	return n[key]
}

// diagram is the key of d: what its outputs are in terms of its inputs.
func (n numbering) diagram(d *category.Diagram) string {
	wires := make([]int, len(d.Wires))
	for i := range wires {
		wires[i] = -1
	}
	for i, w := range d.Ins {
		wires[w] = n.of("in " + strconv.Itoa(i) + " " + d.TypeOf(w).String())
	}
	if d.Given != category.NoWire {
		wires[d.Given] = n.of("given")
	}
	for i, w := range d.Settings {
		wires[w] = n.of("setting " + strconv.Itoa(i))
	}
	for _, node := range d.Nodes {
		key := n.node(d, node, wires)
		for i, w := range node.Out {
			wires[w] = n.of(key + " out " + strconv.Itoa(i))
		}
	}
	return numbers(d.Outs, wires)
}

func numbers(ws []category.WireID, wires []int) string {
	var b strings.Builder
	for _, w := range ws {
		fmt.Fprintf(&b, " %d", wires[w])
	}
	return b.String()
}

// node is what n computes from which wires.
func (n numbering) node(d *category.Diagram, node *category.Node, wires []int) string {
	what := ""
	switch op := node.Op.(type) {
	case *category.Call:
		what = "call " + op.Arrow.Name
	case *category.Apply:
		what = fmt.Sprintf("apply %s %t %v %v %v", op.Prim.Decl.Name, op.Prim.Decl.Std, op.Prim.Dims, op.Prim.Segs, op.Prim.Settings)
	case *category.Project:
		what = "project " + strconv.Itoa(op.Index)
	case *category.Pack:
		what = "pack " + op.Type.String()
	case *category.Constant:
		what = fmt.Sprintf("constant %v %s", op.Value, d.TypeOf(node.Out[0]))
	case *category.Grad:
		what = "grad" + n.body(op.Body)
	case *category.Map:
		what = fmt.Sprintf("map %d %d", op.Over, op.N) + n.body(op.Body)
	case *category.Repeat:
		what = fmt.Sprintf("repeat %d %t %d", op.N, op.Shared, op.Over) + n.body(op.Body)
	}
	given := -1
	if node.Given != category.NoWire {
		given = wires[node.Given]
	}
	return fmt.Sprintf("%s in%s given %d set%s", what, numbers(node.In, wires), given, numbers(node.Settings, wires))
}

// body is the key of a diagram inside another, by its own inputs.
func (n numbering) body(d *category.Diagram) string {
	inner := numbering{}
	outs := inner.diagram(d)
	return fmt.Sprintf(" {%d%s %v}", len(inner), outs, map[string]int(inner))
}
