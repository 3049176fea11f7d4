package runtime

import "strconv"

// ListError says that a list has too few elements for an arrow, or more than
// there is room for.
type ListError struct {
	Arrow  string // that takes it, as the specification calls it
	Object string // "List[Token]"
	Got    int
	Least  int // 0 where there are too many
	Most   int
}

func (e *ListError) Error() string {
	s := e.Arrow + ": a " + e.Object + " of " + strconv.Itoa(e.Got)
	if e.Least > 0 {
		return s + ", want at least " + strconv.Itoa(e.Least)
	}
	return s + ", want at most " + strconv.Itoa(e.Most)
}

// CheckList fails with a *ListError where a list of n elements is shorter than
// an arrow takes.
func CheckList(arrow, object string, n, least int) error {
	if n < least {
		return &ListError{Arrow: arrow, Object: object, Got: n, Least: least}
	}
	return nil
}

// ListSize is CheckList for a list that is to be no longer than there is room
// for either.
func ListSize(arrow, object string, n, least, most int) error {
	if n > most {
		return &ListError{Arrow: arrow, Object: object, Got: n, Most: most}
	}
	return CheckList(arrow, object, n, least)
}

// Place assigns to dst zeros, but for the elements from at on, which are those
// of src: the reverse of taking them out.
func Place[T any](dst, src []T, at int) {
	clear(dst[:at])
	clear(dst[at+copy(dst[at:], src):])
}
