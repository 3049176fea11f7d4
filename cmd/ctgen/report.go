package main

import (
	"fmt"
	"io"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// report shows people what was found in the specifications.
func (u *ui) report(specs []*spec) {
	writeDiagnostics(u.stderr, "text", allDiagnostics(specs), u.colorErr)
}

func allDiagnostics(specs []*spec) []diag.Diagnostic {
	var all []diag.Diagnostic
	for _, s := range specs {
		all = append(all, s.diags.All()...)
	}
	return all
}

// writeDiagnostics renders diagnostics in one of the formats of `check`.
func writeDiagnostics(w io.Writer, format string, all []diag.Diagnostic, color bool) error {
	for _, d := range all {
		if _, err := fmt.Fprintf(w, "%s[%s]: %s\n  --> %s\n", d.Severity, d.Code, d.Message, d.Span); err != nil {
			return err
		}
	}
	return nil
}
