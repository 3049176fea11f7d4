package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// stopping reads when a training stops before its last epoch, and what it
// keeps. All of it goes by a figure of what is held out.
func (t *training) stopping() {
	if e := t.entries["patience"]; e != nil {
		t.train.Patience = t.count(e, "patience is a whole number of epochs above 0", "")
	}
	if e := t.entries["min_delta"]; e != nil {
		t.train.MinDelta = t.minDelta(e)
	}
	if e := t.entries["keep"]; e != nil {
		name := t.word(e)
		if name != "best" && name != "last" {
			t.fail(diag.CT0909, entrySpan(e), "`keep` is `best` or `last`")
		}
		t.train.Keep = name
	}
	if e := t.entries["watch"]; e != nil {
		t.watch(e)
	}
	t.holdsOut()
}

// word is the one name that an entry holds, or "".
func (t *training) word(e *syntax.TrainEntry) string {
	if len(e.Values) == 1 && bare(e.Values[0]) {
		if n := nameOf(e.Values[0]); n != nil {
			return n.Text
		}
	}
	return ""
}

func (t *training) minDelta(e *syntax.TrainEntry) float64 {
	if len(e.Values) == 1 && bare(e.Values[0]) {
		if k, ok := constOf(e.Values[0]); ok {
			v, known := t.constant(k)
			if !known {
				t.ok = false
				return 0
			}
			if v >= 0 {
				return v
			}
		}
	}
	t.fail(diag.CT0909, entrySpan(e), "`min_delta` is one number from 0")
	return 0
}

// watch finds the figure among those that are reported.
func (t *training) watch(e *syntax.TrainEntry) {
	if t.word(e) == "loss" {
		return
	}
	if len(e.Values) == 1 {
		text := spaceless(valueSpan(e.Values[0]).Text())
		for i := range t.train.Metrics {
			m := &t.train.Metrics[i]
			if m.Name != "confusion" && spaceless(m.Span.Text()) == text {
				t.train.Watch = metricTitle(m, e.Values[0].Of)
				return
			}
		}
	}
	t.fail(diag.CT0909, entrySpan(e), "`watch` is `loss`, or a figure that is reported").
		Hint("write it as `report` does; a confusion is no single figure")
}

// spaceless is a text without its layout.
func spaceless(text string) string { return strings.Join(strings.Fields(text), "") }

// metricTitle is the metric as its figure is called when the training runs; of
// is the arrow as it is written.
func metricTitle(m *category.Metric, of *syntax.Name) string {
	title := m.Name
	switch {
	case m.K > 0:
		title += fmt.Sprintf("(%d)", m.K)
	case m.Average != "":
		title += "(" + m.Average + ")"
	}
	if of != nil {
		title += " of " + of.Text
	}
	return title
}

// holdsOut requires rows to go by.
func (t *training) holdsOut() {
	on := t.train.On
	if on.Split[1] > 0 || slices.ContainsFunc(on.Columns, func(c category.Column) bool { return c.Test != "" }) {
		return
	}
	for _, key := range []string{"patience", "watch", "min_delta", "keep"} {
		e := t.entries[key]
		if e == nil || key == "keep" && t.train.Keep == "last" {
			continue
		}
		t.fail(diag.CT0919, e.Key.Span, "`%s` goes by what is held out, and `%s` holds nothing out", key, on.Name).
			Label(on.Span, "no split, and no test files").Hint("add a row such as `split: 80 / 20` to the data")
		return
	}
}
