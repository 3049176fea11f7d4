package check

import (
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// columnNames are the columns that row r binds by name.
func columnNames(r *syntax.DataRow) []category.ColumnNames {
	var names []category.ColumnNames
	for _, n := range r.Names {
		to := n.From
		if n.To != nil {
			to = n.To
		}
		names = append(names, category.ColumnNames{From: n.From.Text, To: to.Text})
	}
	return names
}

// namesFit requires that row r may bind as many columns as factor takes, want: how
// many lie between two names only the file says.
func (b *binding) namesFit(r *syntax.DataRow, factor *category.Type, want int) bool {
	if !b.named.Known() {
		b.named = r.ColumnSpan
	}
	seen := map[string]diag.Span{}
	ranges := false
	for _, n := range r.Names {
		ranges = ranges || n.To != nil
		for _, q := range []*syntax.Quoted{n.From, n.To} {
			if q == nil {
				continue
			}
			first, twice := seen[q.Text]
			switch {
			case unreadable(q.Text) != "":
				b.report(diag.CT0903, q.Span, "the name of the column "+unreadable(q.Text))
				return false
			case twice:
				b.report(diag.CT0903, q.Span, fmt.Sprintf("column %s is bound to %s twice", q.Span.Text(), factor)).Label(first, "first here")
				return false
			}
			seen[q.Text] = q.Span
		}
	}
	have := len(seen)
	if have == want || ranges && have < want {
		return true
	}
	message := fmt.Sprintf("%s takes %s, and here are %d", factor, count(want, "column"), have)
	if ranges {
		message += " or more"
	}
	b.report(diag.CT0903, r.ColumnSpan, message).Label(factor.Object.Span, fmt.Sprintf("%s is declared here", factor))
	return false
}

// unreadable says why no cell is text.
func unreadable(text string) string {
	switch {
	case text == "":
		return "is empty"
	case text != strings.TrimSpace(text):
		return "begins or ends with white space, which is left out of cells"
	}
	return ""
}

// headerAgrees requires a header where columns are bound by its names.
func (b *binding) headerAgrees() bool {
	if !b.named.Known() || b.data.Header != "skip" && b.data.Header != "none" {
		return true
	}
	b.report(diag.CT0920, b.header, fmt.Sprintf("columns are bound by name, and the header is `%s`", b.data.Header)).
		Label(b.named, "by name here").
		Hint("remove the row, or write `header: names`")
	return false
}

// classesFit takes the names of classes of row r into col.
func (b *binding) classesFit(r *syntax.DataRow, col *category.Column) bool {
	if len(r.Classes) == 0 {
		return true
	}
	first := r.Classes[0].Span
	all := diag.Span{Src: first.Src, Start: first.Start, End: r.Classes[len(r.Classes)-1].Span.End}
	want := 0
	if leaves := col.Object.Leaves(); len(leaves) == 1 {
		want = classesOf(leaves[0], col.Object.RefinedSet())
		if r.OneHot {
			want = placesOf(leaves[0], col.Object.RefinedSet())
		}
	}
	switch {
	case want == 0 && r.OneHot:
		b.report(diag.CT0921, all, fmt.Sprintf("%s has no place for each class: one_hot makes a `R[k]`, or a `R[k] in simplex`", col.Object)).
			Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object))
		return false
	case r.OneHot && (r.Scale != nil || r.To != nil || r.Standardized):
		b.report(diag.CT0912, r.Span, fmt.Sprintf("%s is made of classes, so it cannot be scaled or standardized", col.Object))
		return false
	case want == 0:
		b.report(diag.CT0921, all, fmt.Sprintf("%s has no classes to name: those of `Fin`, `Bool` and finite sets have names", col.Object)).
			Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object))
		return false
	case want != len(r.Classes):
		what := "%s has %d values, and here are names of %d"
		if r.OneHot {
			what = "%s has places for %d classes, and here are names of %d"
		}
		b.report(diag.CT0921, all, fmt.Sprintf(what, col.Object, want, len(r.Classes))).
			Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object))
		return false
	}
	col.OneHot = r.OneHot
	seen := map[string]diag.Span{}
	for _, q := range r.Classes {
		if first, twice := seen[q.Text]; twice {
			b.report(diag.CT0921, q.Span, fmt.Sprintf("the class %s is named twice", q.Span.Text())).Label(first, "first here")
			return false
		}
		if what := unreadable(q.Text); what != "" {
			b.report(diag.CT0921, q.Span, "the name of the class "+what)
			return false
		}
		seen[q.Text] = q.Span
		col.Classes = append(col.Classes, q.Text)
	}
	return true
}

// placesOf is the number of classes that one_hot can tell apart, 0 for none.
func placesOf(leaf category.Leaf, refined *category.Set) int {
	set := leaf.Set
	if refined != nil {
		set = refined
	}
	if leaf.Kind != category.Real || len(leaf.Dims) != 1 || set != nil && !set.Simplex && (!set.Contains(0) || !set.Contains(1)) {
		return 0
	}
	return leaf.Dims[0]
}

// classesOf is the number of values that names can stand for, 0 for none.
func classesOf(leaf category.Leaf, refined *category.Set) int {
	set := leaf.Set
	if refined != nil {
		set = refined
	}
	switch {
	case leaf.Kind == category.Fin:
		return leaf.N
	case leaf.Kind == category.Bool:
		return 2
	case leaf.Kind == category.Real && set != nil && set.Finite:
		return len(set.Elems)
	}
	return 0
}
