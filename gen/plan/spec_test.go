package plan_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/stretchr/testify/require"
)

// checked checks a spec and requires that it is sound.
func checked(t *testing.T, name, text string) *category.Category {
	t.Helper()
	c, diags := check.Check(diag.NewSource(name, text), check.Options{})
	for _, d := range diags.All() {
		t.Log(d.Span, d.Message, d.Inline)
	}
	require.False(t, diags.HasErrors())
	return c
}

func specFile(t *testing.T, name string) *category.Category {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "specs", name))
	require.NoError(t, err)
	return checked(t, name, string(text))
}
