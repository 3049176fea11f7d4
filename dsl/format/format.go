package format

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// maxText is how large a formatted text may be: what is larger could not be
// read again.
var maxText = syntax.MaxFile

// Source returns the text of src in its canonical layout. Where src has
// syntax errors it reports them to diags and returns false: what cannot be
// read is not rearranged.
func Source(src *diag.Source, diags *diag.List) (string, bool) {
	var faults diag.List
	file := syntax.Parse(src, &faults)
	for _, d := range faults.All() {
		diags.Add(d)
	}
	if faults.HasErrors() {
		return "", false
	}
	text := File(file)
	if len(text) > maxText {
		diags.Report(diag.Diagnostic{Code: diag.CT1002, Span: diag.Span{Src: src},
			Message: fmt.Sprintf("formatted, this file would be larger than the %d MiB that a specification may have", syntax.MaxFile>>20)})
		return "", false
	}
	return text, true
}

// File returns the text of a file that was parsed without syntax errors in
// its canonical layout.
func File(file *syntax.File) string {
	w := newWriter(file, newMarks(file))
	w.write()
	w.align()
	return w.formatted()
}
