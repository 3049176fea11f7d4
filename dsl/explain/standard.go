package explain

import (
	"io/fs"
	"regexp"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/std"
	"github.com/ctgen-lang/ctgen/internal/spelling"
)

// Declaration is one declaration of the standard library, as it stands there.
type Declaration struct {
	Kind string // arrow, object or law
	Name string
	Doc  string // its comment, as paragraphs
	Text string
}

// Topic is one file of the standard library.
type Topic struct {
	Name         string
	Doc          string
	Declarations []Declaration
}

// declared begins a declaration.
var declared = regexp.MustCompile(`(?m)^(arrow|object|law) +(\w+)`)

// Standard returns the standard library, file by file.
func Standard() []Topic {
	names, err := fs.Glob(std.Files, "*.cat")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	var all []Topic
	for _, file := range names {
		text, err := std.Files.ReadFile(file)
		if err != nil {
			panic(err) // embedded files are always readable
		}
		all = append(all, topic(strings.TrimSuffix(file, ".cat"), strings.ReplaceAll(string(text), "\r\n", "\n")))
	}
	return all
}

// topic reads a file in canonical layout: what belongs together stands without
// a blank line, comments first.
func topic(name, text string) Topic {
	t := Topic{Name: name}
	for _, part := range strings.Split(strings.TrimSpace(text), "\n\n") {
		var doc []string
		rest := strings.Split(part, "\n")
		for len(rest) > 0 && strings.HasPrefix(rest[0], "//") {
			doc = append(doc, strings.TrimPrefix(strings.TrimPrefix(rest[0], "//"), " "))
			rest = rest[1:]
		}
		body, prose := strings.Join(rest, "\n"), strings.Join(doc, "\n")
		at := declared.FindStringSubmatch(body)
		switch {
		case at != nil:
			t.Declarations = append(t.Declarations, Declaration{Kind: at[1], Name: at[2], Doc: prose, Text: body + "\n"})
		case strings.HasPrefix(body, "category "):
			t.Doc = prose
		}
	}
	return t
}

// FindStandard returns the declaration that word names, with or without `std.`
// in front. Where there is none, near is the name most likely meant, or empty.
func FindStandard(word string) (d Declaration, near string, ok bool) {
	word = strings.TrimPrefix(strings.TrimSpace(word), "std.")
	var names []string
	for _, t := range Standard() {
		for _, d := range t.Declarations {
			if d.Name == word {
				return d, "", true
			}
			names = append(names, d.Name)
		}
	}
	budget := len(names)
	return Declaration{}, spelling.Nearest(word, names, &budget), false
}
