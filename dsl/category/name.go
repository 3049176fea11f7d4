package category

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Exported returns the exported Go identifier that name becomes: underscores
// separate words, each word starts with a capital (`learning_rate` and
// `LearningRate` both give LearningRate). It is "" where name has no letter or
// digit, and not exported where the first letter has no capital.
func Exported(name string) string {
	if name != "" && 'A' <= name[0] && name[0] <= 'Z' && strings.IndexByte(name, '_') < 0 {
		return name
	}
	var b strings.Builder
	b.Grow(len(name))
	for word := range strings.SplitSeq(name, "_") {
		r, n := utf8.DecodeRuneInString(word)
		if n == 0 {
			continue
		}
		b.WriteRune(unicode.ToUpper(r))
		b.WriteString(word[n:])
	}
	return b.String()
}
