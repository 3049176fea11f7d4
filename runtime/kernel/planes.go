package kernel

// Filters that move by one meet planes: a channel once for each of their
// columns, moved by that column and as wide as the result. What a weight meets
// then lies in one piece for all rows of the result, where its row begins, and
// there are k times fewer numbers to copy than in patches (Cho and Brand, "MEC:
// memory-efficient convolution for deep neural network", 2017). A product that
// finds the rows of its operand in a table does the rest.

const (
	planesSize       = 1 << 13 // elements of the planes of a part, which stay in the first cache
	termsOfScattered = 1 << 9
)

// planes is how images are cut for a filter: parts of so many channels and
// rows of the result at most, which depend on the filter alone.
type planes struct {
	*filter
	channels, rows int
}

// planes says whether a filter meets planes: it moves by one, and those for a
// row of the result fit.
func (f *filter) planes() (planes, bool) {
	row := f.l * f.q // of a plane for each column
	if f.stride != 1 || f.k*f.l > termsOfScattered || f.k*row > planesSize {
		return planes{}, false
	}
	few := min(f.p, 2*f.k) + f.k - 1 // rows for which many are read once only
	most := max(1, min(termsOfScattered/(f.k*f.l), planesSize/(few*row)))
	channels := evenly(f.c, most)
	return planes{f, channels, min(f.p, planesSize/(channels*row)-f.k+1)}, true
}

// height is the number of rows of a plane.
func (f *planes) height() int { return f.rows + f.k - 1 }

// fill assigns the planes of a part's channels that the rows of the result
// from row on meet, zeros where they are outside of the image.
func (f *planes) fill(columns, image []float32, channels, row, rows int) {
	size := f.height() * f.q
	if f.padding > 0 {
		clear(columns[:channels*f.l*size])
	}
	top, bottom := meets(row-f.padding, f.h, 1, rows+f.k-1)
	for j := range f.l {
		left, right := meets(j-f.padding, f.w, 1, f.q)
		if top < bottom && left < right {
			gatherPlanes(columns[j*size+top*f.q+left:], image[(row-f.padding+top)*f.w+j-f.padding+left:],
				channels, bottom-top, right-left, f.l*size, f.h*f.w, f.q, f.w, 1)
		}
	}
}

// table says, in bytes, where in the planes what each weight meets begins.
func (f *planes) table(to []int) {
	for t := range f.channels * f.k * f.l {
		c, i, j := t/(f.k*f.l), t/f.l%f.k, t%f.l
		to[t] = 4 * ((c*f.l+j)*f.height() + i) * f.q
	}
}

// mapsAtOnce is how many channels of the result are computed at a time.
const mapsAtOnce = 48

// forward is Conv2d for so many images. Sums begin with the bias.
func (f *planes) forward(y, x, weight, bias []float32, images, o int) {
	var columns [planesSize]float32
	var table [termsOfScattered]int
	var begin [mapsAtOnce * widestTile]float32
	f.table(table[:])
	width, area, every := tileWidth(tileHeight), f.p*f.q, f.c*f.k*f.l
	maps := min(mapsAtOnce, rowsOfCall(f.channels*f.k*f.l, width))
	begun := -1 // the channel whose sums begin as begin says
	for e := range images {
		image, result := x[e*f.c*f.h*f.w:][:f.c*f.h*f.w], y[e*o*area:][:o*area]
		for c := 0; c < f.c; c += f.channels {
			channels := min(f.channels, f.c-c)
			for row := 0; row < f.p; row += f.rows {
				rows := min(f.rows, f.p-row)
				f.fill(columns[:], image[c*f.h*f.w:], channels, row, rows)
				for first := 0; first < o; first += maps {
					p := panel{m: min(maps, o-first), k: channels * f.k * f.l, rows: &table[0],
						a: &weight[first*every+c*f.k*f.l], aRow: 4 * every, aTerm: 4, cRow: 4 * area, partRow: 4 * area}
					if c == 0 && begun != first {
						for r, v := range bias[first:][:p.m] {
							Fill(begin[r*width:][:width], v)
						}
						begun = first
					}
					for j := 0; j < rows*f.q; j += width {
						p.n, p.b, p.c = min(width, rows*f.q-j), &columns[j], &result[first*area+row*f.q+j]
						p.part = p.c
						if c == 0 {
							p.part, p.partRow = &begin[0], 4*width
						}
						p.runScattered()
					}
				}
			}
		}
	}
}

// dweight is Conv2dDweightInto for so many images: dot products of planes with
// maps, image after image.
func (f *planes) dweight(dweight, x, dy []float32, images, o int, keep, by float32, from, to int) {
	var columns [planesSize]float32
	var total, sums [termsOfScattered * channelsAtOnce]float32
	var turned [termsOfScattered]float32
	area, every, height := f.p*f.q, f.c*f.k*f.l, f.height()
	for first := from; first < to; first += channelsAtOnce {
		some := min(channelsAtOnce, to-first)
		for c := 0; c < f.c; c += f.channels {
			channels := min(f.channels, f.c-c)
			terms := channels * f.k * f.l
			clear(total[:terms*some])
			for e := range images {
				image, result := x[(e*f.c+c)*f.h*f.w:][:channels*f.h*f.w], dy[(e*o+first)*area:][:some*area]
				for row := 0; row < f.p; row += f.rows {
					rows := min(f.rows, f.p-row)
					f.fill(columns[:], image, channels, row, rows)
					for cj := range channels * f.l {
						d := dots{m: f.k, n: some, k: rows * f.q, a: &columns[cj*height*f.q], b: &result[row*f.q],
							c: &sums[cj*f.k*some], bias: &nothing, aRow: 4 * f.q, bRow: 4 * area, cRow: 4 * some}
						d.run()
					}
					Accumulate(total[:terms*some], sums[:terms*some])
				}
			}
			for r := range some {
				d := turned[:terms]
				for t := range d { // t is a channel's column's row
					c, j, i := t/(f.k*f.l), t/f.k%f.l, t%f.k
					d[(c*f.k+i)*f.l+j] = total[t*some+r]
				}
				blend(dweight[(first+r)*every+c*f.k*f.l:][:terms], d, keep, by)
			}
		}
	}
}

// nothing is the bias of sums that have none.
var nothing float32
