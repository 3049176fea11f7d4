package plan

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// snake writes a name of the spec in lower case, words apart: LearningRate
// becomes learning_rate, Adam[Network] adam_network.
func snake(name string) string {
	var b strings.Builder
	var before rune
	for _, r := range name {
		switch {
		case unicode.IsUpper(r):
			if unicode.IsLower(before) || unicode.IsDigit(before) {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && before != '_':
			b.WriteByte('_')
			r = '_'
		default:
			r = before
		}
		before = r
	}
	return strings.Trim(b.String(), "_")
}

// uniquer hands out names, numbering those asked for again.
type uniquer map[string]int

func (u uniquer) name(want string) string {
	if want == "" {
		want = "value"
	}
	u[want]++
	if u[want] == 1 {
		return want
	}
	for {
		name := want + "_" + strconv.Itoa(u[want])
		if u[name] == 0 {
			u[name]++
			return name
		}
		u[want]++
	}
}

// leafName is the readable name of leaf l of an object of type t.
func leafName(wire string, t *category.Type, l *category.Leaf) string {
	base := snake(wire)
	if base == "" && len(l.Path) == 0 {
		base = typeName(t)
	}
	for _, p := range l.Path {
		if base != "" {
			base += "_"
		}
		base += snake(p)
	}
	if base != "" && base[0] >= '0' && base[0] <= '9' {
		base = "part_" + base
	}
	return base
}

func typeName(t *category.Type) string {
	switch t.Kind {
	case category.Named:
		return snake(t.Object.Name)
	case category.Tangent:
		return "d_" + typeName(t.Elem)
	case category.List:
		return typeName(t.Elem)
	case category.Power:
		if s := typeName(t.Elem); s != "" {
			return s + "s" + strconv.Itoa(t.N)
		}
	}
	return ""
}
