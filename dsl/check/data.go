package check

import (
	"fmt"
	"math"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// data checks every `data` line.
func (c *checker) data() {
	for _, d := range c.file.Decls {
		if decl, ok := d.(*syntax.DataDecl); ok && c.decls[decl.Name.Text] == d {
			data := c.dataDecl(decl)
			c.dataBy[decl.Name.Text] = data
			if data != nil {
				c.cat.Data = append(c.cat.Data, data)
			}
		}
	}
}

// dataFormats are the formats of this version.
var dataFormats = []string{"csv", "idx", "text"}

// laterFormats are formats that the language plans for.
var laterFormats = []string{"jsonl", "npy", "parquet", "images", "tsv"}

func (c *checker) dataDecl(decl *syntax.DataDecl) *category.Data {
	data := &category.Data{
		Name: decl.Name.Text, Doc: decl.Doc, Span: decl.Name.Span,
		Type: c.resolveType(decl.Type), Format: decl.Format.Text, Path: decl.Path, Split: [2]int{1, 0},
	}
	if !slices.Contains(dataFormats, data.Format) {
		e := c.report(diag.CT0906, decl.Format.Span, fmt.Sprintf("data from `%s` is not in this version", data.Format))
		if slices.Contains(laterFormats, data.Format) || !c.didYouMean(e, decl.Format, "", dataFormats) {
			e.Hint("the formats are `csv`, `idx` and `text`")
		}
		return nil
	}
	if data.Path == "" {
		c.report(diag.CT0915, decl.PathSpan, "the path of the data is empty")
		return nil
	}
	if data.Type == nil {
		return nil
	}
	b := &binding{checker: c, decl: decl, data: data, columns: map[*category.Object]*category.Column{}}
	if data.Format == "text" {
		if !b.text() {
			return nil
		}
		return data
	}
	if !b.factors() {
		return nil
	}
	ok := true
	for i := range decl.Rows {
		ok = b.row(&decl.Rows[i]) && ok
	}
	if !b.complete() || !ok {
		return nil
	}
	return data
}

// binding is one data declaration while its rows are read.
type binding struct {
	*checker
	decl          *syntax.DataDecl
	data          *category.Data
	spans         []diag.Span // where each factor of a row is written
	columns       map[*category.Object]*category.Column
	named         diag.Span // of the first columns bound by name
	tested        diag.Span // of the first test file
	untested      diag.Span // of the first row without one
	split, header diag.Span // of the rows seen
	strange       int       // rows of no known key: each may be the one that is missing
}

// factors requires that a row is a product of distinct named objects of fixed
// size.
func (b *binding) factors() bool {
	factors := b.data.Type.Factors()
	b.spans = factorSpans(b.decl.Type, len(factors))
	ok := len(factors) > 0
	if !ok {
		b.report(diag.CT0911, b.decl.Type.TypeSpan(), "a row of data holds something, not 1")
	}
	for i, f := range factors {
		switch {
		case width(f) == 0:
			b.report(diag.CT0911, b.spans[i], fmt.Sprintf("%s has no fixed number of columns", f))
			ok = false
		case f.Kind != category.Named:
			e := b.report(diag.CT0911, b.spans[i], fmt.Sprintf("columns are bound to objects by name, and %s has none", f))
			if !abbreviates(f) {
				e.Hint(fmt.Sprintf("declare one: `object Name = %s`", f))
			}
			ok = false
		case slices.ContainsFunc(factors[:i], f.Equal):
			b.report(diag.CT0911, b.spans[i], fmt.Sprintf("%s is in this row twice, so its columns cannot be told apart", f)).
				Hint(fmt.Sprintf("declare another object over it: `object Other = %s`", f))
			ok = false
		}
	}
	return ok
}

// width is the number of columns that t takes, 0 where that is not fixed.
func width(t *category.Type) int {
	if hasList(t) {
		return 0
	}
	n := 0
	for _, l := range t.Leaves() {
		n += l.Size()
	}
	return n
}

func hasList(t *category.Type) bool {
	switch t = t.Carrier(); t.Kind {
	case category.List, category.Option:
		return true
	case category.Power:
		return hasList(t.Elem)
	case category.Record:
		return slices.ContainsFunc(t.Fields, func(f category.Field) bool { return hasList(f.Type) })
	case category.Product:
		return slices.ContainsFunc(t.Items, hasList)
	}
	return false
}

// factorSpans returns where the n factors of t are written, the whole of t
// for each where an abbreviation hides them.
func factorSpans(t syntax.Type, n int) []diag.Span {
	var spans []diag.Span
	var walk func(syntax.Type)
	walk = func(t syntax.Type) {
		switch u := t.(type) {
		case *syntax.TypeParen:
			walk(u.In)
			return
		case *syntax.TypeBinary:
			if u.Op == '*' {
				walk(u.L)
				walk(u.R)
				return
			}
		case *syntax.TypeInt:
			return
		}
		spans = append(spans, t.TypeSpan())
	}
	walk(t)
	if len(spans) != n {
		return slices.Repeat([]diag.Span{t.TypeSpan()}, n)
	}
	return spans
}

func (b *binding) row(r *syntax.DataRow) bool {
	factor := b.factor(r.Key.Text)
	switch {
	case factor != nil:
		return b.bind(r, factor)
	case r.Key.Text == "split":
		return b.once(r, &b.split) && b.splitRow(r)
	case r.Key.Text == "header" && !b.files():
		return b.once(r, &b.header) && b.headerRow(r)
	}
	b.strange++
	names := []string{"split"}
	if !b.files() {
		names = append(names, "header")
	}
	for _, f := range b.data.Type.Factors() {
		names = append(names, f.In(b.cat))
	}
	b.unknownRow(r, names)
	return false
}

// unknownRow reports a row of no known key.
func (b *binding) unknownRow(r *syntax.DataRow, known []string) {
	if d, ok := b.decls[r.Key.Text]; ok {
		b.report(diag.CT0901, r.Key.Span, fmt.Sprintf("`%s` is no part of a row, which is %s", r.Key.Text, b.data.Type)).
			Label(d.DeclName().Span, fmt.Sprintf("`%s` is declared here", r.Key.Text))
		return
	}
	what := "a data declaration"
	if b.data.Format != "csv" {
		what = "data from `" + b.data.Format + "`"
	}
	e := b.report(diag.CT0901, r.Key.Span, fmt.Sprintf("%s has no entry `%s`", what, r.Key.Text))
	b.didYouMean(e, r.Key, "", known)
}

func (b *binding) factor(name string) *category.Type {
	for _, f := range b.data.Type.Factors() {
		if f.In(b.cat) == name {
			return f
		}
	}
	return nil
}

// once reports a second row of one key; seen holds the span of the first.
func (b *binding) once(r *syntax.DataRow, seen *diag.Span) bool {
	if seen.Known() {
		b.report(diag.CT0902, r.Key.Span, fmt.Sprintf("`%s` appears twice", r.Key.Text)).Label(*seen, "first here")
		return false
	}
	*seen = r.Key.Span
	return true
}

func (b *binding) bind(r *syntax.DataRow, factor *category.Type) bool {
	if first := b.columns[factor.Object]; first != nil {
		return b.once(r, &first.Span)
	}
	col := &category.Column{Object: factor, First: r.First, Last: r.Last, Names: columnNames(r), Standardized: r.Standardized, Span: r.Key.Span}
	b.columns[factor.Object] = col
	if b.files() {
		return b.fileFits(r, col) && b.preprocess(r, col)
	}
	return b.columnsFit(r, factor) && b.classesFit(r, col) && b.preprocess(r, col)
}

// exampleRow is a row that would bind factor.
func (b *binding) exampleRow(factor *category.Type) string {
	switch w := width(factor); {
	case b.files():
		return fmt.Sprintf("%s: file \"…\"", factor)
	case w > 1:
		return fmt.Sprintf("%s: columns 1..%d", factor, w)
	}
	return fmt.Sprintf("%s: column 1", factor)
}

// preprocess checks `scaled by`, `scaled to` and `standardized`.
func (b *binding) preprocess(r *syntax.DataRow, col *category.Column) bool {
	if r.Scale == nil && r.To == nil && !r.Standardized {
		return true
	}
	for _, leaf := range col.Object.Leaves() {
		if leaf.Kind != category.Real || leaf.Set != nil && leaf.Set.Finite {
			b.report(diag.CT0912, r.Span, fmt.Sprintf("%s is no measured quantity, so it cannot be scaled or standardized", col.Object)).
				Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object))
			return false
		}
		if r.To != nil && leaf.Set != nil {
			b.report(diag.CT0912, r.Span, fmt.Sprintf("rows that are held out may leave the range, and with it %s, the set of %s", leaf.Set, col.Object)).
				Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object)).
				Hint("scale an object without a set")
			return false
		}
		if r.Standardized && leaf.Set != nil {
			b.report(diag.CT0912, r.Span, fmt.Sprintf("standardized values do not stay within %s, the set of %s", leaf.Set, col.Object)).
				Label(col.Object.Object.Span, fmt.Sprintf("%s is declared here", col.Object)).
				Hint("standardize an object without a set")
			return false
		}
	}
	if r.To != nil {
		return b.rangeFits(r.To, col)
	}
	if r.Scale == nil {
		return true
	}
	v, ok := b.constant(*r.Scale)
	if ok && (v == 0 || math.IsInf(v, 0)) {
		b.report(diag.CT0909, r.Scale.Span, "the scale must be a finite number other than 0")
		return false
	}
	col.Scale = v
	return ok
}

// rangeFits takes the range that `scaled to` names into col.
func (b *binding) rangeFits(to *syntax.ScaledTo, col *category.Column) bool {
	low, ok := b.constant(to.Low)
	high, fine := b.constant(to.High)
	if !ok || !fine {
		return false
	}
	if !(low < high) || math.IsInf(low, 0) || math.IsInf(high, 0) {
		b.report(diag.CT0909, to.Span, "the range must be of two finite numbers, the lower first")
		return false
	}
	col.Range = [2]float64{low, high}
	return true
}

func (b *binding) splitRow(r *syntax.DataRow) bool {
	wrong := func(n int) bool { return n < 1 || n > 1e6 }
	if len(r.Split) < 2 || len(r.Split) > 3 || slices.ContainsFunc(r.Split, wrong) {
		b.report(diag.CT0905, r.Span, "a split has two or three parts above 0: for training, held out, and for a test at the end").
			Hint("such as `split: 80 / 20` or `split: 70 / 15 / 15`")
		return false
	}
	b.data.Split = [2]int{r.Split[0], r.Split[1]}
	if len(r.Split) == 3 {
		b.data.TestPart = r.Split[2]
	}
	if b.data.Format == "text" && (len(r.Split) == 3 || r.Stratify != nil) {
		b.report(diag.CT0905, r.Span, "a text is split in two: its rows are not independent of those beside them").
			Hint("such as `split: 90 / 10`, which holds out the end of the text")
		return false
	}
	return r.Stratify == nil || b.stratify(r.Stratify)
}

// stratify requires that by is a factor that has one class for each row.
func (b *binding) stratify(by *syntax.Name) bool {
	var have []string
	for _, f := range b.data.Type.Factors() {
		if hasClasses(f) {
			have = append(have, f.In(b.cat))
		}
	}
	f := b.factor(by.Text)
	if f != nil && hasClasses(f) {
		b.data.Stratify = f
		return true
	}
	message := fmt.Sprintf("`%s` is no part of a row, which is %s", by.Text, b.data.Type)
	if f != nil {
		message = fmt.Sprintf("%s has no classes, so it cannot be stratified by", f)
	}
	e := b.report(diag.CT0905, by.Span, message)
	if f != nil {
		e.Label(f.Object.Span, fmt.Sprintf("%s is declared here", f))
	}
	switch len(have) {
	case 0:
		e.Hint("classes are those of a `Fin`, a `Bool` or a finite set such as {0, 1}")
	case 1:
		e.Hint(fmt.Sprintf("such as `stratified by %s`", have[0]))
	default:
		b.didYouMean(e, *by, "", have)
	}
	return false
}

// hasClasses reports whether t is one class for each row: a Fin, a Bool or a member
// of a finite set.
func hasClasses(t *category.Type) bool {
	if width(t) != 1 {
		return false
	}
	leaf := t.Leaves()[0]
	set := leaf.Set
	if s := t.RefinedSet(); s != nil {
		set = s
	}
	return leaf.Kind == category.Fin || leaf.Kind == category.Bool || leaf.Kind == category.Real && set != nil && set.Finite
}

// complete requires that every factor is bound, and lays the columns out in
// the order of the factors.
func (b *binding) complete() bool {
	ok := true
	for i, f := range b.data.Type.Factors() {
		col := b.columns[f.Object]
		if col == nil && b.strange > 0 {
			b.strange--
			ok = false
			continue
		}
		if col == nil {
			what := "no columns are bound to %s"
			if b.files() {
				what = "no file is bound to %s"
			}
			b.report(diag.CT0904, b.spans[i], fmt.Sprintf(what, f)).
				Hint(fmt.Sprintf("add a row such as `%s`", b.exampleRow(f)))
			ok = false
			continue
		}
		b.data.Columns = append(b.data.Columns, *col)
	}
	return b.headerAgrees() && ok && b.testsAgree()
}
