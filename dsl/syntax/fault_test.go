package syntax

import (
	"errors"
	"testing"

	"github.com/alecthomas/participle/v2/lexer"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// An error of participle's own that is no mismatch is shown as it is.
func TestTranslatesWhatItDoesNotKnow(t *testing.T) {
	src := diag.NewSource("t.cat", "dim N = 3")
	p := borrow(src, &diag.List{})
	defer p.giveBack()
	lex, err := lexer.Upgrade(newScanner(src))
	require.NoError(t, err)
	f := cursor{p, lex}.translate(errors.New("of another kind"), lex.MakeCheckpoint())
	require.Equal(t, diag.CT0101, f.Code)
	require.Contains(t, f.Diagnostic.Message, "of another kind")
	require.Equal(t, "dim", f.Span.Text())
}
