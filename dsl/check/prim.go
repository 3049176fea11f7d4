package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// primBuilder turns one arrow by equations into a primitive. In std the
// signature is a scheme over shapes or over an object; in a user's file it
// names objects, whose carriers give every port a fixed shape.
type primBuilder struct {
	c      *checker
	a      *syntax.ArrowDecl
	std    bool
	decl   *category.PrimDecl
	dims   map[string]bool      // dimension variables; segments included
	leaf   string               // the index variable that runs over a leaf, in a scheme over objects
	order  map[string]int       // tensors already written, by the line that writes them
	names  map[string]diag.Span // where tensors are named, as far as the arrow itself says
	read   map[string]bool      // tensors that some line reads
	faulty map[string]bool      // intermediates whose line is faulty
	unkept bool                 // `keeps` has a fault, so that what it lacks is not known
	loose  []*line              // lines that use names nobody knows
	failed bool
}

// primDecl builds the primitive that a user's arrow by equations declares. It
// is nil after reporting.
func (c *checker) primDecl(a *syntax.ArrowDecl) *category.PrimDecl {
	return newPrimBuilder(c, a, false).build()
}

func newPrimBuilder(c *checker, a *syntax.ArrowDecl, std bool) *primBuilder {
	return &primBuilder{
		c: c, a: a, std: std, dims: map[string]bool{}, order: map[string]int{},
		names: map[string]diag.Span{}, read: map[string]bool{}, faulty: map[string]bool{},
		decl: &category.PrimDecl{
			Name: a.Name.Text, Doc: a.Doc, Span: a.Name.Span, Std: std,
			Segments: map[string]bool{}, Partial: a.Equations.Partial,
		},
	}
}

func (b *primBuilder) build() *category.PrimDecl {
	e := b.a.Equations
	if e.Kernel != nil {
		b.decl.Kernel = e.Kernel.Text
		if !b.std {
			b.fail(diag.CT0810, e.Kernel.Span, "only standard arrows have kernels").
				Hint("leave the line out: your equations become plain Go loops")
		}
	}
	if e.Stores != nil && !b.std {
		b.fail(diag.CT0810, e.Stores.Span, "only standard arrows say how their parameters are stored").
			Hint("leave the line out")
	}
	if e.Predicts != nil && !b.std {
		b.fail(diag.CT0810, e.Predicts.Span, "only standard arrows do something else outside of training").
			Hint("leave the line out")
	}
	if len(e.Means) == 0 {
		b.fail(diag.CT0805, b.a.Name.Span, fmt.Sprintf("`%s` does not say what it means", b.a.Name.Text)).
			Hint("equations need at least one line: means y[…] = …")
		return nil
	}
	if b.each(); b.failed {
		return nil
	}
	if b.signature(); b.failed {
		return nil
	}
	b.settings()
	b.where()
	b.distinctNames()
	b.unless()
	if b.failed {
		return nil
	}
	b.meansLines()
	if b.failed {
		return nil
	}
	b.totals()
	b.draws()
	b.keeps()
	b.reverseLines()
	b.moves()
	b.batch()
	b.kinks()
	b.adds()
	b.splits()
	if b.failed {
		return nil
	}
	return b.decl
}

// fail reports a fault of this primitive.
func (b *primBuilder) fail(code diag.Code, span diag.Span, message string) *diag.Diagnostic {
	b.failed = true
	return b.c.report(code, span, message)
}

// each resolves the type parameter of a scheme over objects.
func (b *primBuilder) each() {
	e := b.a.Equations.Each
	for _, p := range b.a.Params {
		b.decl.Type = p.Text
	}
	if e == nil {
		return
	}
	if b.decl.Type != e.Text {
		b.fail(diag.CT0810, e.Span, fmt.Sprintf("`each %s` needs %s to be a type parameter of the arrow", e.Text, e.Text)).
			Hint("only standard arrows over objects map their lines over leaves")
		return
	}
	b.decl.Each = true
}

// settings resolves the `with` list.
func (b *primBuilder) settings() {
	for _, s := range b.a.With {
		d, ok := b.settingDecl(s)
		b.failed = b.failed || !ok
		if ok {
			b.decl.Settings = append(b.decl.Settings, d)
		}
	}
}

// settingDecl resolves one setting. A whole number is a dimension: it is fixed
// in the spec, and lines may index by it.
func (b *primBuilder) settingDecl(s syntax.SettingDecl) (category.SettingDecl, bool) {
	d := category.SettingDecl{Name: s.Name.Text, Dim: s.Type == nil}
	if s.Type != nil {
		t := b.c.resolveType(s.Type)
		if t == nil {
			return d, false
		}
		c := t.Carrier()
		d.Dim = c.Kind == category.Int
		if !d.Dim && (c.Kind != category.Real || len(c.Dims) > 0) {
			b.fail(diag.CT0816, s.Type.TypeSpan(), fmt.Sprintf("a setting is one number, and %s is not", t))
			return d, true
		}
		d.Set = t.RefinedSet()
	}
	if s.Set != nil {
		if d.Set = b.c.resolveSet(s.Set); d.Set == nil {
			return d, false
		}
	}
	if s.Default == nil {
		return d, true
	}
	if n := s.Default.Name; n != nil && d.Dim && !s.Default.Negative {
		if like := b.setting(n.Text); like != nil && like.Dim {
			d.Like = n.Text
			return d, true
		}
	}
	v, ok := b.c.constant(*s.Default)
	if !ok {
		return d, false
	}
	if !d.Set.Contains(v) {
		b.fail(diag.CT0503, s.Default.Span, fmt.Sprintf("the default of %s does not lie in %s", d.Name, d.Set))
	}
	d.Default = &v
	return d, true
}

// distinctNames refuses a primitive in which one name means two things.
func (b *primBuilder) distinctNames() {
	seen := map[string]string{}
	claim := func(name, what string) {
		if name == "" {
			return
		}
		if was, ok := seen[name]; ok {
			b.fail(diag.CT0808, b.a.Name.Span, fmt.Sprintf("in `%s`, %s is both %s and %s", b.a.Name.Text, name, was, what))
			return
		}
		seen[name] = what
	}
	for _, p := range b.decl.Ins {
		claim(p.Name, "an input")
	}
	for _, p := range b.decl.Given {
		claim(p.Name, "a parameter")
	}
	for _, p := range b.decl.Outs {
		claim(p.Name, "an output")
	}
	for _, s := range b.decl.Settings {
		claim(s.Name, "a setting")
	}
	for _, d := range b.decl.Dims {
		if !slices.ContainsFunc(b.decl.Settings, func(s category.SettingDecl) bool { return s.Dim && s.Name == d }) {
			claim(d, "a dimension")
		}
	}
	for _, p := range slices.Concat(b.decl.Ins, b.decl.Given, b.decl.Outs) {
		if what, ok := seen["d"+p.Name]; ok {
			b.fail(diag.CT0808, b.a.Name.Span, fmt.Sprintf("in `%s`, d%s is %s and the cotangent of %s", b.a.Name.Text, p.Name, what, p.Name))
		}
	}
	for name := range constants {
		if what, ok := seen[name]; ok {
			b.fail(diag.CT0808, b.a.Name.Span, fmt.Sprintf("in `%s`, %s is %s and a number of the language", b.a.Name.Text, name, what))
		}
	}
}

// where resolves computed dimensions. One that the signature does not have is
// declared here.
func (b *primBuilder) where() {
	for _, w := range b.a.Equations.Where {
		if e := b.dimExpr(w.Value, 0); e != nil {
			b.declareDim(w.Name.Text)
			b.decl.Where = append(b.decl.Where, category.DimRule{Name: w.Name.Text, Value: e, Span: w.Span})
		}
	}
}

// dimExpr resolves what a dimension is computed from; nil after reporting.
func (b *primBuilder) dimExpr(e syntax.Expr, depth int) category.Expr {
	if depth > maxExprDepth {
		b.fail(diag.CT1001, e.ExprSpan(), fmt.Sprintf("this dimension nests more than %d levels deep", maxExprDepth))
		return nil
	}
	switch e := e.(type) {
	case *syntax.ExprNumber:
		return &category.Number{Value: e.Value}
	case *syntax.ExprRef:
		if d := b.dimRef(e); d != nil || b.failed {
			return d
		}
	case *syntax.ExprUnary:
		if x := b.dimExpr(e.X, depth+1); x != nil {
			return &category.Unary{X: x}
		}
		return nil
	case *syntax.ExprBinary:
		if strings.Contains("+-*/", e.Op) {
			l := b.dimExpr(e.L, depth+1)
			if l == nil && depth == maxExprDepth { // too deep, which is said once
				return nil
			}
			if r := b.dimExpr(e.R, depth+1); l != nil && r != nil {
				return &category.Binary{Op: e.Op, L: l, R: r}
			}
			return nil
		}
	case *syntax.ExprCall:
		if e.Fn.Text == "floor" && len(e.Args) == 1 {
			if x := b.dimExpr(e.Args[0], depth+1); x != nil {
				return &category.Func{Name: "floor", Args: []category.Expr{x}}
			}
			return nil
		}
		if e.Fn.Text == "size" && len(e.Args) == 1 {
			if r, ok := e.Args[0].(*syntax.ExprRef); ok && len(r.Index) == 0 && b.dims[r.Name.Text] {
				return &category.Dimension{Var: r.Name.Text}
			}
		}
	}
	b.fail(diag.CT0817, e.ExprSpan(), "a computed dimension is made of dimensions, numbers, + - * / and floor")
	return nil
}

// dimRef resolves a dimension, a whole setting or a dim by name; nil where the
// name is none of these.
func (b *primBuilder) dimRef(e *syntax.ExprRef) category.Expr {
	if len(e.Index) > 0 || e.Primed {
		return nil
	}
	if s := b.setting(e.Name.Text); b.dims[e.Name.Text] || s != nil && s.Dim {
		return &category.Dimension{Var: e.Name.Text}
	}
	if v, faulty, known := b.c.dimValue(e.Name); known {
		b.failed = b.failed || faulty
		return &category.Number{Value: float64(v)}
	}
	return nil
}

// keeps resolves the list of tensors that the reverse lines may read.
func (b *primBuilder) keeps() {
	for _, k := range b.a.Equations.Keeps {
		switch {
		case findPort(b.decl.Given, k.Text) != nil:
			b.fail(diag.CT0812, k.Span, fmt.Sprintf("%s is a parameter: reverse lines may read it without `keeps`", k.Text))
		case slices.Contains(b.decl.Keeps, k.Text):
			b.fail(diag.CT0812, k.Span, fmt.Sprintf("%s is kept twice", k.Text))
		case findPort(b.decl.Ins, k.Text) != nil, findPort(b.decl.Outs, k.Text) != nil, b.decl.Local(k.Text) != nil:
			b.decl.Keeps = append(b.decl.Keeps, k.Text)
		default:
			b.unkept = true
			b.unknown(k, b.readable(false))
		}
	}
}

// adds resolves the reverse lines whose kernels can add to their target.
func (b *primBuilder) adds() {
	for _, n := range b.a.Equations.Adds {
		switch {
		case b.decl.Kernel == "":
			b.fail(diag.CT0810, n.Span, "only kernels can add to what stands there")
		case !slices.ContainsFunc(b.decl.Reverse, func(e category.Equation) bool { return e.Target == n.Text }):
			b.fail(diag.CT0810, n.Span, fmt.Sprintf("`%s` has no reverse line for %s", b.decl.Name, n.Text))
		default:
			b.decl.Adds = append(b.decl.Adds, n.Text)
		}
	}
}

// splits resolves the results and reverse lines whose kernels can compute some
// columns of their target.
func (b *primBuilder) splits() {
	for _, n := range b.a.Equations.Splits {
		target := func(e category.Equation) bool { return e.Target == n.Text && len(e.Index) > 0 }
		switch {
		case b.decl.Kernel == "":
			b.fail(diag.CT0810, n.Span, "only kernels can compute some columns")
		case !slices.ContainsFunc(b.decl.Means, target) && !slices.ContainsFunc(b.decl.Reverse, target):
			b.fail(diag.CT0810, n.Span, fmt.Sprintf("`%s` has no line for %s that has columns", b.decl.Name, n.Text))
		default:
			b.decl.Splits = append(b.decl.Splits, n.Text)
		}
	}
}

// kinks resolves the places without derivative.
func (b *primBuilder) kinks() {
	for _, k := range b.a.Equations.Kinks {
		if findPort(b.decl.Ins, k.Target.Text) == nil && b.decl.Local(k.Target.Text) == nil {
			b.fail(diag.CT0815, k.Target.Span, fmt.Sprintf("a kink lies in an input or an intermediate, and %s is neither", k.Target.Text))
			continue
		}
		at, ok := literal(k.Expr)
		if !ok {
			b.fail(diag.CT0815, k.Expr.ExprSpan(), "a kink lies at a number")
			continue
		}
		b.decl.Kinks = append(b.decl.Kinks, category.Kink{Input: k.Target.Text, At: at})
	}
}

func literal(e syntax.Expr) (float64, bool) {
	switch e := e.(type) {
	case *syntax.ExprNumber:
		return e.Value, true
	case *syntax.ExprUnary:
		if n, ok := e.X.(*syntax.ExprNumber); ok {
			return 0 - n.Value, true
		}
	}
	return 0, false
}

func (b *primBuilder) setting(name string) *category.SettingDecl {
	for i := range b.decl.Settings {
		if b.decl.Settings[i].Name == name {
			return &b.decl.Settings[i]
		}
	}
	return nil
}

func findPort(ports []category.Port, name string) *category.Port {
	for i := range ports {
		if ports[i].Name == name {
			return &ports[i]
		}
	}
	return nil
}

// unknown reports a name that stands for nothing in these equations.
func (b *primBuilder) unknown(n syntax.Name, candidates []string) {
	b.failed = true
	m := missing{
		kind: "name", of: b, name: n.Text, candidates: func() []string { return candidates }, unused: b.unread,
		code: diag.CT0801, message: fmt.Sprintf("`%s` has no %s here", b.a.Name.Text, n.Text),
	}
	if len(candidates) > 0 {
		m.otherwise = "here are " + strings.Join(candidates, ", ")
	}
	b.c.lacks(m, n.Span)
}

// unread lists the tensors that no line reads, and the indices of lines with
// an unknown name that these do not use.
func (b *primBuilder) unread() []syntax.Name {
	var all []syntax.Name
	for _, name := range keys(b.names) {
		if !b.read[name] {
			all = append(all, syntax.Name{Text: name, Span: b.names[name]})
		}
	}
	for _, l := range b.loose {
		for _, v := range l.indices {
			if !l.used[v.Text] {
				all = append(all, v)
			}
		}
	}
	return all
}
