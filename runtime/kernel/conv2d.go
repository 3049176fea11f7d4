package kernel

// Conv2d assigns y[b, o, p, q] = bias[o] + Σ_cij weight[o, c, i, j]·x[b, c,
// p·stride + i - padding, q·stride + j - padding] for n examples of b images
// of c channels, h rows and w columns, where x is 0 outside. Filters have k
// rows and l columns; results have o channels, p rows and q columns.
//
// The patches that the filters meet become columns of a matrix, some of them
// at a time, and the map a product (Chellapilla, Puri and Simard, "High
// performance convolutional neural networks for document processing", 2006).
func Conv2d[T Float](y, x, weight, bias []T, n, b, c, h, w, o, k, l, p, q, stride, padding int) {
	f := filter{c, h, w, k, l, p, q, stride, padding}
	if planes, ok := f.planes(); ok && fast[T]() {
		planes.forward(narrow(y), narrow(x), narrow(weight), narrow(bias), n*b, o)
		return
	}
	var columns [patchSize]T
	for e := range n * b {
		image, result := x[e*c*h*w:][:c*h*w], y[e*o*p*q:][:o*p*q]
		for r := range o {
			Fill(result[r*p*q:][:p*q], bias[r])
		}
		for at := (patch{}); f.next(&at); {
			pack(columns[:], image, &f, &at)
			addProduct(result[at.place(q):], weight[at.term:], columns[:],
				o, at.size(), at.terms, c*k*l, 1, at.size(), p*q)
		}
	}
}

// Conv2dDx assigns dx[b, c, h, w] = Σ_oij weight[o, c, i, j]·dy[b, o,
// (h + padding - i)/stride, (w + padding - j)/stride], over the i and j for
// which these are whole and lie inside.
func Conv2dDx[T Float](dx, weight, dy []T, n, b, c, h, w, o, k, l, p, q, stride, padding int) {
	f := filter{c, h, w, k, l, p, q, stride, padding}
	var columns [patchSize]T
	for e := range n * b {
		image, result := dx[e*c*h*w:][:c*h*w], dy[e*o*p*q:][:o*p*q]
		clear(image)
		for at := (patch{}); f.next(&at); {
			d := columns[:at.terms*at.size()]
			assignProduct(d, weight[at.term:], result[at.place(q):],
				at.terms, at.size(), o, 1, c*k*l, p*q, at.size())
			unpack(image, d, &f, &at)
		}
	}
}

// Conv2dDweight assigns dweight[o, c, i, j] = Σ_bpq dy[b, o, p, q]·x[b, c,
// p·stride + i - padding, q·stride + j - padding], over all images of all
// examples.
func Conv2dDweight[T Float](dweight, x, dy []T, n, b, c, h, w, o, k, l, p, q, stride, padding int) {
	Conv2dDweightInto(dweight, x, dy, n, b, c, h, w, o, k, l, p, q, stride, padding, 0, 1, 0, o)
}

// Conv2dDweightInto assigns dweight = keep·dweight + by·(what Conv2dDweight
// assigns) for the channels of the result from from up to to. A keep of zero
// does not read dweight.
func Conv2dDweightInto[T Float](dweight, x, dy []T, n, b, c, h, w, o, k, l, p, q, stride, padding int, keep, by T, from, to int) {
	f := filter{c, h, w, k, l, p, q, stride, padding}
	if fast[T]() {
		dweight, x, dy, keep, by := narrow(dweight), narrow(x), narrow(dy), float32(keep), float32(by)
		if pixels, ok := f.pixels(); ok {
			pixels.dweight(dweight, x, dy, n*b, o, keep, by, from, to)
			return
		}
		if planes, ok := f.planes(); ok {
			planes.dweight(dweight, x, dy, n*b, o, keep, by, from, to)
			return
		}
	}
	var columns [patchSize]T
	var turned, total [gatherSize]T
	every := c * k * l
	for first := from; first < to; first += channelsAtOnce {
		some := min(channelsAtOnce, to-first)
		for at := (patch{}); f.nextTerms(&at); {
			sum := total[:at.terms*some]
			clear(sum)
			for e := range n * b {
				image, result := x[e*c*h*w:][:c*h*w], dy[(e*o+first)*p*q:]
				for at := at; f.nextPlace(&at, gatherSize/channelsAtOnce); {
					pack(columns[:], image, &f, &at)
					d := turned[:at.size()*some]
					turnRows(d, result[at.place(q):], some, at.size(), p*q)
					addProduct(sum, columns[:], d, at.terms, some, at.size(), at.size(), 1, some, some)
				}
			}
			d := turned[:at.terms*some]
			turnRows(d, sum, at.terms, some, some)
			for r := range some {
				blend(dweight[(first+r)*every+at.term:][:at.terms], d[r*at.terms:][:at.terms], keep, by)
			}
		}
	}
}

// Conv2dDbias assigns dbias[o] = Σ_bpq dy[b, o, p, q], over all images of all
// examples.
func Conv2dDbias[T Float](dbias, dy []T, n, b, c, h, w, o, k, l, p, q, stride, padding int) {
	Conv2dDbiasInto(dbias, dy, n, b, c, h, w, o, k, l, p, q, stride, padding, 0, 1, 0, o)
}

// Conv2dDbiasInto assigns dbias[o] = keep·dbias[o] + by·Σ_bpq dy[b, o, p, q]
// for the channels from from up to to. A keep of zero does not read dbias.
func Conv2dDbiasInto[T Float](dbias, dy []T, n, b, c, h, w, o, k, l, p, q, stride, padding int, keep, by T, from, to int) {
	var sums, total [channelsAtOnce]T
	for first := from; first < to; first += channelsAtOnce {
		some := min(channelsAtOnce, to-first)
		t, s := total[:some], sums[:some]
		clear(t)
		for e := range n * b {
			sumOver(s, dy[(e*o+first)*p*q:][:some*p*q], some, p*q, 1)
			Accumulate(t, s)
		}
		blend(dbias[first:first+some], t, keep, by)
	}
}
