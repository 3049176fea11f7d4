package draw

// Sizes of a drawing, in pixels.
const (
	gap       = 22.0 // between two items of a row
	rowHeight = 84.0
	boxHeight = 40.0
	border    = 14.0
)

// place gives every item its x: items of a row keep their order and distance,
// and otherwise stand where their neighbours are. It returns the width of all.
func (rows layers) place() float64 {
	for _, r := range rows {
		at := 0.0
		for _, x := range r {
			x.x = at + x.width/2
			at += x.width + gap
		}
		for _, x := range r {
			x.x -= at / 2
		}
	}
	for sweep := range 16 {
		for k := range rows {
			r, down := rows[k], sweep%2 == 1
			if down {
				r = rows[len(rows)-1-k]
			}
			want := make([]float64, len(r))
			for i, x := range r {
				want[i] = x.x
				links := x.up
				if down || len(links) == 0 {
					links = x.down
				}
				if len(links) > 0 {
					sum := 0.0
					for _, l := range links {
						sum += l.to.x
					}
					want[i] = sum / float64(len(links))
				}
			}
			settle(r, want)
		}
	}
	low, high := 0.0, 0.0
	for _, r := range rows {
		for _, x := range r {
			low, high = min(low, x.x-x.width/2), max(high, x.x+x.width/2)
		}
	}
	for _, r := range rows {
		for _, x := range r {
			x.x += border - low
		}
	}
	return high - low + 2*border
}

// settle puts the items of a row near where they want to be: halfway between
// what keeps their distance going right and what does going left.
func settle(r []*item, want []float64) {
	right := make([]float64, len(r))
	left := make([]float64, len(r))
	for i := range r {
		right[i] = want[i]
		if i > 0 {
			right[i] = max(want[i], right[i-1]+apart(r[i-1], r[i]))
		}
	}
	for i := len(r) - 1; i >= 0; i-- {
		left[i] = want[i]
		if i+1 < len(r) {
			left[i] = min(want[i], left[i+1]-apart(r[i], r[i+1]))
		}
	}
	for i, x := range r {
		x.x = (right[i] + left[i]) / 2
	}
}

func apart(a, b *item) float64 { return (a.width+b.width)/2 + gap }

// textWidth is about how wide a text is at 13 pixels.
func textWidth(s string) float64 { return 7.2 * float64(len([]rune(short(s)))) }

// short keeps a label from filling the drawing.
func short(s string) string {
	const longest = 34
	if r := []rune(s); len(r) > longest {
		return string(r[:longest-1]) + "…"
	}
	return s
}

// width is that of what stands in the box, or of the objects on its results.
func (b *box) width(s *sheet) float64 {
	below := 0.0
	for _, w := range b.out {
		below += textWidth(s.wires[w]) + 14
	}
	return max(textWidth(b.label)+26, textWidth(b.below)*0.85+26, below, float64(len(b.in))*18)
}
