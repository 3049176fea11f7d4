package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// fingerprint identifies what a declaration means: its tokens and those of
// all that it leads to, dims by their values, and the standard library. Names
// share one flat namespace, so a name anywhere in a declaration can only mean
// the declaration of that name; one that is a field's as well does no harm.
func (c *checker) fingerprint(decl *syntax.ArrowDecl) string {
	text := map[string][]string{}
	c.meaning(decl, text)
	h := sha256.New()
	for _, src := range stdSources() {
		fmt.Fprintf(h, "%q\n", src.Text)
	}
	for _, name := range slices.Sorted(maps.Keys(text)) {
		fmt.Fprintf(h, "%q\n", text[name])
		if slices.ContainsFunc(text[name], func(word string) bool { return c.importNamed(word) != nil }) {
			c.hashImports(h)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashImports writes all that the specification imports: more than an arrow
// leads to, so that nothing which it does lead to is left out.
func (c *checker) hashImports(h io.Writer) {
	numbers := map[*checker]int{}
	var write func(c *checker)
	write = func(c *checker) {
		for _, imp := range c.imports {
			if imp.c == nil {
				continue
			}
			n, known := numbers[imp.c]
			if !known {
				n = len(numbers)
				numbers[imp.c] = n
				for _, d := range imp.c.cat.Dims {
					fmt.Fprintf(h, "%q %d\n", d.Name, d.Value)
				}
				for _, d := range imp.c.file.Decls {
					if !isDim(d) {
						fmt.Fprintf(h, "%q\n", syntax.Tokens(d.DeclSpan()))
					}
				}
				write(imp.c)
			}
			fmt.Fprintf(h, "%q %d\n", imp.name, n)
		}
	}
	write(c)
}

// meaning adds to text the tokens of decl and of what they name.
func (c *checker) meaning(decl syntax.Decl, text map[string][]string) {
	name := decl.DeclName().Text
	if text[name] != nil {
		return
	}
	if dim := c.dims[name]; dim != nil {
		text[name] = []string{name, fmt.Sprint(dim.Value)}
		return
	}
	text[name] = syntax.Tokens(decl.DeclSpan())
	for _, word := range text[name] {
		switch d := c.decls[word].(type) {
		case *syntax.DimDecl, *syntax.ObjectDecl, *syntax.ArrowDecl:
			c.meaning(d, text)
		}
		if by := c.gatherers[word]; by != nil {
			c.meaning(by, text)
		}
	}
}
