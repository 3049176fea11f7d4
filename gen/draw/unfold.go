package draw

import (
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// box is one operation as it is drawn.
type box struct {
	label, below string
	twice        bool  // it stands for several: a map, a repeat
	in, out      []int // noWire where it reads a part of its parameters
	node         *category.Node
}

const noWire = -1

// sheet is what is drawn: wires are numbers, and the boxes stand in an order
// in which every wire is written before it is read.
type sheet struct {
	home      *category.Category
	wires     []string // the object on each
	ins, outs []int
	boxes     []box
}

// legible is the number of boxes up to which composites are opened, and most
// that above which nothing is drawn.
const (
	legible = 24
	most    = 120
)

// newSheet takes d apart: composites are opened, the outermost first, as long
// as what comes of it is legible.
func newSheet(c *category.Category, d *category.Diagram) *sheet {
	s := &sheet{home: c}
	at := map[category.WireID]int{}
	for _, w := range d.Ins {
		at[w] = s.wire(d, w)
		s.ins = append(s.ins, at[w])
	}
	s.boxes = s.boxesOf(d, at)
	for _, w := range d.Outs {
		if id, ok := at[w]; ok {
			s.outs = append(s.outs, id)
		}
	}
	for opened := true; opened; {
		opened = false
		var next []box
		for i, b := range s.boxes {
			body := composite(b.node)
			if body == nil || len(next)+len(body.Nodes)+len(s.boxes)-i-1 > legible {
				next = append(next, b)
				continue
			}
			next = append(next, s.open(b, body)...)
			opened = true
		}
		s.boxes = next
	}
	return s
}

// composite is the diagram behind the call of an arrow that is made of others,
// else nil.
func composite(n *category.Node) *category.Diagram {
	call, ok := n.Op.(*category.Call)
	if !ok || call.Arrow.Kind != category.Term || call.Arrow.Diagram == nil || len(call.Arrow.Diagram.Nodes) == 0 {
		return nil
	}
	return call.Arrow.Diagram
}

// open is what stands in the place of the call b of an arrow with the body d.
func (s *sheet) open(b box, d *category.Diagram) []box {
	at := map[category.WireID]int{}
	for i, w := range d.Ins {
		at[w] = b.in[i]
	}
	boxes := s.boxesOf(d, at)
	// What the body calls its results is what the call calls them.
	for i, w := range d.Outs {
		if id, ok := at[w]; ok {
			s.rename(b.out[i], id)
		}
	}
	return boxes
}

// rename makes one wire of two: readers of the first read the second.
func (s *sheet) rename(from, to int) {
	for i := range s.boxes {
		for k, w := range s.boxes[i].in {
			if w == from {
				s.boxes[i].in[k] = to
			}
		}
	}
	for k, w := range s.outs {
		if w == from {
			s.outs[k] = to
		}
	}
}

func (s *sheet) wire(d *category.Diagram, w category.WireID) int {
	s.wires = append(s.wires, d.TypeOf(w).In(s.home))
	return len(s.wires) - 1
}

// boxesOf are the nodes of d that read what at knows or nothing; the others
// take parameters apart.
func (s *sheet) boxesOf(d *category.Diagram, at map[category.WireID]int) []box {
	var boxes []box
	for _, n := range d.Nodes {
		b := box{node: n}
		parameter := len(n.In) > 0
		for _, w := range n.In {
			id, ok := at[w]
			if !ok {
				id = noWire
			}
			b.in = append(b.in, id)
			parameter = parameter && !ok
		}
		if parameter {
			continue
		}
		for _, w := range n.Out {
			at[w] = s.wire(d, w)
			b.out = append(b.out, at[w])
		}
		b.label, b.twice = label(n)
		if n.Given != category.NoWire {
			b.below = "given " + d.TypeOf(n.Given).In(s.home)
		}
		boxes = append(boxes, b)
	}
	return boxes
}

// label is what stands in the box of n.
func label(n *category.Node) (text string, twice bool) {
	switch op := n.Op.(type) {
	case *category.Call:
		return op.Arrow.Name, false
	case *category.Apply:
		return op.Prim.Decl.Name, false
	case *category.Project:
		if op.Field != "" {
			return "." + op.Field, false
		}
		return "." + strconv.Itoa(op.Index), false
	case *category.Pack:
		return "pack", false
	case *category.Constant:
		return strconv.FormatFloat(op.Value, 'g', 6, 64), false
	case *category.Grad:
		return "grad " + inside(op.Body), false
	case *category.Map:
		text := "map"
		if op.Over == category.Power {
			text += "[" + strconv.Itoa(op.N) + "]"
		}
		return text + " " + inside(op.Body), true
	case *category.Repeat:
		text := "repeat"
		if op.Over != category.Real {
			text = "fold"
		}
		if op.N > 0 {
			text += "[" + strconv.Itoa(op.N) + "]"
		}
		return text + " " + inside(op.Body), true
	}
	return "?", false
}

// inside names what a body is made of.
func inside(d *category.Diagram) string {
	var names []string
	for _, n := range d.Nodes {
		switch n.Op.(type) {
		case *category.Call, *category.Apply, *category.Map, *category.Repeat:
			text, _ := label(n)
			names = append(names, text)
		}
	}
	return "(" + strings.Join(names, " ") + ")"
}
