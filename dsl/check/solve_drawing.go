package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// drawn shows two ports of a scheme, one above the other, each with the shape
// that it meets here and carets below what stands for v. It is empty where a
// port is drawn otherwise than by the numbers in its brackets.
func (s *solver) drawn(v string, first, second *bracket) string {
	names := max(len(first.port.Name), len(second.port.Name))
	schemes := max(len(portText(first.port, false)), len(portText(second.port, false)))
	var b strings.Builder
	for i, k := range []*bracket{first, second} {
		other := []*bracket{second, first}[i]
		text, marks, ok := s.marked(v, k, other)
		if !ok {
			return ""
		}
		if i > 0 {
			b.WriteByte('\n')
		}
		before := fmt.Sprintf("%-*s is %-*s  here ", names, k.port.Name, schemes, portText(k.port, false))
		b.WriteString(before + text + "\n" + strings.Repeat(" ", len(before)) + marks)
	}
	return b.String()
}

// marked writes the shape of a bracket with carets below what stands for v; of
// several axes, below those that differ from the other's.
func (s *solver) marked(v string, b, other *bracket) (text, marks string, ok bool) {
	if b.port.Kind == category.Fin && len(b.dims) == 0 && b.port.FinSize != nil && b.port.FinSize.Var == v {
		n := strconv.Itoa(b.fin)
		return "Fin[" + n + "]", "    " + strings.Repeat("^", len(n)), true
	}
	from, to, ok := s.extentsOf(v, b)
	if !ok || b.port.Kind != category.Real {
		return "", "", false
	}
	if len(b.dims) == 0 {
		return "R", "^", true
	}
	start, end, _ := s.extentsOf(v, other)
	text, marks = "R[", "  "
	for i, n := range b.dims {
		if i > 0 {
			text, marks = text+", ", marks+"  "
		}
		mark := " "
		if i >= from && i < to && !(end-start == to-from && other.dims[start+i-from] == n) {
			mark = "^"
		}
		text += strconv.Itoa(n)
		marks += strings.Repeat(mark, len(strconv.Itoa(n)))
	}
	if from == to { // a segment of no axes
		return text + "]", " ^", true
	}
	return text + "]", strings.TrimRight(marks, " "), true
}

// extentsOf returns which of a bracket's extents stand for v. At most one
// segment is of unknown length, and takes what the others leave.
func (s *solver) extentsOf(v string, b *bracket) (from, to int, ok bool) {
	fixed := 0
	for _, d := range b.port.Shape {
		switch seg, known := s.segs[d.Var]; {
		case !d.Segment:
			fixed++
		case known:
			fixed += len(seg)
		}
	}
	at := 0
	for _, d := range b.port.Shape {
		n := 1
		if seg, known := s.segs[d.Var]; d.Segment && known {
			n = len(seg)
		} else if d.Segment {
			n = max(0, len(b.dims)-fixed)
		}
		if d.Var == v {
			return at, min(at+n, len(b.dims)), at <= len(b.dims)
		}
		at += n
	}
	return 0, 0, false
}
