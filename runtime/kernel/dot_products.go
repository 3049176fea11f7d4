package kernel

// Limits of one call of short dot products.
const (
	shortTerms = 32
	shortRows  = 1 << 12
)

// dotProducts assigns c[r, j] = bias[j] + a[r, :] • b[j, :] for m rows of a
// and n rows of b over k terms, in the order of dots. The active level must
// not be portable.
func dotProducts(c, a, b, bias []float32, m, n, k int) {
	d := dots{k: k, aRow: 4 * k, bRow: 4 * k, cRow: 4 * n, biasStep: 4}
	rows, columns := dotsOfCall(n, k)
	for j := 0; j < n; j += columns {
		d.n = min(columns, n-j)
		for r := 0; r < m; r += rows {
			d.m = min(rows, m-r)
			d.c, d.bias = &c[r*n+j:][:(d.m-1)*n+d.n][0], &bias[j:][:d.n][0]
			if k > 0 {
				d.a, d.b = &a[r*k:][:d.m*k][0], &b[j*k:][:d.n*k][0]
			}
			d.run()
		}
	}
}

// dotsWith assigns y[r] = bias[0] + rows[r, :] • x.
func dotsWith(y, rows, x, bias []float32, n, k int) {
	d := dots{m: 1, k: k, aRow: 4 * k, bRow: 4 * k, cRow: 4 * n}
	if all := n &^ 3; 0 < k && k <= shortTerms && 0 < all && all <= shortRows {
		d.n, d.a, d.b, d.c, d.bias = all, &x[:k][0], &rows[:all*k][0], &y[:all][0], &bias[0]
		d.runShort()
		if y, rows, n = y[all:], rows[all*k:], n-all; n == 0 {
			return
		}
	}
	_, columns := dotsOfCall(n, k)
	for r := 0; r < n; r += columns {
		d.n = min(columns, n-r)
		d.c, d.bias = &y[r:][:d.n][0], &bias[0]
		if k > 0 {
			d.a, d.b = &x[:k][0], &rows[r*k:][:d.n*k][0]
		}
		d.run()
	}
}

// dotsOfCall is how many rows and columns one call takes: columns whose terms
// stay in the second cache while the rows pass by.
func dotsOfCall(n, k int) (rows, columns int) {
	const inSecondCache = 1 << 16 // elements
	k = max(k, 1)
	if n*k <= 1<<10 { // most dot products of small models, without a division
		return workOfCall >> 10, max(4, n)
	}
	columns = max(4, min(n, inSecondCache/k))
	return max(3, workOfCall/(columns*k)), columns
}
