package kernel

import "math"

// The steps of attention, for all heads of n examples. A head is a matrix
// whose rows lie as far apart as all heads are wide. Plain loops stand here,
// what takes their place beside it in attention_blocks.go.

// lowest stands for the score of a key that is masked.
const lowest = -1e30

// attend assigns the shares of all heads, and then the results.
func attend[T Float](y, p, q, k, v, mask []T, n int, g heads) {
	var turned turnedBlock
	attendTurning(y, p, q, k, v, mask, n, g, &turned)
}

// attendTurning is attend with room for blocks of queries, which a single
// query does not need.
func attendTurning[T Float](y, p, q, k, v, mask []T, n int, g heads, turned *turnedBlock) {
	for i := range n {
		var allowed []T
		if mask != nil {
			allowed = mask[i*g.t*g.u : (i+1)*g.t*g.u]
		}
		for h := range g.h {
			shares := square(p, i, h, &g)
			queries, keys := head(q, i, h, g.t, g.h, g.e), head(k, i, h, g.u, g.h, g.e)
			if fast[T]() {
				attendShares(narrow(shares), narrow(queries), narrow(keys), narrow(allowed), turned, &g)
			} else {
				attendSharesPlain(shares, queries, keys, allowed, &g)
			}
		}
	}
	gatherKeys(y, p, v, n, g.f, g)
}

// square is the matrix of keys by queries of head h of example i.
func square[T Float](x []T, i, h int, g *heads) []T {
	from := (i*g.h + h) * g.u * g.t
	return x[from : from+g.u*g.t]
}

// head is head h of example i, of rows of so many heads of a width: from its
// first number to its last.
func head[T Float](x []T, i, h, rows, heads, width int) []T {
	if rows == 0 || width == 0 {
		return nil
	}
	from := i*rows*heads*width + h*width
	return x[from : from+(rows-1)*heads*width+width]
}

// attendSharesPlain assigns the shares of one head.
func attendSharesPlain[T Float](p, q, k, mask []T, g *heads) {
	d, scale := g.h*g.e, T(g.scale())
	clear(p)
	for u := range g.seen {
		for t := g.first(u); t < g.t; t++ {
			p[u*g.t+t] = scale * dot(q[t*d:t*d+g.e], k[u*d:u*d+g.e])
		}
	}
	hide(p, mask, lowest, 0, g.t, g)
	for t := range g.t {
		distributeColumn(p[t:], g.t, g.last(t+1))
	}
	hide(p, mask, 0, 0, g.t, g)
}

// hide assigns v to the queries from up to to where a key is masked.
func hide[T Float](p, mask []T, v T, from, to int, g *heads) {
	if len(mask) == 0 {
		return
	}
	for t := from; t < to; t++ {
		for u, m := range mask[t*g.u : t*g.u+g.u] {
			if m == 0 {
				p[u*g.t+t] = v
			}
		}
	}
}

// distributeColumn makes shares of the first scores of a column.
func distributeColumn[T Float](p []T, stride, count int) {
	if count == 0 {
		return
	}
	greatest := p[0]
	for u := 1; u < count; u++ {
		greatest = max(greatest, p[u*stride])
	}
	var sum T
	for u := range count {
		e := T(math.Exp(float64(p[u*stride] - greatest)))
		p[u*stride] = e
		sum += e
	}
	for u := range count {
		p[u*stride] /= sum
	}
}

// attendDs assigns ds for all heads.
func attendDs[T Float](ds, v, p, r, dy []T, n int, g heads) {
	var turned turnedBlock
	for i := range n {
		means := r[i*g.t*g.h : (i+1)*g.t*g.h]
		for h := range g.h {
			slopes, shares := square(ds, i, h, &g), square(p, i, h, &g)
			values, results := head(v, i, h, g.u, g.h, g.f), head(dy, i, h, g.t, g.h, g.f)
			if fast[T]() {
				attendSlopes(narrow(slopes), narrow(shares), narrow(values), narrow(results), narrow(means[h:]), &turned, &g)
				continue
			}
			c, scale := g.h*g.f, T(g.scale())
			clear(slopes)
			for u := range g.u {
				for t := g.first(u); t < g.t; t++ {
					dp := dot(values[u*c:u*c+g.f], results[t*c:t*c+g.f])
					slopes[u*g.t+t] = shares[u*g.t+t] * (dp - means[t*g.h+h]) * scale
				}
			}
		}
	}
}

// gatherKeys assigns to each query, of all heads, Σ_u p[h, u, t]·x[u, h, :] of
// width numbers.
func gatherKeys[T Float](y, p, x []T, n, width int, g heads) {
	for i := range n {
		for h := range g.h {
			shares := square(p, i, h, &g)
			to, from := head(y, i, h, g.t, g.h, width), head(x, i, h, g.u, g.h, width)
			if fast[T]() {
				gatherKeysOf(narrow(to), narrow(shares), narrow(from), width, &g)
				continue
			}
			row := g.h * width
			for t := range g.t {
				sum := to[t*row : t*row+width]
				clear(sum)
				for u := range g.last(t + 1) {
					axpy(sum, from[u*row:u*row+width], shares[u*g.t+t])
				}
			}
		}
	}
}

// gatherQueries assigns to each key, of all heads, Σ_t p[h, u, t]·x[t, h, :]
// of width numbers.
func gatherQueries[T Float](y, p, x []T, n, width int, g heads) {
	for i := range n {
		for h := range g.h {
			shares := square(p, i, h, &g)
			to, from := head(y, i, h, g.u, g.h, width), head(x, i, h, g.t, g.h, width)
			if fast[T]() {
				gatherQueriesOf(narrow(to), narrow(shares), narrow(from), width, &g)
				continue
			}
			row := g.h * width
			for u := range g.u {
				sum := to[u*row : u*row+width]
				clear(sum)
				for t := g.first(u); t < g.t; t++ {
					axpy(sum, from[t*row:t*row+width], shares[u*g.t+t])
				}
			}
		}
	}
}
