package check

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Every example of the table of codes gives its code and no other fault, and
// what is written instead gives none.
func TestExamplesOfCodes(t *testing.T) {
	for _, d := range diag.Descriptions() {
		for i, e := range d.Examples {
			t.Run(fmt.Sprintf("%s/%d", d.Code, i+1), func(t *testing.T) {
				_, diags := Check(diag.NewSource("example.cat", e.Faulty), Options{})
				var codes []diag.Code
				for _, f := range diags.All() {
					if f.Severity == diags.All()[0].Severity {
						codes = append(codes, f.Code)
					}
				}
				require.Equal(t, []diag.Code{d.Code}, codes, "%s\n%v", e.Faulty, diags.All())
				if e.Mended != "" {
					_, diags = Check(diag.NewSource("example.cat", e.Mended), Options{})
					require.False(t, diags.HasErrors(), "%s\n%v", e.Mended, diags.All())
				}
			})
		}
	}
}
