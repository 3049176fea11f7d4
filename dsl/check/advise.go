package check

import (
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/vet"
)

// maxTried caps how much text is checked to try remedies, in bytes.
const maxTried = 1 << 20

// advise returns diags with the warnings about u and the fixes for it that the
// options ask for. Imported specifications have theirs where they are checked
// themselves.
func (o Options) advise(u *unit, diags *diag.List) *diag.List {
	all := diags.Copy()
	if o.Vet && diags.Len() == 0 && !u.failed {
		vet.Report(vet.Spec{File: u.file, Category: u.c.cat, Std: u.c.std.prims}, vet.Options{Docs: o.Docs}, all)
	}
	if o.Fixes {
		src := u.file.Source
		all.Try(src, u.size(map[*unit]bool{}), maxTried, func(edited *diag.Source) *diag.List {
			again := o
			again.Fixes = false
			again.Program = o.Program.With(src, edited)
			_, diags := Check(edited, again)
			return diags
		})
	}
	return all
}

// size is how much text a check of u reads, in bytes.
func (u *unit) size(seen map[*unit]bool) int {
	if u == nil || seen[u] {
		return 0
	}
	seen[u] = true
	n := len(u.file.Source.Text)
	for _, of := range u.imports {
		n += of.size(seen)
	}
	return n
}
