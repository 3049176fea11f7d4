package check

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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
	}
	return hex.EncodeToString(h.Sum(nil))
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
