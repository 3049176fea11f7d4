package golang

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGroupImports(t *testing.T) {
	for _, tc := range []struct{ name, in, want string }{
		{"both", "package p\n\nimport (\n\t\"context\"\n\t\"a.b/c\"\n\t\"testing\"\n)\n\nvar x = \"\\n)\\n\"\n", "package p\n\nimport (\n\t\"context\"\n\t\"testing\"\n\n\t\"a.b/c\"\n)\n\nvar x = \"\\n)\\n\"\n"},
		{"one group", "package p\n\nimport (\n\t\"a.b/c\"\n\t\"a.b/d\"\n)\n", "package p\n\nimport (\n\t\"a.b/c\"\n\t\"a.b/d\"\n)\n"},
		{"single", "package p\n\nimport \"fmt\"\n", "package p\n\nimport \"fmt\"\n"},
		{"none", "package p\n", "package p\n"},
	} {
		t.Run(tc.name, func(t *testing.T) { require.Equal(t, tc.want, string(groupImports([]byte(tc.in)))) })
	}
}
