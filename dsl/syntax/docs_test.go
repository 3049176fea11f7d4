package syntax

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDocComments(t *testing.T) {
	for _, c := range []struct {
		name, text string
		doc        []string
	}{
		{"above", "// One.\n//  Two.\nobject A", []string{"One.", " Two."}},
		{"aside", "object A = R // One.\n// Two.", []string{"One."}},
		{"above wins", "// One.\nobject A // Two.", []string{"One."}},
		{"blank line between", "// One.\n\nobject A", nil},
		{"only the block directly above", "// One.\n\n// Two.\nobject A", []string{"Two."}},
		{"the comment of another line", "object B // One.\nobject A", nil},
		{"below", "object A\n// One.", nil},
		{"behind the last line", "object A = {\n a: R // One.\n} // Two.", []string{"Two."}},
		{"behind the line of the name", "object A = { // One.\n a: R // Two.\n}", []string{"One."}},
		{"of a field only", "object A = {\n a: R // Two.\n}", nil},
		{"without text", "//\n// One.\nobject A", []string{"", "One."}},
		{"slashes in a string", "data A: B from csv \"http://x\" {}", nil},
		{"behind another on its line", "object B object A // One.", []string{"One."}},
		{"behind the next on its line", "object A object B // One.", nil},
		{"above another on its line", "// One.\nobject B object A", nil},
		{"inside the first braces", "object A = { a: R, // One.\n b: R }", nil},
		{"behind braces", "object A = { a: R } // One.\n in simplex", []string{"One."}},
		{"braces in a path", "data A: B from csv \"{x\" { // One.\n}", []string{"One."}},
		{"indented", "  // One.\n  object A", []string{"One."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			file, ds := parse(c.text)
			require.Empty(t, ds)
			for _, d := range file.Decls {
				if d.DeclName().Text != "A" {
					continue
				}
				switch d := d.(type) {
				case *ObjectDecl:
					require.Equal(t, c.doc, d.Doc)
				case *DataDecl:
					require.Equal(t, c.doc, d.Doc)
				}
			}
		})
	}
}

func TestFileDoc(t *testing.T) {
	file, _ := parse("// Licence.\n\n// What it is.\n// More.\ncategory c // aside\n\n// Of A.\nobject A")
	require.Equal(t, []string{"What it is.", "More."}, file.Doc)
	require.Equal(t, "c", file.Category.Text)
	require.Len(t, file.Comments, 5)

	file, _ = parse("// Of A.\nobject A")
	require.Nil(t, file.Category)
	require.Empty(t, file.Doc)
}
