package report

import (
	"flag"
	"math"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
)

var update = flag.Bool("update", false, "write the golden page")

// sample has everything that a page can show. All its texts hold s.
func sample(s string) *Training {
	v := []float32{-1, -0.5, 0, 0, 0.25, 1}
	return &Training{
		Category: "tiny" + s, Name: "fit" + s, Outcome: "Finished after 3 epochs" + s,
		Made:    time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		Figures: []Figure{{"loss" + s, "0.1", "held out" + s}},
		Notes:   []string{"a note" + s},
		Curves: []Curve{
			{Name: "loss" + s, Kept: 2, Lines: []Line{
				{"steps" + s, Steps, []float64{0.5, 1, 1.5, 2, 2.5, 3}, []float64{4, 2, 1, 0.5, 0.1, 0.02}},
				{"training" + s, Trained, []float64{1, 2, 3}, []float64{3, 0.7, 0.06}},
				{"held out" + s, HeldOut, []float64{1, 2, 3}, []float64{3, math.NaN(), 0.2}},
			}},
			{Name: "auc" + s, Lines: []Line{{"training" + s, Trained, []float64{1}, []float64{math.NaN()}}}},
		},
		Confusions: []Confusion{{Of: "9 rows" + s, Classes: []string{"a" + s, "b", "c"}, Counts: [][]int64{{3, 1, 0}, {0, 5, 0}, {0, 0, 0}}}},
		Tensors: []Tensor{
			{Name: "weight" + s, Shape: []int{2, 3}, Values: histogram.Of(v, 6), Gradient: histogram.Of(v[:2], 6)},
			{Name: "bias", Values: histogram.Of([]float32{float32(math.NaN())}, 6)},
		},
		Gradient: "The gradient is that of this" + s,
		Facts:    []Facts{{"Data" + s, []Fact{{"file" + s, "points.csv" + s}}}},
		Source:   &Source{Doc: []string{"What it is" + s}, File: "tiny.cat" + s, Text: "category tiny\n" + s, Diagram: "<svg></svg>", Caption: "A diagram" + s},
	}
}

func TestGoldenPage(t *testing.T) {
	const path = "testdata/page.golden.html"
	page := sample("").HTML()
	if *update {
		require.NoError(t, os.WriteFile(path, page, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), string(page))
}

var tag = regexp.MustCompile(`<[^>]*>`)
var quoted = regexp.MustCompile(`"[^"]*"`)
var attribute = regexp.MustCompile(`[\w-]+="[^"]*"`)

// skeleton is a page without its texts: elements and the names of attributes.
func skeleton(page string) []string {
	_, body, _ := strings.Cut(page, "</style>")
	tags := tag.FindAllString(body, -1)
	for i := range tags {
		tags[i] = quoted.ReplaceAllString(tags[i], `""`)
	}
	return tags
}

// references are the attributes of a page that may name something outside it.
func references(page string) (list []string) {
	for _, t := range tag.FindAllString(page, -1) {
		for _, a := range attribute.FindAllString(t, -1) {
			if name, _, _ := strings.Cut(a, "="); name == "href" || name == "src" || name == "style" {
				list = append(list, a)
			}
		}
	}
	return list
}

// Every element that is opened is closed, in order.
func TestElementsNest(t *testing.T) {
	var open []string
	for _, tag := range skeleton(string(sample("").HTML())) {
		name := strings.FieldsFunc(tag, func(r rune) bool { return strings.ContainsRune("</> \"=", r) })[0]
		switch {
		case strings.HasPrefix(tag, "</"):
			if name != "head" && name != "html" && name != "style" {
				require.NotEmpty(t, open, tag)
				require.Equal(t, open[len(open)-1], name)
				open = open[:len(open)-1]
			}
		case !strings.HasSuffix(tag, "/>"):
			open = append(open, name)
		}
	}
	require.Empty(t, open)
}

// Nothing that a name, a message or a specification holds becomes markup: the
// elements and attributes of a page do not depend on it, nor does what they refer
// to, which is nothing outside the page.
func FuzzTextStaysText(f *testing.F) {
	for _, s := range []string{`<script>alert(1)</script>`, `" onload="x`, `'><img src=//a/b>`, "&lt;", "</pre></code>", "-->", "]]>", "\x00\x1b\xff", "%", "%%s", "</style><script>", "\u2028\ufffe", "HTTP:", "http"} {
		f.Add(s)
	}
	plain := string(sample("").HTML())
	for _, hole := range []string{"http:", "https:", "url(", "@import", "<script", "javascript:"} {
		require.NotContains(f, strings.ToLower(plain), hole)
	}
	f.Fuzz(func(t *testing.T, s string) {
		page := string(sample(s).HTML())
		require.Equal(t, skeleton(plain), skeleton(page))
		require.Equal(t, references(plain), references(page))
		require.NotContains(t, page, "\x00")
	})
}

// Charts bear whatever numbers a training makes.
func FuzzCurve(f *testing.F) {
	f.Add(1.0, 2.0, 3.0)
	f.Add(-math.MaxFloat64, math.MaxFloat64, 0.0)
	f.Add(math.Inf(1), math.NaN(), 5e-324)
	f.Add(1e300, 1e-300, 1.0)
	f.Fuzz(func(t *testing.T, a, b, c float64) {
		x := &Training{Curves: []Curve{{Lines: []Line{{"", Trained, []float64{1, 2, 3}, []float64{a, b, c}}}}}}
		page := string(x.HTML())
		require.Less(t, len(page), 30000)
		for _, path := range regexp.MustCompile(` (d|x|y|cx|cy)="[^"]*"`).FindAllString(page, -1) {
			require.NotRegexp(t, "NaN|Inf", path)
		}
	})
}

func TestScores(t *testing.T) {
	c := &sample("").Confusions[0]
	precision, recall, f1 := c.scores(1)
	require.Equal(t, [3]float64{5.0 / 6, 1, 10.0 / 11}, [3]float64{precision, recall, f1})
	precision, recall, f1 = c.scores(2) // neither occurs nor is predicted
	require.True(t, math.IsNaN(precision) && math.IsNaN(recall) && math.IsNaN(f1))
}

func TestAxis(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		log       bool
		want      []float64
	}{
		{0, 10, false, []float64{0, 2, 4, 6, 8, 10}},
		{1, 60, false, []float64{20, 40, 60}},
		{0.001, 2, true, []float64{0.001, 0.01, 0.1, 1}},
		{3, 3, true, []float64{3}},
	} {
		a := newAxis(c.low, c.high, 0, 100, 5, c.log)
		require.InDeltaSlice(t, c.want, a.ticks, 1e-9, "%v", c)
		require.Equal(t, c.log && c.high > c.low, a.log)
	}
}

// Ticks that differ are written differently, also where a curve hardly moves.
func TestTicksDiffer(t *testing.T) {
	for _, c := range [][2]float64{{250000, 251000}, {-0.0001031, -0.000103}, {0.9999999, 1.0000003}, {12345.61, 12345.68}, {1e300, 1.001e300}, {0, 1}, {1e-9, 1e9}} {
		a := newAxis(c[0], c[1], 0, 100, 5, true)
		require.Greater(t, len(a.ticks), 2, "%v", c)
		seen := map[string]bool{}
		for _, v := range a.ticks {
			require.False(t, seen[a.tick(v)], "%v: %s", c, a.tick(v))
			seen[a.tick(v)] = true
		}
	}
}

// A training that was resumed may have kept an epoch before all that it shows.
func TestKeptBeforeTheCurve(t *testing.T) {
	for _, kept := range []float64{3, 12, 30} {
		c := &Curve{Kept: kept, Lines: []Line{{"", Trained, []float64{11, 12, 13}, []float64{1, 2, 3}}}}
		x, _, ok := c.axes()
		require.True(t, ok)
		require.True(t, plotLeft <= x.at(kept) && x.at(kept) <= plotRight, "%v is at %v", kept, x.at(kept))
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.5: "0.5", 0.98765: "0.9877", 12.3456: "12.35", 123456: "123456", 1e7: "1.00e+07", 0.0001: "1.00e-04", math.Inf(-1): "-∞"} {
		require.Equal(t, want, number(v))
	}
}
