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

// Limits of one call of a tile. A goroutine cannot be interrupted in
// assembly, and these keep a call to about ten microseconds; they also keep
// what it reads within the second cache.
const (
	termsOfCall = 512
	workOfCall  = 1 << 19 // multiply-adds
	rowsOfPart  = 48      // of partial sums on the stack
)

// run computes the product.
func (x *product) run() {
	if x.m == 0 || x.n == 0 {
		return
	}
	x.check()
	if x.k > termsOfCall {
		x.long()
		return
	}
	p := x.panel()
	width := tileWidth(x.m)
	rows := rowsOfCall(x.k, width)
	for r := 0; r < x.m; r += rows {
		p.m = min(rows, x.m-r)
		for j := 0; j < x.n; j += width {
			x.at(&p, r, j, 0)
			p.n = min(width, x.n-j)
			p.run()
		}
	}
}

// rowsOfCall is how many rows of so many terms and columns one call may take:
// a multiple of the height of most tiles.
func rowsOfCall(k, width int) int { return max(12, workOfCall/(max(k, 1)*width)/6*6) }

// long computes a product whose terms are dealt out over several calls, with
// partial sums on the stack.
func (x *product) long() {
	var part [rowsOfPart * 32]float32
	width := tileWidth(x.m)
	rows := min(rowsOfPart, len(part)/width)
	p := x.panel()
	for r := 0; r < x.m; r += rows {
		for j := 0; j < x.n; j += width {
			p.n = min(width, x.n-j)
			for k := 0; k < x.k; k += termsOfCall {
				p.m = min(rows, x.m-r)
				x.at(&p, r, j, k)
				p.k, p.part, p.partRow = min(termsOfCall, x.k-k), nil, 4*width
				if k > 0 {
					p.part = &part[0]
				}
				p.end, p.cRow = x.end, 4*x.cRow
				if k+p.k < x.k {
					p.end, p.c, p.cRow = assign, &part[0], 4*width
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

// panel fills in what all calls have in common.
func (x *product) panel() panel {
	return panel{k: x.k, aRow: 4 * x.aRow, aTerm: 4 * x.aTerm, bTerm: 4 * x.bTerm, cRow: 4 * x.cRow,
		keep: x.keep, by: x.by, end: x.end}
}

// at points p to row r, column j and term k.
func (x *product) at(p *panel, r, j, k int) {
	p.c = &x.c[r*x.cRow+j]
	if x.k > 0 {
		p.a, p.b = &x.a[r*x.aRow+k*x.aTerm], &x.b[k*x.bTerm+j]
	}
	if len(x.bias) > 0 {
		p.bias = &x.bias[j]
	}
}
