package report

import (
	"math"
	"strconv"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
)

// shownTensors is the greatest number of tensors that a page draws.
const shownTensors = 400

func (t *Training) tensors(m *markup) {
	m.add("<p class=\"soft\">%</p>\n", t.Gradient)
	if more := len(t.Tensors) - shownTensors; more > 0 {
		m.add("<p class=\"soft\">%</p>\n", "The first "+strconv.Itoa(shownTensors)+" tensors are drawn, "+strconv.Itoa(more)+" more are not.")
	}
	m.add("<div class=\"tensors\">\n")
	for i := range t.Tensors[:min(len(t.Tensors), shownTensors)] {
		x := &t.Tensors[i]
		m.add("<article>\n<h3>%</h3>\n<p class=\"soft\">%</p>\n", x.Name, shape(x.Shape, x.Values.Size()))
		bars(m, "Values", "bars", x.Values)
		if x.Gradient != nil {
			bars(m, "Gradient", "bars held", x.Gradient)
		}
		m.add("</article>\n")
	}
	m.add("</div>\n")
}

func shape(dims []int, size int64) string {
	s := ""
	for i, d := range dims {
		if i > 0 {
			s += " × "
		}
		s += strconv.Itoa(d)
	}
	if len(dims) < 2 {
		return counted(size, "number")
	}
	return s + ", " + counted(size, "number")
}

// The size of a drawn histogram.
const (
	barsWidth, barsHeight = 300.0, 84.0
	barsBase              = 66.0
)

// describe says in words what a histogram shows.
func describe(what string, h *histogram.Histogram) string {
	switch {
	case h.Size() == 0:
		return what + ": none"
	case h.Finite == 0:
		return what + ": no number is finite"
	case h.Min == h.Max:
		return what + ": " + number(h.Min)
	}
	words := what + ": mean " + number(h.Mean()) + ", deviation " + number(h.Deviation()) + ", from " + number(h.Min) + " to " + number(h.Max)
	if h.Zeros > 0 {
		words += "; " + percent(float64(h.Zeros)/float64(h.Size())) + " are 0"
	}
	return words
}

// bars draws a histogram as one path.
func bars(m *markup, what, class string, h *histogram.Histogram) {
	words := describe(what, h)
	m.add("<figure>\n")
	if len(h.Bins) > 1 {
		most := int64(1)
		for _, n := range h.Bins {
			most = max(most, n)
		}
		m.add("<svg viewBox=\"0 0 % %\" role=\"img\" aria-label=\"%\">\n<path class=\"%\" d=\"", barsWidth, barsHeight, "Histogram. "+words, class)
		width := barsWidth / float64(len(h.Bins))
		for i, n := range h.Bins {
			if n > 0 {
				// The least bar that can still be seen.
				high := math.Max(barsBase*float64(n)/float64(most), 1)
				m.add("M% %V%H%V%z", float64(i)*width, barsBase, barsBase-high, float64(i+1)*width, barsBase)
			}
		}
		m.add("\"/>\n<path class=\"axis\" d=\"M0 %H%\"/>", barsBase, barsWidth)
		m.add("<text x=\"0\" y=\"%\">%</text><text x=\"%\" y=\"%\" text-anchor=\"end\">%</text>\n</svg>\n", barsHeight-3, number(h.Min), barsWidth, barsHeight-3, number(h.Max))
	}
	m.add("<figcaption>%</figcaption>\n", words)
	if bad := h.NaN + h.Infinite; bad > 0 {
		m.add("<p class=\"trouble\">%</p>\n", counted(h.NaN, "number")+" not a number, "+strconv.FormatInt(h.Infinite, 10)+" infinite")
	}
	m.add("</figure>\n")
}
