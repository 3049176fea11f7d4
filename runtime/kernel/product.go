package kernel

// product is a matrix product for the tiles of the active level, which must
// not be portable:
//
//	c[m, n] = end(Σ_k a[m, k]·b[k, n])
//
// The rows of b, c and bias are contiguous. Strides are in elements.
type product struct {
	c, a, b, bias []float32
	m, n, k       int
	aRow, aTerm   int // from a row of a to the next, from a term to the next
	bTerm, cRow   int
	end           epilogue
	keep, by      float32 // of into
}

// run computes the product.
func (x *product) run() {
	if x.m == 0 || x.n == 0 {
		return
	}
	x.check()
	if x.distant() {
		x.gather()
	} else {
		x.multiply()
	}
}

// multiply chooses where the copies and the partial sums lie.
func (x *product) multiply() {
	switch width := tileWidth(x.m); {
	case x.k <= termsOfCall && x.m*x.k*width <= workOfCall && !x.copies():
		x.short(width)
	case !x.copies() && x.k <= termsOfCall:
		x.blocks(nil, nil, max(x.k, 1))
	case !x.copies():
		x.long()
	case x.k*width <= smallCopy:
		x.copySmall()
	case x.k*width <= largeCopy:
		x.copyLarge()
	default:
		x.copyLong()
	}
}

// short computes a product of which one call takes all rows and terms: most
// products of small models, where what stands around the call counts.
func (x *product) short(width int) {
	p := panel{m: x.m, k: x.k, aRow: 4 * x.aRow, aTerm: 4 * x.aTerm, bTerm: 4 * x.bTerm, cRow: 4 * x.cRow,
		keep: x.keep, by: x.by, end: x.end}
	if x.k > 0 {
		p.a = &x.a[0]
	}
	for j := 0; j < x.n; j += width {
		p.n, p.c = min(width, x.n-j), &x.c[j]
		if x.k > 0 {
			p.b = &x.b[j]
		}
		if len(x.bias) > 0 {
			p.bias = &x.bias[j]
		}
		p.run()
	}
}

// blocks computes the product in calls of one panel of columns, at most so
// many terms, and as many rows as the limits allow. copy has room for the
// terms of a panel, or is nil where they are read where they are; part has
// room for rowsOfPart rows of partial sums where one call does not take all
// terms. Pointers are stored in local variables only: what is stored through
// a pointer would move to the heap.
func (x *product) blocks(copy, part []float32, terms int) {
	width := tileWidth(x.m)
	rows := rowsOfCall(terms, width)
	if terms < x.k {
		rows = min(rows, rowsOfPart)
	}
	for r := 0; r < x.m; r += rows {
		for j := 0; j < x.n; j += width {
			for k := 0; k == 0 || k < x.k; k += terms {
				p := panel{c: &x.c[r*x.cRow+j], m: min(rows, x.m-r), n: min(width, x.n-j), k: min(terms, x.k-k),
					aRow: 4 * x.aRow, aTerm: 4 * x.aTerm, bTerm: 4 * x.bTerm, cRow: 4 * x.cRow, partRow: 4 * width,
					keep: x.keep, by: x.by, end: x.end}
				if x.k > 0 {
					p.a, p.b = &x.a[r*x.aRow+k*x.aTerm], &x.b[k*x.bTerm+j]
				}
				if len(x.bias) > 0 {
					p.bias = &x.bias[j]
				}
				if k > 0 {
					p.part = &part[0]
				}
				if k+p.k < x.k { // more terms follow
					p.end, p.c, p.cRow = assign, &part[0], p.partRow
				}
				if copy != nil && p.m > tileHeight && p.n > width/2 {
					p.copy = &copy[0]
					rest := p.belowFirst(width)
					p.runFirst()
					p = rest
				}
				p.run()
			}
		}
	}
}

// check panics where an operand is too short for the product.
func (x *product) check() {
	_ = x.c[(x.m-1)*x.cRow+x.n-1]
	if x.k > 0 {
		_, _ = x.a[(x.m-1)*x.aRow+(x.k-1)*x.aTerm], x.b[(x.k-1)*x.bTerm+x.n-1]
	}
	if x.end == biased || x.end == rectified {
		_ = x.bias[x.n-1]
	}
}
