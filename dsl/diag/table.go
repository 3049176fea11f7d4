package diag

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

//go:embed codes.go
var table string

// Description is what the table of codes says about one code.
type Description struct {
	Code    Code
	Title   string // what is wrong, in a few words
	Detail  string // when it happens; may be empty
	Example string // a faulty piece of a specification; may be empty
}

var codeLine = regexp.MustCompile(`(?m)^\tCT\d{4} Code = "(CT\d{4})" // (.*)$`)

// Descriptions returns the table of codes in order. It is read from the
// comments beside the constants, so that code and documentation are one text.
var Descriptions = sync.OnceValue(func() []Description {
	var all []Description
	for _, m := range codeLine.FindAllStringSubmatch(table, -1) {
		d := Description{Code: Code(m[1])}
		text, example, _ := strings.Cut(m[2], " Example: ")
		d.Title, d.Detail, _ = strings.Cut(text, ": ")
		d.Detail, d.Example = strings.TrimSuffix(d.Detail, "."), example
		d.Title = strings.TrimSuffix(d.Title, ".")
		all = append(all, d)
	}
	return all
})

// Describe returns what the table says about code.
func Describe(code Code) Description {
	for _, d := range Descriptions() {
		if d.Code == code {
			return d
		}
	}
	return Description{Code: code, Title: string(code)}
}
