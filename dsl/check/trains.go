package check

import (
	"fmt"
	"math"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// What a `train` without these entries says.
const (
	defaultBatch  = 32
	defaultEpochs = 10
)

// trains checks every `train` line. It needs checked arrows and data.
func (c *checker) trains() {
	for _, d := range c.file.Decls {
		if decl, ok := d.(*syntax.TrainDecl); ok && c.decls[decl.Name.Text] == d {
			if t := c.trainDecl(decl); t != nil {
				c.cat.Trains = append(c.cat.Trains, t)
			}
		}
	}
}

// training is one train declaration while its entries are read.
type training struct {
	*checker
	decl    *syntax.TrainDecl
	train   *category.Train
	entries map[string]*syntax.TrainEntry
	excused int // entries that are missing, each of which a strange one may be
	ok      bool
}

func (c *checker) trainDecl(decl *syntax.TrainDecl) *category.Train {
	t := &training{
		checker: c, decl: decl, ok: true, entries: map[string]*syntax.TrainEntry{},
		train: &category.Train{
			Name: decl.Name.Text, Doc: decl.Doc, Span: decl.Name.Span,
			Batch: defaultBatch, Epochs: defaultEpochs,
		},
	}
	t.index()
	t.step()
	t.on()
	t.keys()
	t.counts()
	if !t.fit() || !t.ok {
		return nil
	}
	t.settings()
	t.microBatch()
	t.metrics()
	t.stopping()
	if !t.ok {
		return nil
	}
	return t.train
}

// fail reports one fault of the declaration.
func (t *training) fail(code diag.Code, span diag.Span, format string, args ...any) *diag.Diagnostic {
	t.ok = false
	return t.report(code, span, fmt.Sprintf(format, args...))
}

func (t *training) index() {
	for i := range t.decl.Entries {
		e := &t.decl.Entries[i]
		if first := t.entries[e.Key.Text]; first != nil {
			t.fail(diag.CT0902, e.Key.Span, "`%s` appears twice", e.Key.Text).Label(first.Key.Span, "first here")
			continue
		}
		t.entries[e.Key.Text] = e
	}
}

// trainKeys are the entries of the language.
var trainKeys = []string{"step", "on", "batch", "micro_batch", "epochs", "report", "patience", "min_delta", "watch", "keep"}

// known lists the entries of the language and the settings of the step.
func (t *training) known() []string {
	known := slices.Clone(trainKeys)
	if t.train.Step != nil {
		for _, s := range t.train.Step.Open {
			known = append(known, s.Name)
		}
	}
	return known
}

// strange reports whether e is neither the language's nor a setting of the
// step. Where the step is faulty its settings are not known, and only what is
// no number and no schedule is none.
func (t *training) strange(e *syntax.TrainEntry, known []string) bool {
	if slices.Contains(known, e.Key.Text) {
		return false
	}
	if t.train.Step != nil {
		return true
	}
	if len(e.Values) != 1 {
		return false
	}
	name := nameOf(e.Values[0])
	if name == nil {
		return false
	}
	switch d := t.decls[name.Text].(type) {
	case *syntax.DimDecl:
		return false
	case *syntax.ArrowDecl:
		return d.Endo
	}
	return true
}

func (t *training) strangers() int {
	n, known := 0, t.known()
	for i := range t.decl.Entries {
		if t.strange(&t.decl.Entries[i], known) {
			n++
		}
	}
	return n
}

// keys reports the strange entries.
func (t *training) keys() {
	known := t.known()
	for i := range t.decl.Entries {
		key := t.decl.Entries[i].Key
		if !t.strange(&t.decl.Entries[i], known) {
			continue
		}
		e := t.fail(diag.CT0901, key.Span, "a training declaration has no entry `%s`", key.Text)
		t.didYouMean(e, key, "", known)
	}
}

// name returns the one name that an entry holds; nil after reporting where
// the entry is missing or holds something else.
func (t *training) name(key, what string) *syntax.Name {
	e := t.entries[key]
	if e == nil && t.excused < t.strangers() {
		t.excused++
		t.ok = false
		return nil
	}
	if e == nil {
		t.fail(diag.CT0908, t.decl.Name.Span, "`%s` does not say which %s it uses", t.decl.Name.Text, what).
			Hint(fmt.Sprintf("add an entry `%s: …`", key))
		return nil
	}
	if len(e.Values) == 1 && bare(e.Values[0]) {
		if n := nameOf(e.Values[0]); n != nil {
			return n
		}
	}
	t.fail(diag.CT0909, e.Key.Span, "`%s` is the name of one %s", key, what)
	return nil
}

func nameOf(v syntax.TrainValue) *syntax.Name {
	if v.Name == nil && v.Const != nil && !v.Const.Negative {
		return v.Const.Name
	}
	return v.Name
}

func (t *training) step() {
	name := t.name("step", "endo")
	if name == nil {
		return
	}
	if t.foreignEntry(name, "an endo on the imported state does the same: endo step on … = …") {
		return
	}
	decl, ok := t.decls[name.Text].(*syntax.ArrowDecl)
	if !ok || !decl.Endo {
		t.ok = false
		t.unknown(*name, "endo", t.declaredAs("endo"))
		return
	}
	t.train.Step = t.arrowsBy[name.Text]
}

func (t *training) on() {
	name := t.name("on", "data")
	if name == nil {
		return
	}
	if t.foreignEntry(name, "declare the data here, between the imported objects") {
		return
	}
	if _, ok := t.decls[name.Text].(*syntax.DataDecl); !ok {
		t.ok = false
		t.unknown(*name, "data declaration", t.declaredAs("data declaration"))
		return
	}
	t.train.On = t.dataBy[name.Text]
}

// foreignEntry reports an entry that names what cannot be imported: of another
// specification one names objects, arrows and dims.
func (t *training) foreignEntry(name *syntax.Name, instead string) bool {
	from, bare, qualified := t.elsewhere(*name)
	if !qualified {
		return false
	}
	t.ok = false
	if from == nil {
		return true
	}
	d := from.decls[bare]
	if d == nil {
		t.unknownThere(*name, "endo or data", from, func(syntax.Decl) bool { return false })
		return true
	}
	t.report(diag.CT0205, name.Span, fmt.Sprintf("`%s` is %s of another specification, and a training declaration names its own", name.Text, kindOf(d))).
		Label(d.DeclName().Span, "declared here").Hint(instead)
	return true
}

// counts reads batch and epochs.
func (t *training) counts() {
	if e := t.entries["batch"]; e != nil {
		if len(e.Values) == 1 && bare(e.Values[0]) && e.Values[0].Name != nil && e.Values[0].Name.Text == "full" {
			t.train.Batch = 0
		} else {
			t.train.Batch = t.count(e, "a batch is a whole number of examples above 0", "`batch: full` takes the whole training part at once")
		}
	}
	t.batchOfLists()
	if e := t.entries["epochs"]; e != nil {
		t.train.Epochs = t.count(e, "epochs is a whole number above 0", "")
	}
}

// batchOfLists requires that a step on lists takes one of them.
func (t *training) batchOfLists() {
	if t.train.On == nil || !t.train.On.InLists() {
		return
	}
	e := t.entries["batch"]
	if e == nil {
		t.train.Batch = 1
		return
	}
	if n := t.train.Batch; n == 1 || n == 0 && (!t.ok || t.train.On.Text.Rows == category.RowsWhole) {
		return
	}
	t.fail(diag.CT0909, entrySpan(e), "a step on lists takes one of them, and a row of `%s` is %s", t.train.On.Name, t.train.On.Type).
		Label(t.train.On.Span, fmt.Sprintf("`%s` is declared here", t.train.On.Name)).
		Hint("leave `batch` out")
}

func (t *training) count(e *syntax.TrainEntry, message, hint string) int {
	if len(e.Values) == 1 && bare(e.Values[0]) {
		k, ok := constOf(e.Values[0])
		if ok {
			v, known := t.constant(k)
			if !known {
				t.ok = false
				return 0
			}
			if v >= 1 && v <= maxDim && v == math.Trunc(v) {
				return int(v)
			}
		}
	}
	d := t.fail(diag.CT0909, entrySpan(e), "%s", message)
	if hint != "" {
		d.Hint(hint)
	}
	return 0
}

// bare reports whether nothing stands behind a value's name.
func bare(v syntax.TrainValue) bool { return v.Of == nil && v.Args == nil }

func constOf(v syntax.TrainValue) (syntax.Const, bool) {
	switch {
	case v.Const != nil:
		return *v.Const, true
	case v.Name != nil:
		return syntax.Const{Name: v.Name, Span: v.Name.Span}, true
	}
	return syntax.Const{}, false
}

// entrySpan covers the values of e, or its key where it has none.
func entrySpan(e *syntax.TrainEntry) diag.Span {
	if len(e.Values) == 0 {
		return e.Key.Span
	}
	span := valueSpan(e.Values[0])
	return span.To(valueSpan(e.Values[len(e.Values)-1]))
}

func valueSpan(v syntax.TrainValue) diag.Span {
	switch {
	case v.Of != nil && v.Name != nil:
		return v.Name.Span.To(v.Of.Span)
	case v.Args != nil:
		return v.Name.Span.To(v.Close)
	case v.Name != nil:
		return v.Name.Span
	}
	return v.Const.Span
}

// fit requires that the step takes what a row of the data is.
func (t *training) fit() bool {
	step, on := t.train.Step, t.train.On
	if step == nil || on == nil {
		return false
	}
	takes, gives := step.Dom.Factors(), on.Type.Factors()
	if step.Diagram != nil && measured(step.Diagram) == nil {
		t.fail(diag.CT0922, step.Span, "`%s` makes no gradient, so its training has no loss", step.Name).
			Label(valueSpan(t.entries["step"].Values[0]), "trained here")
		return false
	}
	span := valueSpan(t.entries["on"].Values[0])
	if len(takes) != len(gives) {
		t.fail(diag.CT0907, span, "`%s` takes %s, and a row of `%s` is %s", step.Name, step.Dom, on.Name, on.Type).
			Label(step.Span, "takes "+step.Dom.String()).Label(on.Span, "gives "+on.Type.String())
		return false
	}
	for i := range takes {
		if takes[i].Equal(gives[i]) {
			continue
		}
		d := t.fail(diag.CT0907, span, "`%s` takes %s, and a row of `%s` is %s: %s is not %s", step.Name, step.Dom, on.Name, on.Type, gives[i], takes[i]).
			Label(step.Span, "takes "+step.Dom.String()).Label(on.Span, "gives "+on.Type.String())
		if lines := apart(gives[i], takes[i]); lines != "" {
			d.Hint(lines)
		}
		return false
	}
	return true
}
