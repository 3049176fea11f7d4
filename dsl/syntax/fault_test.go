package syntax

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// An error of participle's own that is no mismatch is shown as it is.
func TestTranslatesWhatItDoesNotKnow(t *testing.T) {
	src := diag.NewSource("t.cat", "dim N = 3")
	p := borrow(src, &diag.List{})
	defer p.giveBack()
	p.lex.fill(newScanner(src))
	f := cursor{p}.translate(errors.New("of another kind"), 0)
	require.Equal(t, diag.CT0101, f.Code)
	require.Contains(t, f.Diagnostic.Message, "of another kind")
	require.Equal(t, "dim", f.Span.Text())
}
