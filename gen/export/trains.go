package export

import "github.com/ctgen-lang/ctgen/dsl/category"

// data is a data declaration.
type data struct {
	Name     string   `json:"name"`
	Doc      []string `json:"doc"`
	At       *place   `json:"at"`
	Type     *typ     `json:"type"`
	Format   string   `json:"format"`
	Path     string   `json:"path"` // relative to the specification
	Columns  []column `json:"columns"`
	Split    [2]int   `json:"split"`              // training and held-out parts
	TestPart int      `json:"testPart,omitempty"` // a third part, for a test at the end
	Stratify *typ     `json:"stratify,omitempty"` // the object each of whose classes is split for itself
	Header   string   `json:"header"`             // "", names, skip, none
	Text     *text    `json:"text,omitempty"`     // how a text is read
}

// text is how a text becomes rows.
type text struct {
	Alphabet string `json:"alphabet"` // "": bytes
	Other    string `json:"other"`    // what characters outside the alphabet are read as; "": they are errors
	Stride   int    `json:"stride"`
	Rows     string `json:"rows,omitempty"`   // of lists: "lines", "whole"
	Length   int    `json:"length,omitempty"` // of lists that all have as many tokens
}

// column binds columns of a file, or one file of a folder, to an object.
type column struct {
	Object       *typ     `json:"object"`
	First        int      `json:"first,omitempty"` // counted from 1
	Last         int      `json:"last,omitempty"`
	Names        []names  `json:"names,omitempty"`   // of columns, by the header
	Classes      []string `json:"classes,omitempty"` // the cells that stand for the object's values, in order
	OneHot       bool     `json:"one_hot,omitempty"`
	File         string   `json:"file,omitempty"`
	Test         string   `json:"test,omitempty"` // the file with the held-out records
	Scale        *number  `json:"scale,omitempty"`
	Standardized bool     `json:"standardized"`
	Range        []number `json:"range,omitempty"` // of the training part, scaled to
	At           *place   `json:"at"`
}

// names is the columns from the one of the first name to the one of the second.
type names struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func (e *exporter) dataOf(d *category.Data) data {
	out := data{
		Name: e.data.name(d), Doc: lines(d.Doc), At: at(d.Span), Type: e.typeOf(d.Type), Format: d.Format, Path: d.Path,
		Columns: []column{}, Split: d.Split, TestPart: d.TestPart, Header: d.Header,
	}
	if d.Stratify != nil {
		out.Stratify = e.typeOf(d.Stratify)
	}
	if t := d.Text; t != nil {
		out.Text = &text{t.Alphabet, t.Other, t.Stride, t.Rows, t.Length}
	}
	for _, c := range d.Columns {
		x := column{Object: e.typeOf(c.Object), First: c.First, Last: c.Last, Classes: c.Classes, OneHot: c.OneHot, File: c.File, Test: c.Test, Standardized: c.Standardized, At: at(c.Span)}
		for _, n := range c.Names {
			x.Names = append(x.Names, names{n.From, n.To})
		}
		if c.Range != [2]float64{} {
			x.Range = []number{number(c.Range[0]), number(c.Range[1])}
		}
		if c.Scale != 0 {
			scale := number(c.Scale)
			x.Scale = &scale
		}
		out.Columns = append(out.Columns, x)
	}
	return out
}

// train is a training declaration.
type train struct {
	Name     string   `json:"name"`
	Doc      []string `json:"doc"`
	At       *place   `json:"at"`
	Step     string   `json:"step"`
	On       string   `json:"on"`
	Batch    int      `json:"batch"` // 0: the whole training part
	Epochs   int      `json:"epochs"`
	Micro    int      `json:"microBatch,omitempty"` // examples that a step takes at once; 0: the whole batch
	Patience int      `json:"patience,omitempty"`   // epochs without a better figure, after which it stops
	MinDelta *number  `json:"minDelta,omitempty"`   // by how much it must be better
	Watch    string   `json:"watch,omitempty"`      // the figure; "": the loss
	Keep     string   `json:"keep,omitempty"`       // best, last; "": the best with patience
	Settings []value  `json:"settings"`             // of the step's open settings
	Metrics  []metric `json:"metrics"`
	Measure  *diagram `json:"measure"` // what is differentiated; its output is the loss
	Predict  *diagram `json:"predict"` // Measure up to its last arrow: what metrics read
}

type value struct {
	Name     string  `json:"name"`
	Value    *number `json:"value,omitempty"`
	Schedule string  `json:"schedule,omitempty"` // the arrow from the step count
}

type metric struct {
	Name string `json:"name"`
	K    int    `json:"k,omitempty"`       // of top_k
	Avg  string `json:"average,omitempty"` // macro, micro: of precision, recall and f1
	Of   string `json:"of,omitempty"`      // an arrow
	Own  string `json:"own,omitempty"`     // the arrow whose mean the metric is
	Row  bool   `json:"ofRow,omitempty"`   // it takes a row, not what enters the loss's last arrow
	At   *place `json:"at"`
}

func (e *exporter) train(t *category.Train) train {
	out := train{
		Name: t.Name, Doc: lines(t.Doc), At: at(t.Span), Step: e.arrows.name(t.Step), On: e.data.name(t.On), Batch: t.Batch, Epochs: t.Epochs,
		Settings: []value{}, Metrics: []metric{}, Measure: e.diagram(t.Measure), Predict: e.diagram(t.Predict),
	}
	out.Micro = t.MicroBatch
	out.Patience, out.Watch, out.Keep = t.Patience, t.Watch, t.Keep
	if t.MinDelta > 0 {
		d := number(t.MinDelta)
		out.MinDelta = &d
	}
	for i, s := range t.Settings {
		x := value{Name: t.Step.Open[i].Name}
		if s.Schedule != nil {
			x.Schedule = e.arrows.name(s.Schedule)
		} else {
			v := number(s.Value)
			x.Value = &v
		}
		out.Settings = append(out.Settings, x)
	}
	for _, m := range t.Metrics {
		x := metric{Name: m.Name, K: m.K, Avg: m.Average, Row: m.OfRow, At: at(m.Span)}
		if m.Own != nil {
			x.Own = e.arrows.name(m.Own)
		}
		if m.Of != nil {
			x.Of = e.arrows.name(m.Of)
		}
		out.Metrics = append(out.Metrics, x)
	}
	return out
}
