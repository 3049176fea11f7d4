package check

import "github.com/ctgen-lang/ctgen/dsl/category"

// part is one place in a sequence of factors: a single object, or a row that
// stands for any number of them until it is solved. Parts are unified, never
// copied: two places that must agree share one part, or one links to the other.
type part struct {
	link  *part
	row   bool
	known *category.Type // of a single object
	parts seq            // of a solved row
	done  bool           // the row is solved
}

// seq is a product, factor by factor.
type seq []*part

func single() *part { return &part{} }
func rowVar() *part { return &part{row: true} }

// of returns the factors of t as a sequence of known parts.
func of(t *category.Type) seq {
	var s seq
	for _, f := range t.Factors() {
		s = append(s, &part{known: f})
	}
	return s
}

func (p *part) find() *part {
	for p.link != nil {
		p = p.link
	}
	return p
}

// flat replaces solved rows by what they stand for. Of a sequence that is too
// long it returns so much that this shows.
func (s seq) flat() seq {
	steps := 0
	return s.appendTo(nil, &steps)
}

func (s seq) appendTo(out seq, steps *int) seq {
	for _, p := range s {
		if *steps++; *steps > maxSteps || len(out) > maxFactors {
			for len(out) <= maxFactors {
				out = append(out, p)
			}
			return out
		}
		p = p.find()
		if p.row && p.done {
			out = p.parts.appendTo(out, steps)
			continue
		}
		out = append(out, p)
	}
	return out
}

// maxSteps caps what flattening a sequence takes; rows may stand for rows.
const maxSteps = 64 * maxFactors

// long reports whether s has more factors than a product may have: copies of
// copies double it.
func (s seq) long() bool { return len(s.flat()) > maxFactors }

// known reports whether every factor is a known object.
func (s seq) known() bool {
	for _, p := range s.flat() {
		if p.row || p.known == nil {
			return false
		}
	}
	return true
}

// typ returns the product the sequence stands for; nil parts become nil only
// where the sequence is not known.
func (s seq) typ() *category.Type {
	if !s.known() {
		return nil
	}
	return category.NewProduct(s.types()...)
}

func (s seq) types() []*category.Type {
	flat := s.flat()
	out := make([]*category.Type, len(flat))
	for i, p := range flat {
		out[i] = p.known
	}
	return out
}

// String renders a sequence, with an underscore for what is still open.
func (s seq) String() string {
	flat := s.flat()
	if len(flat) == 0 {
		return "1"
	}
	text := ""
	for i, p := range flat {
		if i > 0 {
			text += " * "
		}
		switch {
		case p.row:
			text += "…"
		case p.known == nil:
			text += "_"
		default:
			text += p.known.String()
		}
	}
	return text
}

// unified is the outcome of one attempt.
type unified uint8

const (
	agreed    unified = iota
	undecided         // two open rows on one side: try again once more is known
	clash
)

// unify makes a and b equal as far as that is decided.
func unify(a, b seq) unified {
	a, b = a.flat(), b.flat()
	if len(a) > maxFactors || len(b) > maxFactors {
		return clash
	}
	for len(a) > 0 && len(b) > 0 && !a[0].row && !b[0].row {
		if !unifyPart(a[0], b[0]) {
			return clash
		}
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && !a[len(a)-1].row && !b[len(b)-1].row {
		if !unifyPart(a[len(a)-1], b[len(b)-1]) {
			return clash
		}
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a) == 0 && len(b) == 0:
		return agreed
	case len(a) == 1 && len(b) == 1 && a[0] == b[0]:
		return agreed
	case len(a) == 1 && a[0].row:
		return a[0].solve(b)
	case len(b) == 1 && b[0].row:
		return b[0].solve(a)
	case rows(a) == 0 && rows(b) == 0:
		return clash // different lengths
	case rows(a) == 0 && singles(b) > len(a), rows(b) == 0 && singles(a) > len(b):
		return clash
	case rows(a) == 0 && sameRow(b):
		return splitEvenly(b, a)
	case rows(b) == 0 && sameRow(a):
		return splitEvenly(a, b)
	}
	return undecided
}

// solve lets row p stand for s, unless s mentions p.
func (p *part) solve(s seq) unified {
	for _, q := range s {
		if q == p {
			return undecided
		}
	}
	if len(s) == 1 && s[0].row {
		p.link = s[0]
		return agreed
	}
	p.done, p.parts = true, s
	return agreed
}

// splitEvenly solves copy: the same row several times over.
func splitEvenly(row, s seq) unified {
	n := len(row)
	if len(s)%n != 0 {
		return clash
	}
	k := len(s) / n
	row[0].done, row[0].parts = true, s[:k]
	for i := 1; i < n; i++ {
		for j := range k {
			if !unifyPart(s[j], s[i*k+j]) {
				return clash
			}
		}
	}
	return agreed
}

func sameRow(s seq) bool {
	for _, p := range s {
		if !p.row || p != s[0] {
			return false
		}
	}
	return len(s) > 0
}

func rows(s seq) (n int) {
	for _, p := range s {
		if p.row {
			n++
		}
	}
	return n
}

func singles(s seq) int { return len(s) - rows(s) }

func unifyPart(a, b *part) bool {
	a, b = a.find(), b.find()
	switch {
	case a == b:
		return true
	case a.known == nil:
		a.link = b
	case b.known == nil:
		b.link = a
	default:
		return a.known.Equal(b.known)
	}
	return true
}
