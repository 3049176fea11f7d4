package syntax

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func TestImports(t *testing.T) {
	src := diag.NewSource("a.cat", `category a
import "layers.cat"
object A = layers.Hidden
import  "../b/c.cat" as c // of another folder
arrow import: A -> c . B = layers.encode >> (c.f as import)
`)
	var diags diag.List
	f := Parse(src, &diags)
	require.Empty(t, diags.All())
	require.Len(t, f.Imports, 2)
	assert.Equal(t, "layers.cat", f.Imports[0].Path.Text)
	assert.Nil(t, f.Imports[0].As)
	assert.Equal(t, "../b/c.cat", f.Imports[1].Path.Text)
	assert.Equal(t, "c", f.Imports[1].As.Text)
	assert.Equal(t, `import  "../b/c.cat" as c`, f.Imports[1].Span.Text())
	require.Len(t, f.Decls, 2)
	assert.Equal(t, "layers.Hidden", f.Decls[0].(*ObjectDecl).Type.(*TypeName).Name.Text)
	arrow := f.Decls[1].(*ArrowDecl)
	assert.Equal(t, "import", arrow.Name.Text, "a word that is no keyword but in front of a text")
	cod := arrow.Cod.(*TypeName)
	assert.Equal(t, "c.B", cod.Name.Text)
	assert.Equal(t, "c . B", cod.Span.Text())
	assert.IsType(t, &TermProject{}, arrow.Term.(*TermCompose).F)
}

func TestImportFaults(t *testing.T) {
	for text, want := range map[string]string{
		"import layers\nobject A":                "a.cat:1:8: expected the path of a file in quotation marks after `import`, found `layers`",
		"import \"layers.cat\nobject A":          "a.cat:1:8: this text has no closing quotation mark on its line",
		"import \"a\\b.cat\"\nobject A":          "a.cat:1:10: a `\\` stands alone in this text",
		"import \"l.cat\" as\nobject A":          "a.cat:1:18: expected the name of the import after `as`, but the declaration ends here",
		"import \"l.cat\" l\nobject A":           "a.cat:1:16: expected `as` or the next declaration after `\"l.cat\"`, found `l`",
		"object A = l.\nimport \"l.cat\"":        "a.cat:1:14: expected a name of the imported specification after `.`, but the declaration ends here",
		"object A =\nimport \"l.cat\"\nobject B": "a.cat:1:11: expected an object or a dimension after `=`, but the declaration ends here",
	} {
		var diags diag.List
		Parse(diag.NewSource("a.cat", text), &diags)
		all := diags.All()
		if assert.Len(t, all, 1, text) {
			assert.Equal(t, want, all[0].Span.String()+": "+all[0].Message)
		}
	}
}
