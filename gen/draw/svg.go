package draw

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// SVG draws d, a diagram of c: "" where it has more boxes than can be seen at
// once. Lines and text have the colour of the text around.
func SVG(c *category.Category, d *category.Diagram) string {
	s := newSheet(c, d)
	if len(s.boxes) == 0 || len(s.boxes) > most {
		return ""
	}
	rows := s.arrange()
	rows.sort()
	width := rows.place()
	p := &pen{}
	height := float64(len(rows)-1)*rowHeight + boxHeight + 2*border
	p.add(`<svg xmlns="http://www.w3.org/2000/svg" width="%" height="%" viewBox="0 0 % %" role="img" aria-label="%" font-family="system-ui, sans-serif" font-size="13">`,
		math.Ceil(width), height, math.Ceil(width), height, s.words())
	p.add("\n" + `<g fill="none" stroke="currentColor" stroke-width="1.4">` + "\n")
	for k, r := range rows {
		for _, x := range r {
			for _, l := range x.down {
				x.wireTo(p, s, k, l)
			}
		}
	}
	p.add("</g>\n")
	for k, r := range rows {
		for _, x := range r {
			x.draw(p, s, k)
		}
	}
	p.add("</svg>")
	return string(p.b)
}

// words tell what is drawn, for whoever cannot see it.
func (s *sheet) words() string {
	text := "Diagram from "
	for i, w := range s.ins {
		if i > 0 {
			text += " * "
		}
		text += s.wires[w]
	}
	text += ":"
	for i := range s.boxes {
		text += " " + s.boxes[i].label
	}
	return text
}

// middle is the height of the middle of a row.
func middle(row int) float64 { return border + boxHeight/2 + float64(row)*rowHeight }

// top and bottom are where wires reach an item of a row and leave it.
func (x *item) top(row int) float64 {
	if x.box < 0 {
		return middle(row) - 8
	}
	return middle(row) - boxHeight/2
}

func (x *item) bottom(row int) float64 {
	if x.box < 0 {
		return middle(row) + 8
	}
	return middle(row) + boxHeight/2
}

// port is the x of port k of n.
func (x *item) port(k, n int) float64 {
	if n < 2 {
		return x.x
	}
	return x.x + x.width*((float64(k)+0.5)/float64(n)-0.5)
}

func (x *item) wireTo(p *pen, s *sheet, row int, l link) {
	from, to := x.x, l.to.x
	if x.box >= 0 {
		from = x.port(l.from, len(s.boxes[x.box].out))
	}
	if l.to.box >= 0 {
		to = l.to.port(l.port, len(s.boxes[l.to.box].in))
	}
	a, b := x.bottom(row), l.to.top(row+1)
	p.add(`<path d="M% %C% % % % % %"/>`+"\n", from, a, from, a+18, to, b-18, to, b)
}

func (x *item) draw(p *pen, s *sheet, row int) {
	y := middle(row)
	switch {
	case x.in || x.out:
		p.add(`<text x="%" y="%" text-anchor="middle" fill="currentColor" font-style="italic">%</text>`+"\n", x.x, y+4, short(s.wires[x.wire]))
		return
	case x.box < 0:
		p.add(`<path d="M% %V%" fill="none" stroke="currentColor" stroke-width="1.4"/>`+"\n", x.x, x.top(row), x.bottom(row))
		return
	}
	b := &s.boxes[x.box]
	if b.twice {
		p.add(`<rect x="%" y="%" width="%" height="%" rx="5" fill="none" stroke="currentColor"/>`+"\n", x.x-x.width/2+4, y-boxHeight/2-4, x.width, boxHeight)
	}
	p.add(`<rect x="%" y="%" width="%" height="%" rx="5" fill="none" stroke="currentColor" stroke-width="1.4"/>`+"\n", x.x-x.width/2, y-boxHeight/2, x.width, boxHeight)
	base := y + 4
	if b.below != "" {
		base = y - 3
		p.add(`<text x="%" y="%" text-anchor="middle" class="type" fill="currentColor" font-size="11">%</text>`+"\n", x.x, y+13, short(b.below))
	}
	p.add(`<text x="%" y="%" text-anchor="middle" fill="currentColor">%</text>`+"\n", x.x, base, short(b.label))
	for k, w := range b.out {
		if slices.Contains(s.outs, w) && !s.read(w) {
			continue // its name stands at its end
		}
		p.add(`<text x="%" y="%" class="type" fill="currentColor" font-size="11" font-style="italic">%</text>`+"\n", x.port(k, len(b.out))+5, x.bottom(row)+13, short(s.wires[w]))
	}
}

// read reports whether a box reads wire w.
func (s *sheet) read(w int) bool {
	return slices.ContainsFunc(s.boxes, func(b box) bool { return slices.Contains(b.in, w) })
}

// pen writes SVG.
type pen struct{ b []byte }

// add appends form, with a value in the place of each %: numbers are rounded,
// text is escaped.
func (p *pen) add(form string, values ...any) {
	for i := range len(form) {
		if form[i] != '%' || len(values) == 0 {
			p.b = append(p.b, form[i])
			continue
		}
		switch v := values[0].(type) {
		case float64:
			p.b = strconv.AppendFloat(p.b, math.Round(v*10)/10, 'f', -1, 64)
		case string:
			p.text(v)
		}
		values = values[1:]
	}
}

func (p *pen) text(s string) {
	for _, r := range s {
		switch {
		case r == '<' || r == '>' || r == '&' || r == '"' || r == '\'':
			p.b = append(p.b, "&#"+strconv.Itoa(int(r))+";"...)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r&0xfffe == 0xfffe:
			p.b = append(p.b, "\ufffd"...)
		default:
			p.b = utf8.AppendRune(p.b, r)
		}
	}
}
