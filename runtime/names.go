package runtime

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Names are what data calls the values of an object that has few of them: the
// classes of Fin, false and true, or the members of a finite set.
type Names[A comparable] struct {
	Object string
	Values []A
	Names  []string // of each value
}

// Of is the name of v; of what is no value of the object, it says so.
func (n Names[A]) Of(v A) string {
	if i := slices.Index(n.Values, v); i >= 0 {
		return n.Names[i]
	}
	return "(no " + n.Object + ")"
}

// Parse is the value of that name.
func (n Names[A]) Parse(name string) (A, error) {
	if i := slices.Index(n.Names, name); i >= 0 {
		return n.Values[i], nil
	}
	var none A
	var there strings.Builder
	for i, s := range n.Names {
		if i > 0 {
			there.WriteString(", ")
		}
		there.WriteString(strconv.Quote(s))
	}
	return none, errors.New("no " + n.Object + " is called " + strconv.Quote(name) + "; there are " + there.String())
}
