package explain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/format"
)

// constructions show the codes that no short text gives, as their pages say.
var constructions = map[diag.Code]func() []diag.Diagnostic{
	diag.CT0102: checked("object A\xff"),
	diag.CT0213: func() []diag.Diagnostic {
		_, l := check.Check(diag.NewSource("made.cat", "dim Hidden = 3"), check.Options{Set: map[string]int{"Hiden": 4}})
		return l.All()
	},
	diag.CT0809: func() []diag.Diagnostic {
		_, l := check.CheckStd(func(_, text string) string { return strings.Replace(text, "arrow gelu: R[..s]", "arrow gelu: Text", 1) })
		return l.All()
	},
	diag.CT1001: checked("object A = " + strings.Repeat("(", 2000) + "R" + strings.Repeat(")", 2000)),
	diag.CT1002: checked(strings.Repeat("// A specification is never as large.\n", 1<<19)),
	diag.CT1003: checked("object A\narrow f: A -> A\narrow g = f" + strings.Repeat(" >> f", 200_000)),
	diag.CT1009: checked("dim N = " + strings.Repeat("1", 2000)),
	diag.CT1010: checked(strings.Repeat("object A =\n", 1000)),
	diag.CT1102: checked("object Pair = Half ^ 2\nobject Half = R\nobject A = R\narrow f: A -> A = std.tanh"),
	diag.CT1107: func() []diag.Diagnostic {
		_, l := check.Check(diag.NewSource("made.cat", "object A"), check.Options{Vet: true, Docs: true})
		return l.All()
	},
}

func checked(text string) func() []diag.Diagnostic {
	return func() []diag.Diagnostic { return Diagnose(text) }
}

// Every code is shown: by examples that give it and no other fault, each with
// what is written instead, which gives none; or by a construction.
func TestExamplesOfCodes(t *testing.T) {
	for _, d := range diag.Descriptions() {
		require.Equal(t, d.Construction != "", constructions[d.Code] != nil, "%s: a construction is told and made, or neither", d.Code)
		require.True(t, len(d.Examples) > 0 || d.Construction != "", "%s is shown by nothing", d.Code)
		for i, e := range d.Examples {
			t.Run(fmt.Sprintf("%s/%d", d.Code, i+1), func(t *testing.T) {
				require.Equal(t, []diag.Code{d.Code}, codesOf(Diagnose(e.Faulty)), e.Faulty)
				require.NotEmpty(t, e.Mended)
				require.Empty(t, Diagnose(e.Mended), e.Mended)
				inLayout(t, e.Faulty)
				inLayout(t, e.Mended)
			})
		}
		if made := constructions[d.Code]; made != nil {
			t.Run(string(d.Code), func(t *testing.T) {
				codes := codesOf(made())
				require.Equal(t, d.Code, codes[len(codes)-1])
				if d.Code != diag.CT1010 && d.Code != diag.CT1102 { // which stand behind what they are about
					require.Len(t, codes, 1)
				}
			})
		}
	}
}

// inLayout requires that an example which can be read is in canonical layout.
func inLayout(t *testing.T, text string) {
	t.Helper()
	archive := txtar.Parse([]byte(text))
	for _, part := range append([]txtar.File{{Data: archive.Comment}}, archive.Files...) {
		var faults diag.List
		if formatted, ok := format.Source(diag.NewSource("example.cat", string(part.Data)), &faults); ok {
			require.Equal(t, formatted, string(part.Data))
		}
	}
}

func codesOf(ds []diag.Diagnostic) []diag.Code {
	var codes []diag.Code
	for _, d := range ds {
		codes = append(codes, d.Code)
	}
	return codes
}
