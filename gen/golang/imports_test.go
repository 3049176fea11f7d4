package golang

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestImportBlock(t *testing.T) {
	for _, tc := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"of a module without a dot", []string{"\t\"demo/layers\"", "\t\"context\""}, "\nimport (\n\t\"context\"\n\n\t\"demo/layers\"\n)\n"},
		{"both", []string{"\t\"a.b/c\"", "\t\"testing\"", "\t\"context\"", "\t\"testing\""}, "\nimport (\n\t\"context\"\n\t\"testing\"\n\n\t\"a.b/c\"\n)\n"},
		{"one group", []string{"\t\"a.b/d\"", "\t\"a.b/c\""}, "\nimport (\n\t\"a.b/c\"\n\t\"a.b/d\"\n)\n"},
		{"alias", []string{"\tz \"a.b/c\"", "\t\"a.b/d\""}, "\nimport (\n\tz \"a.b/c\"\n\t\"a.b/d\"\n)\n"},
		{"single", []string{"\t\"fmt\"", "\t\"fmt\""}, "\nimport \"fmt\"\n"},
		{"none", nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.Equal(t, tc.want, importBlock(tc.lines, func(p string) bool { return p == "demo/layers" }))
		})
	}
}
