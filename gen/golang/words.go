package golang

import (
	"unicode"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// exported turns a spec name into an exported Go identifier: learning_rate
// and LearningRate both become LearningRate.
func exported(name string) string {
	s := category.Exported(name)
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(r) {
		return "X" + s // digits and scripts without case
	}
	return s
}

// unexported turns a spec name into an unexported Go identifier; a leading
// run of capitals falls as one: GPT becomes gpt, HTTPServer httpServer.
func unexported(name string) string {
	runes := []rune(exported(name))
	for i, r := range runes {
		if !unicode.IsUpper(r) {
			break
		}
		if i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break
		}
		runes[i] = unicode.ToLower(r)
	}
	return string(runes)
}
