package kernel

// How much of an image each weight of a filter meets, in all, is a product over
// the places of the result. Where an image lies pixel by pixel, all of its
// channels beside one another, what a row of a filter meets lies in one piece,
// and that of the next place begins one pixel later: a product whose terms are
// the places finds it without a copy. Filters of few weights a row take dot
// products over planes instead.

const (
	pixelsSize   = 1 << 13 // elements of a part of an image
	weightsOfRow = 16      // of a filter; with fewer, vectors would be half empty
)

// pixels is how images are cut for the derivative by a filter: parts of so many
// channels and rows of the result at most, which depend on the filter alone.
type pixels struct {
	*filter
	channels, rows int
}

// pixels says whether the derivative goes pixel by pixel: the filter moves by
// one, and what it meets for a row of the result fits.
func (f *filter) pixels() (pixels, bool) {
	wide := f.w + 2*f.padding
	if f.stride != 1 || f.q > termsOfScattered || f.c*f.l < weightsOfRow ||
		f.k*wide > pixelsSize || f.k*f.l*channelsAtOnce > gatherSize {
		return pixels{}, false
	}
	few := min(f.p, 2*f.k) + f.k - 1 // rows for which many are read once only
	most := max(1, min(gatherSize/(f.k*f.l*channelsAtOnce), pixelsSize/(few*wide)))
	channels := evenly(f.c, most)
	return pixels{f, channels, min(f.p, pixelsSize/(channels*wide)-f.k+1, termsOfScattered/f.q)}, true
}

// fill assigns the pixels that rows of the result from row on meet, channels
// of them a pixel, zeros outside of the image.
func (f *pixels) fill(to, image []float32, channels, row, rows int) {
	wide := f.w + 2*f.padding
	if f.padding == 0 {
		turnRows(to, image[row*f.w:], channels, (rows+f.k-1)*f.w, f.h*f.w)
		return
	}
	clear(to[:(rows+f.k-1)*wide*channels])
	top, bottom := meets(row-f.padding, f.h, 1, rows+f.k-1)
	for r := top; r < bottom; r++ {
		turnRows(to[(r*wide+f.padding)*channels:], image[(row-f.padding+r)*f.w:], channels, f.w, f.h*f.w)
	}
}

// addDweight adds to sum[i, o, j, c] what some images say of the weights of
// some channels: of o maps, from first on, of the all of dy.
func (f *pixels) addDweight(sum, x, dy []float32, images, c, channels, first, o, all int) {
	var columns [pixelsSize]float32
	var table [termsOfScattered]int
	wide, area, width, run := f.w+2*f.padding, f.p*f.q, tileWidth(tileHeight), f.l*channels
	for t := range f.rows * f.q {
		table[t] = 4 * (t/f.q*wide + t%f.q) * channels
	}
	for e := range images {
		image, result := x[(e*f.c+c)*f.h*f.w:][:channels*f.h*f.w], dy[(e*all+first)*area:][:o*area]
		for row := 0; row < f.p; row += f.rows {
			rows := min(f.rows, f.p-row)
			f.fill(columns[:], image, channels, row, rows)
			p := panel{m: o, k: rows * f.q, rows: &table[0], a: &result[row*f.q], aRow: 4 * area, aTerm: 4,
				cRow: 4 * run, partRow: 4 * run}
			for i := range f.k {
				for j := 0; j < run; j += width {
					p.n, p.b, p.c = min(width, run-j), &columns[i*wide*channels+j], &sum[i*o*run+j]
					p.part = p.c
					p.runScattered()
				}
			}
		}
	}
}

// dweight is Conv2dDweightInto for so many images.
func (f *pixels) dweight(dweight, x, dy []float32, images, o int, keep, by float32, from, to int) {
	var total [gatherSize]float32
	var turned [gatherSize / channelsAtOnce]float32
	every, area := f.c*f.k*f.l, f.k*f.l
	for first := from; first < to; first += channelsAtOnce {
		some := min(channelsAtOnce, to-first)
		for c := 0; c < f.c; c += f.channels {
			channels := min(f.channels, f.c-c)
			sum := total[:f.k*some*f.l*channels]
			clear(sum)
			f.addDweight(sum, x, dy, images, c, channels, first, some, o)
			for r := range some {
				d := turned[:channels*area]
				for i := range f.k {
					from := sum[(i*some+r)*f.l*channels:][:f.l*channels]
					for j := range f.l {
						for c, v := range from[j*channels:][:channels] {
							d[c*area+i*f.l+j] = v
						}
					}
				}
				blend(dweight[(first+r)*every+c*area:][:len(d)], d, keep, by)
			}
		}
	}
}
