package train

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/data"
)

// foldOutput is what a cross-validation tells while it runs, as output is for one
// training.
type foldOutput struct{ json, notes, lines io.Writer }

// start tells what is about to run.
func (o *foldOutput) start(c *CrossValidation, t *data.Table) {
	if o.notes == nil {
		return
	}
	text := fmt.Sprintf("%s: %s: %s in %d folds", c.Name, t.File, count(t.Rows, "row"), c.K)
	if c.Stratified != "" {
		text += ", stratified by " + c.Stratified
	}
	text += fmt.Sprintf(", seed %d", c.Seed)
	if t.Header.Reason != "" {
		text += "; " + t.Header.Reason
	}
	fmt.Fprintln(o.notes, text)
}

// fold tells of the fold that was finished last.
func (o *foldOutput) fold(c *CrossValidation) {
	f := &c.Folds[len(c.Folds)-1]
	if o.json != nil {
		fmt.Fprintln(o.json, foldLine(c, f))
	}
	if o.lines != nil {
		fmt.Fprintf(o.lines, "fold %d/%d  held out: loss %s%s\n", f.Fold, c.K, figure(f.Validation.Loss), figures(f.Validation.Metrics))
	}
}

// done tells the figures over all folds.
func (o *foldOutput) done(c *CrossValidation) {
	if o.json != nil {
		fmt.Fprintln(o.json, foldsLine(c))
	}
	if o.lines != nil && len(c.Folds) > 0 {
		var b strings.Builder
		fmt.Fprintf(&b, "%s  held out: loss %s", count(len(c.Folds), "fold"), c.Loss.text())
		var tables []Figure
		for _, s := range c.Metrics {
			if s.Counts != nil {
				tables = append(tables, Figure{Name: s.Name, Counts: s.Counts, Labels: s.Labels})
				continue
			}
			b.WriteString("  " + s.Name + " " + s.text())
		}
		fmt.Fprintln(o.lines, b.String())
		io.WriteString(o.lines, classTables(tables))
	}
	if o.notes == nil {
		return
	}
	for _, n := range c.Notes {
		fmt.Fprintln(o.notes, n)
	}
	if c.Interrupted {
		fmt.Fprintf(o.notes, "interrupted in fold %d of %d\n", len(c.Folds)+1, c.K)
	}
}

func (s *Spread) text() string {
	if math.IsNaN(s.Mean) {
		return figure(s.Mean)
	}
	return figure(s.Mean) + " ± " + figure(s.Deviation)
}

// foldLine renders a fold as one JSON object whose keys stand in a fixed order.
func foldLine(c *CrossValidation, f *Fold) string {
	b := []byte(`{"event":"fold","fold":`)
	b = strconv.AppendInt(b, int64(f.Fold), 10)
	b = strconv.AppendInt(append(b, `,"folds":`...), int64(c.K), 10)
	b = strconv.AppendInt(append(b, `,"training_rows":`...), int64(f.TrainingRows), 10)
	b = strconv.AppendInt(append(b, `,"held_out_rows":`...), int64(f.HeldOutRows), 10)
	b = strconv.AppendInt(append(b, `,"epoch":`...), int64(f.Epochs), 10)
	return string(append(appendFigures(b, f.Loss, f.Metrics, &f.Validation), '}'))
}

// foldsLine renders the end of a cross-validation.
func foldsLine(c *CrossValidation) string {
	b := []byte(`{"event":"folds","folds":`)
	b = strconv.AppendInt(b, int64(len(c.Folds)), 10)
	b = strconv.AppendInt(append(b, `,"rows":`...), int64(c.Rows), 10)
	if c.Stratified != "" {
		b = strconv.AppendQuote(append(b, `,"stratified":`...), c.Stratified)
	}
	b = appendSpread(append(b, `,"loss":`...), &c.Loss)
	b = append(b, `,"metrics":{`...)
	for i := range c.Metrics {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, c.Metrics[i].Name), ':')
		b = appendSpread(b, &c.Metrics[i])
	}
	b = append(b, '}')
	if len(c.Notes) > 0 {
		b = appendList(append(b, `,"notes":`...), c.Notes, appendText)
	}
	b = appendSkipped(b, c.Skipped)
	if c.Interrupted {
		b = append(b, `,"interrupted":true`...)
	}
	return string(append(b, '}'))
}

func appendSpread(b []byte, s *Spread) []byte {
	b = appendReal(append(b, `{"mean":`...), s.Mean)
	b = appendReal(append(b, `,"deviation":`...), s.Deviation)
	if s.Counts != nil {
		b = appendCounts(append(b, `,"counts":`...), s.Counts)
	}
	return append(b, '}')
}
