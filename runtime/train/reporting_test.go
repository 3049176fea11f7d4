package train_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/report"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

func page(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(b)
}

func TestReport(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fit.html")
	p := tiny.FitProgram()
	p.Source = &report.Source{File: "tiny.cat", Text: "category tiny // <b>"}
	r, err := train.Run(context.Background(), p, train.Data(points(t, 80)), train.Epochs(12), train.ReportTo(path))
	require.NoError(t, err)
	html := page(t, path)
	require.Contains(t, html, "Finished after 12 epochs")
	require.Contains(t, html, "<h3>accuracy</h3>")
	require.Contains(t, html, "<h3>auc of predict</h3>")
	require.Contains(t, html, "mean of 1 step")
	require.Contains(t, html, "20 rows held out")
	require.Contains(t, html, "The gradient is that of the mean loss over 60 rows")
	require.Contains(t, html, "category tiny // &lt;b&gt;")
	require.Contains(t, html, "<tr><th scope=\"row\">seed</th><td>1</td></tr>")

	// The confusion counts what the accuracy is the share of.
	hits := 0.0
	for _, cell := range regexp.MustCompile(`<td class="hit"[^>]*>(\d+)</td>`).FindAllStringSubmatch(html, -1) {
		n := 0
		for _, d := range cell[1] {
			n = 10*n + int(d-'0')
		}
		hits += float64(n)
	}
	require.InDelta(t, r.Report.Validation.Metrics[0].Value, hits/20, 1e-9)
}

// Classes are called what the data calls them, in a confusion that is reported
// and in one that is not.
func TestReportNamesClasses(t *testing.T) {
	rows, path := points(t, 40), filepath.Join(t.TempDir(), "fit.html")
	for _, metric := range []train.Metric{{Name: "accuracy", Threshold: 0.5}, {Name: "confusion", Threshold: 0.5}} {
		p := tiny.FitProgram()
		metric.Labels = []string{"left", "right <of it>"}
		p.Metrics = []train.Metric{metric}
		_, err := train.Run(context.Background(), p, train.Data(rows), train.ReportTo(path))
		require.NoError(t, err)
		require.Contains(t, page(t, path), `<th scope="col">class</th><th scope="col">left</th><th scope="col">right &lt;of it&gt;</th>`, metric.Name)
	}
}

// A report changes nothing about a training.
func TestReportOnlyLooks(t *testing.T) {
	rows := points(t, 60)
	path := filepath.Join(t.TempDir(), "fit.html")
	require.Equal(t, bits(t, run(t, train.Data(rows)).Instance), bits(t, run(t, train.Data(rows), train.ReportTo(path)).Instance))
}

func TestReportOfLongRunsIsSmall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fit.html")
	run(t, train.Data(points(t, 30)), train.Epochs(7000), train.ReportTo(path))
	html := page(t, path)
	require.Less(t, len(html), 200_000)
	require.Contains(t, html, `<tr><th scope="row">7000</th><td>`)
	require.NotContains(t, html, "<td>–</td><td>–</td></tr>", "both parts have their numbers at the same epochs")
}

// Where no page can be written, that shows before the first step.
func TestReportNowhere(t *testing.T) {
	steps := 0
	path := filepath.Join(t.TempDir(), "none", "fit.html")
	_, err := train.Run(context.Background(), lookedAt(func() { steps++ }), train.Data(points(t, 40)), train.ReportTo(path))
	require.ErrorContains(t, err, path+": no such file or folder")
	require.Zero(t, steps)
}

// A page that cannot be written in the end is an error beside the result.
func TestReportLost(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "there")
	require.NoError(t, os.Mkdir(dir, 0o700))
	gone := train.Each(func(*train.Report) { _ = os.RemoveAll(dir) })
	r, err := train.Run(context.Background(), tiny.FitProgram(), train.Data(points(t, 40)), train.ReportTo(filepath.Join(dir, "fit.html")), gone)
	var lost *train.RecordError
	require.ErrorAs(t, err, &lost)
	require.Equal(t, "report", lost.Record)
	require.NotNil(t, r)
	require.Equal(t, 5, r.Report.Epoch)
}

func TestReportOfInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	path := filepath.Join(t.TempDir(), "fit.html")
	_, err := train.Run(ctx, tiny.FitProgram(), train.Data(points(t, 40)), train.ReportTo(path), train.Each(func(*train.Report) { cancel() }))
	require.ErrorIs(t, err, context.Canceled)
	require.Contains(t, page(t, path), "Interrupted after 1 epoch")
}

// diverging is a model whose loss is no number after some steps.
type diverging struct {
	*tiny.Instance
	steps int
}

func (d *diverging) Step(b *data.Batch) float32 {
	if d.steps++; d.steps > 6 {
		d.Instance.Tensors()[0].F32[0] = float32(math.NaN())
		return float32(math.NaN())
	}
	return d.Instance.Step(b)
}

// What went wrong is worth a page more than what went well.
func TestReportOfDiverged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fit.html")
	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) { return &diverging{tinyInstance(capacity), 0}, nil }
	_, err := train.Run(context.Background(), p, train.Data(points(t, 40)), train.ReportTo(path))
	var diverged *train.DivergedError
	require.ErrorAs(t, err, &diverged)
	html := page(t, path)
	require.Contains(t, html, "Failed: the loss is not a finite number at step 7, in epoch 2")
	require.Contains(t, html, "1 number not a number")
	require.Contains(t, html, "The gradient is left out: the training failed.")
	require.False(t, strings.Contains(html, "Classes</h2>"))
}

// A page is about one training.
func TestNoReportOfFolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fit.html")
	_, err := train.CrossValidate(context.Background(), tiny.FitProgram(), 3, train.Data(points(t, 40)), train.ReportTo(path))
	require.ErrorContains(t, err, "reports and event files are each of one")
	require.NoFileExists(t, path)
}
