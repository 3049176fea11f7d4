package report

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// shownClasses is the greatest number of classes of which a page draws the
// whole confusion; of more it lists the classes and the most frequent mistakes.
const shownClasses = 40

// mistakes is how many kinds of mistakes are listed.
const mistakes = 20

func (t *Training) classes(m *markup) {
	for i := range t.Confusions {
		c := &t.Confusions[i]
		m.add("<h3>%</h3>\n", c.Of)
		if len(c.Classes) <= shownClasses {
			m.add("<p class=\"soft\">In the confusion, rows are the classes and columns what was predicted.</p>\n")
		}
		m.add("<div class=\"classes\">\n")
		if len(c.Classes) <= shownClasses {
			c.matrix(m)
		} else {
			c.worst(m)
		}
		c.table(m)
		m.add("</div>\n")
	}
}

// matrix draws the counts, each shaded by its share of its class.
func (c *Confusion) matrix(m *markup) {
	m.add("<div class=\"scroll\"><table class=\"confusion\">\n<caption>Confusion</caption>\n<thead><tr><th scope=\"col\">class</th>")
	for _, name := range c.Classes {
		m.add("<th scope=\"col\">%</th>", name)
	}
	m.add("</tr></thead>\n<tbody>\n")
	for k, row := range c.Counts {
		m.add("<tr><th scope=\"row\">%</th>", c.Classes[k])
		all := total(row)
		for j, n := range row {
			if n == 0 {
				m.add("<td class=\"none\">0</td>")
				continue
			}
			class := "hit"
			if j != k {
				class = "miss"
			}
			share := float64(n) / float64(all)
			m.add("<td class=\"%\" style=\"--s:%\" title=\"%\">%</td>", class, strconv.FormatFloat(0.1+0.5*share, 'f', 2, 64),
				counted(n, "row")+" of class "+c.Classes[k]+" predicted to be "+c.Classes[j]+": "+percent(share), n)
		}
		m.add("</tr>\n")
	}
	m.add("</tbody></table></div>\n")
}

// worst lists the most frequent mistakes.
func (c *Confusion) worst(m *markup) {
	type mistake struct {
		class, as int
		n         int64
	}
	var all []mistake
	for k, row := range c.Counts {
		for j, n := range row {
			if j != k && n > 0 {
				all = append(all, mistake{k, j, n})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mistake) int { return cmp.Compare(b.n, a.n) })
	m.add("<div class=\"scroll\"><table class=\"num\">\n<caption>The most frequent mistakes</caption>\n<thead><tr><th scope=\"col\">class</th><th scope=\"col\">predicted</th><th scope=\"col\">rows</th></tr></thead>\n<tbody>\n")
	for _, x := range all[:min(len(all), mistakes)] {
		m.add("<tr><th scope=\"row\">%</th><td>%</td><td>%</td></tr>\n", c.Classes[x.class], c.Classes[x.as], x.n)
	}
	m.add("</tbody></table></div>\n")
}

// table says of each class how often it is found and how often it is meant.
func (c *Confusion) table(m *markup) {
	m.add("<div class=\"scroll\"><table class=\"num\">\n<caption>Class by class</caption>\n<thead><tr><th scope=\"col\">class</th><th scope=\"col\">rows</th><th scope=\"col\">precision</th><th scope=\"col\">recall</th><th scope=\"col\">F1</th></tr></thead>\n<tbody>\n")
	for k, name := range c.Classes {
		precision, recall, f1 := c.scores(k)
		m.add("<tr><th scope=\"row\">%</th><td>%</td><td>%</td><td>%</td><td>%</td></tr>\n", name, total(c.Counts[k]), number(precision), number(recall), number(f1))
	}
	m.add("</tbody></table></div>\n")
}

// scores are NaN where they are not defined: of a class that was never
// predicted, or that does not occur.
func (c *Confusion) scores(k int) (precision, recall, f1 float64) {
	hits, predicted, actual := float64(c.Counts[k][k]), 0.0, float64(total(c.Counts[k]))
	for _, row := range c.Counts {
		predicted += float64(row[k])
	}
	divide := func(a, b float64) float64 {
		if b == 0 {
			return math.NaN()
		}
		return a / b
	}
	return divide(hits, predicted), divide(hits, actual), divide(2*hits, predicted+actual)
}

func total(row []int64) int64 {
	sum := int64(0)
	for _, n := range row {
		sum += n
	}
	return sum
}

func percent(share float64) string { return strconv.FormatFloat(100*share, 'f', 1, 64) + " %" }
