package report

import (
	"math"
	"strconv"
)

// The size of a chart, and the room around its plot.
const (
	chartWidth, chartHeight = 400.0, 230.0
	plotLeft, plotRight     = 52.0, 392.0
	plotTop, plotBottom     = 10.0, 190.0
)

func (t *Training) curves(m *markup) {
	m.add("<div class=\"charts\">\n")
	for i := range t.Curves {
		t.Curves[i].write(m)
	}
	m.add("</div>\n")
}

// class is the name of how a line looks.
func (p Part) class() string { return [...]string{"trained", "held", "steps"}[p] }

// write draws a chart, with its numbers below it for whoever cannot see it.
func (c *Curve) write(m *markup) {
	m.add("<figure>\n<h3>%</h3>\n", c.Name)
	if x, y, ok := c.axes(); ok {
		c.draw(m, x, y)
	} else {
		m.add("<p class=\"soft\">No number of it is finite.</p>\n")
	}
	if len(c.Lines) > 1 {
		m.add("<ul class=\"legend\">")
		for _, l := range c.Lines {
			m.add("<li><svg viewBox=\"0 0 28 10\" aria-hidden=\"true\"><path class=\"line %\" d=\"M1 5H27\"/></svg>%</li>", l.Part.class(), l.Name)
		}
		m.add("</ul>\n")
	}
	c.table(m)
	m.add("</figure>\n")
}

// axes span all points that are finite, and the epoch that was kept.
func (c *Curve) axes() (x, y *axis, ok bool) {
	low := [2]float64{math.Inf(1), math.Inf(1)}
	high := [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, l := range c.Lines {
		for i := range l.X {
			if !l.finite(i) {
				continue
			}
			for k, v := range [2]float64{l.X[i], l.Y[i]} {
				low[k], high[k] = min(low[k], v), max(high[k], v)
			}
		}
	}
	if low[0] > high[0] {
		return nil, nil, false
	}
	if c.Kept > 0 {
		low[0], high[0] = min(low[0], c.Kept), max(high[0], c.Kept)
	}
	return newAxis(low[0], high[0], plotLeft, plotRight, 6, false), newAxis(low[1], high[1], plotBottom, plotTop, 5, true), true
}

func (l *Line) finite(i int) bool { return l.X[i]-l.X[i] == 0 && l.Y[i]-l.Y[i] == 0 }

func (c *Curve) draw(m *markup, x, y *axis) {
	m.add("<svg viewBox=\"0 0 % %\" role=\"img\" aria-label=\"%\">\n", chartWidth, chartHeight, c.Name+" by epoch. "+c.summary())
	for _, v := range y.ticks {
		at := y.at(v)
		m.add("<path class=\"grid\" d=\"M% %H%\"/><text x=\"%\" y=\"%\" text-anchor=\"end\">%</text>\n", plotLeft, at, plotRight, plotLeft-6, at+4, y.tick(v))
	}
	for _, v := range x.ticks {
		m.add("<text x=\"%\" y=\"%\" text-anchor=\"middle\">%</text>\n", x.at(v), plotBottom+17, x.tick(v))
	}
	m.add("<path class=\"axis\" d=\"M% %H%\"/><text x=\"%\" y=\"%\" text-anchor=\"middle\">epoch</text>\n", plotLeft, plotBottom, plotRight, (plotLeft+plotRight)/2, plotBottom+33)
	if c.Kept > 0 {
		at := x.at(c.Kept)
		m.add("<path class=\"kept\" d=\"M% %V%\"><title>%</title></path>\n", at, plotTop, plotBottom, "epoch "+number(c.Kept)+", whose parameters were kept")
	}
	for _, l := range c.Lines {
		l.draw(m, x, y)
	}
	m.add("</svg>\n")
}

// draw is a path through the points. One that stands alone is a dot.
func (l *Line) draw(m *markup, x, y *axis) {
	class, alone := l.Part.class(), []int(nil)
	m.add("<path class=\"line %\" d=\"", class)
	for i := range l.X {
		if !l.finite(i) {
			continue
		}
		before, after := i > 0 && l.finite(i-1), i+1 < len(l.X) && l.finite(i+1)
		switch {
		case before:
			m.add("L% %", x.at(l.X[i]), y.at(l.Y[i]))
		case after:
			m.add("M% %", x.at(l.X[i]), y.at(l.Y[i]))
		default:
			alone = append(alone, i)
		}
	}
	m.add("\"><title>%</title></path>\n", l.Name)
	for _, i := range alone {
		m.add("<circle class=\"dot %\" cx=\"%\" cy=\"%\" r=\"3\"><title>%</title></circle>\n", class, x.at(l.X[i]), y.at(l.Y[i]), l.Name+": "+number(l.Y[i]))
	}
}

// summary tells where each line begins and ends.
func (c *Curve) summary() string {
	s := ""
	for _, l := range c.Lines {
		if n := len(l.Y); n > 0 {
			s += l.Name + ": from " + number(l.Y[0]) + " to " + number(l.Y[n-1]) + ". "
		}
	}
	return s
}

// tableRows is the greatest number of epochs that a table lists.
const tableRows = 100

// table lists what the lines of epochs show: all of a short training, some of
// a long one.
func (c *Curve) table(m *markup) {
	var lines []Line
	longest := 0
	for _, l := range c.Lines {
		if l.Part != Steps {
			lines = append(lines, l)
			if len(l.X) > len(lines[longest].X) {
				longest = len(lines) - 1
			}
		}
	}
	if len(lines) == 0 || len(lines[longest].X) == 0 {
		return
	}
	xs := lines[longest].X
	m.add("<details><summary>Numbers</summary><div class=\"scroll\"><table class=\"num\"><thead><tr><th scope=\"col\">epoch</th>")
	for _, l := range lines {
		m.add("<th scope=\"col\">%</th>", l.Name)
	}
	m.add("</tr></thead><tbody>\n")
	every := (len(xs) + tableRows - 1) / tableRows
	next := make([]int, len(lines))
	for i, x := range xs {
		if i%every != 0 && i != len(xs)-1 {
			continue
		}
		m.add("<tr><th scope=\"row\">%</th>", strconv.FormatFloat(x, 'g', 6, 64))
		for k := range lines {
			l := &lines[k]
			for next[k] < len(l.X) && l.X[next[k]] < x {
				next[k]++
			}
			v := math.NaN()
			if next[k] < len(l.X) && l.X[next[k]] == x {
				v = l.Y[next[k]]
			}
			m.add("<td>%</td>", number(v))
		}
		m.add("</tr>\n")
	}
	m.add("</tbody></table></div></details>\n")
}
