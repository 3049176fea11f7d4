package plan

import (
	"strconv"
	"strings"
	"unicode"
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
