package check

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// size bounds what walking and storing a type costs, names expanded.
type size struct {
	elements int64 // numbers stored; saturates
	parts    int64 // tensors and the constructors around them; saturates
	depth    int
}

// maxElements caps a tensor and a whole object; maxParts the tensors of an
// object, because generated code has a line for each; maxDepth the objects
// within objects.
const (
	maxElements = 1<<31 - 1
	maxParts    = 1 << 16
	maxDepth    = 200
	saturated   = 1 << 31 // its product with a dim stays in an int64
)

// fits reports whether typ stays within the caps, and reports where not.
func (c *checker) fits(typ *category.Type, span diag.Span) bool {
	s := c.sizeOf(typ)
	switch {
	case s.depth > maxDepth:
		c.report(diag.CT1001, span, fmt.Sprintf("this object is nested more than %d levels deep", maxDepth))
	case s.parts > maxParts:
		c.report(diag.CT1007, span, fmt.Sprintf("this object has more than %d parts", maxParts)).
			Hint("a power `A ^ n` or a tensor holds many alike as one part")
	case s.elements > maxElements:
		c.report(diag.CT1007, span, fmt.Sprintf("this object holds more than %d numbers", maxElements))
	default:
		return true
	}
	return false
}

// sizeOf walks every object and every type of several parts once, however
// often they are mentioned.
func (c *checker) sizeOf(t *category.Type) size {
	s := size{elements: 1, parts: 1}
	switch t.Kind {
	case category.Fin, category.Bool, category.Int, category.Text:
		s.depth++
		return s
	case category.Real:
		for _, n := range t.Dims {
			s.elements *= int64(n) // the cap on tensors keeps this below 2^31
		}
		s.depth++
		return s
	case category.Named:
		s, known := c.objectSizes[t.Object]
		if !known {
			s = c.sizeOf(t.Object.Type) // a name for it nests nothing
			c.objectSizes[t.Object] = s
		}
		return s
	}
	if s, ok := c.sizes[t]; ok {
		return s
	}
	switch t.Kind {
	case category.Tangent:
		s = c.sizeOf(t.Elem)
	case category.List, category.Option:
		s = c.sizeOf(t.Elem)
		s.parts++
	case category.Power:
		s = c.sizeOf(t.Elem)
		s.elements *= int64(t.N)
		s.parts++
	case category.Record:
		s.elements = 0
		for i := range t.Fields {
			s.add(c.sizeOf(t.Fields[i].Type))
		}
	case category.Product:
		s.elements = 0
		for _, it := range t.Items {
			s.add(c.sizeOf(it))
		}
	}
	s.depth++
	s.elements, s.parts = min(s.elements, saturated), min(s.parts, saturated)
	c.sizes[t] = s
	return s
}

func (s *size) add(t size) {
	s.elements = min(s.elements+t.elements, saturated)
	s.parts = min(s.parts+t.parts, saturated)
	s.depth = max(s.depth, t.depth)
}
