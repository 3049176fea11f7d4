package train

import (
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"
)

// output is everything that a run tells while it runs: notes and a live line
// about where it stands, and results, a line for each epoch.
type output struct {
	json  io.Writer
	notes io.Writer
	lines io.Writer
	live  *liveLine // nil unless notes go to a terminal
	every int       // of this many epochs, one gets a line
}

func newOutput(r *run) output {
	o := output{json: r.json, notes: r.notes, lines: r.lines, every: max(1, (r.report.Epochs+99)/100)}
	if isTerminal(r.notes) {
		o.live = &liveLine{w: r.notes, stride: 1}
		// Where both share a terminal, the live line tells all but the end.
		if isTerminal(r.lines) {
			o.every = max(1, r.report.Epochs)
		}
	}
	return o
}

// isTerminal reports whether w is a terminal that can rewrite its line.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 || os.Getenv("TERM") == "dumb" {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// start tells what is about to run.
func (o *output) start(r *run) {
	if o.notes == nil {
		return
	}
	if r.warning != "" {
		fmt.Fprintf(o.notes, "*** %s\n", r.warning)
	}
	b := &r.report
	rows := fmt.Sprintf("%d rows to train on", b.TrainingRows)
	if b.HeldOutRows > 0 {
		rows += fmt.Sprintf(", %d held out", b.HeldOutRows)
	}
	if b.TestRows > 0 {
		rows += fmt.Sprintf(", %d for the test", b.TestRows)
	}
	if b.Header != "" {
		rows += "; " + b.Header
	}
	fmt.Fprintf(o.notes, "%s: %s: %s\n", r.program.Data.Name, r.train.File, rows)
	numbers := 0
	for _, t := range r.parameters() {
		numbers += t.Size()
	}
	fmt.Fprintf(o.notes, "%s: %s, %s of %s, batch %d, seed %d%s\n", r.program.Name, count(numbers, "parameter"),
		count(b.Epochs, "epoch"), count(b.stepsPerEpoch, "step"), b.Batch, b.Seed, o.resumed(r))
}

func (o *output) resumed(r *run) string {
	switch at := r.loop.at; {
	case r.resume == "":
		return ""
	case at.step > 0:
		return fmt.Sprintf(", resumed after epoch %d, step %d", at.epoch, at.step)
	default:
		return fmt.Sprintf(", resumed after epoch %d", at.epoch)
	}
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// glance reports whether the live line is due. It looks at the clock only
// every so many steps, so that short steps are not slowed down by it.
func (o *output) glance() bool { return o.live != nil && o.live.glance() }

func (o *output) step(r *Report) { o.live.show(progressText(r, o.live.columns())) }

func (o *output) epoch(r *Report) {
	if o.json != nil {
		fmt.Fprintln(o.json, jsonLine("epoch", r))
	}
	if o.lines != nil && (r.Epoch%o.every == 0 || r.Epoch >= r.Epochs) {
		o.close()
		fmt.Fprintln(o.lines, epochText(r))
	}
}

// done tells how the run ended.
func (o *output) done(r *Report) {
	if o.json != nil {
		fmt.Fprintln(o.json, jsonLine("done", r))
	}
	o.close()
	if o.lines != nil && (r.Interrupted || r.Stopped != "" && r.stepInEpoch > 0 || int(r.Step) == r.firstStep) {
		fmt.Fprintln(o.lines, epochText(r))
	}
	if v := r.Test; v != nil && o.lines != nil {
		fmt.Fprintf(o.lines, "test: loss %s%s\n", figure(v.Loss), figures(v.Metrics))
	}
	if o.lines != nil {
		last := r.Metrics
		if r.Validation != nil {
			last = r.Validation.Metrics
		}
		if r.Test != nil {
			last = r.Test.Metrics
		}
		io.WriteString(o.lines, classTables(last))
	}
	if o.notes == nil {
		return
	}
	for _, n := range r.Notes {
		fmt.Fprintln(o.notes, n)
	}
	if s := r.Skipped; s != nil && s.Rows > 0 {
		fmt.Fprintf(o.notes, "trained without %s that did not fit\n", count(s.Rows, "row"))
	}
	if r.Stopped != "" {
		fmt.Fprintf(o.notes, "stopped after epoch %d: %s\n", r.Epoch, r.Stopped)
	}
	if r.Kept > 0 {
		text, _ := strings.CutPrefix(epochText(r), fmt.Sprintf("epoch %d/%d  ", r.Epoch, r.Epochs))
		fmt.Fprintf(o.notes, "kept epoch %d: %s\n", r.Kept, text)
	}
	if r.Interrupted {
		fmt.Fprintf(o.notes, "interrupted after epoch %d, step %d\n", r.Epoch, r.stepInEpoch)
	}
	if made := int(r.Step) - r.firstStep; made == 0 && r.firstStep > 0 && !r.Interrupted && r.Stopped == "" {
		fmt.Fprintf(o.notes, "nothing was left to train: epochs count from the very beginning, and %d are done\n", r.Epoch)
	}
	if r.Seconds > 0 {
		fmt.Fprintf(o.notes, "%s in %s, %s examples/s\n", count(int(r.Step)-r.firstStep, "step"), duration(r.Seconds), rate(r.ExamplesPerSecond))
	}
	if r.Saved != "" {
		fmt.Fprintf(o.notes, "saved to %s\n", r.Saved)
	}
}

// note tells something that cannot wait.
func (o *output) note(text string) {
	o.close()
	if o.notes != nil {
		fmt.Fprintln(o.notes, text)
	}
}

// close takes the live line off the terminal.
func (o *output) close() {
	if o.live != nil {
		o.live.clear()
	}
}

// epochText is the plain line of an epoch: all that is known of it.
func epochText(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "epoch %d/%d  loss %s%s", r.Epoch, r.Epochs, figure(r.Loss), figures(r.Metrics))
	if v := r.Validation; v != nil {
		fmt.Fprintf(&b, "  held out: loss %s%s", figure(v.Loss), figures(v.Metrics))
	}
	return b.String()
}

func figures(list []Figure) string {
	var b strings.Builder
	for _, f := range list {
		if f.Counts == nil { // else it is a table, at the end
			b.WriteString("  " + f.Name + " " + figure(f.Value))
		}
	}
	return b.String()
}

func figure(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "–"
	case a != 0 && (a < 1e-3 || a >= 1e6):
		return strconv.FormatFloat(v, 'e', 3, 64)
	}
	return strconv.FormatFloat(v, 'f', 4, 64)
}

func rate(v float64) string {
	switch {
	case v >= 1e6:
		return strconv.FormatFloat(v/1e6, 'f', 1, 64) + "M"
	case v >= 1e4:
		return strconv.FormatFloat(v/1e3, 'f', 0, 64) + "k"
	}
	return strconv.FormatFloat(v, 'f', 0, 64)
}

func duration(seconds float64) string {
	d := time.Duration(seconds * float64(time.Second))
	switch {
	case d < time.Millisecond:
		return d.Round(time.Microsecond).String()
	case d < time.Second:
		return d.Round(time.Millisecond).String()
	case d < time.Minute:
		return d.Round(100 * time.Millisecond).String()
	}
	return d.Round(time.Second).String()
}
