package main

import (
	"io"
	"maps"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// report shows people what was found in the specifications.
func (u *ui) report(specs []*spec) {
	_ = writeDiagnostics(u.stderr, "text", allDiagnostics(specs), u.textErr) // nowhere is left to say that this failed
}

// allDiagnostics lists what was found, once for a specification that several
// import.
func allDiagnostics(specs []*spec) []diag.Diagnostic {
	var all []diag.Diagnostic
	told, own := map[*diag.Source]bool{}, map[*diag.Source]bool{}
	for _, s := range specs {
		own[s.source] = true
	}
	for _, s := range specs {
		here := map[*diag.Source]bool{}
		for _, d := range s.diags.All() {
			// What is said of a specification in its own list says more.
			if src := d.Span.Src; src == nil || !told[src] && (src == s.source || !own[src]) {
				here[src] = true
				all = append(all, d)
			}
		}
		maps.Copy(told, here)
	}
	return all
}

// writeDiagnostics renders diagnostics in one of the formats of `check`.
func writeDiagnostics(w io.Writer, format string, all []diag.Diagnostic, opts diag.TextOptions) error {
	switch format {
	case "json":
		return diag.JSON(w, all)
	case "sarif":
		return diag.SARIF(w, all)
	case "github":
		return diag.GitHub(w, all)
	}
	return diag.Text(w, all, opts)
}
