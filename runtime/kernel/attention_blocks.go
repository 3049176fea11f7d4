package kernel

// The steps of attention for one head, as products of the tiles. The active
// level must not be portable. Results of queries and keys are computed in
// blocks, so that causal attention leaves out most of what is 0.

const (
	headBlock   = 32  // queries or keys of a block: the columns of a tile
	turnedTerms = 128 // of a block of queries that is turned
	rowsDown    = 128 // of a block that one call goes down
)

// step is how many of n queries or keys are computed at a time where no
// tile asks for fewer.
func (g *heads) step(n int) int {
	if g.causal {
		return headBlock
	}
	return n
}

// turnedBlock has room for a block of queries whose axes are turned. What
// goes over all heads makes it, since clearing it takes as long as the shares
// of a small head.
type turnedBlock [turnedTerms * headBlock]float32

// attendShares assigns the shares of one head.
func attendShares(p, q, k, mask []float32, turned *turnedBlock, g *heads) {
	var peak, sum [headBlock]float32
	for t := 0; t < g.t; t += headBlock {
		cols := min(headBlock, g.t-t)
		last := g.last(t + cols)
		scoreBlock(p[t:], k, q, turned, t, cols, last, g.e, g.scale(), g)
		hide(p, mask, lowest, t, t+cols, g)
		for j := range peak {
			peak[j], sum[j] = -infinity, 0
		}
		for u := 0; u < last; u += rowsDown {
			vecColumnPeaks(p[u*g.t+t:], peak[:], min(rowsDown, last-u), cols, g.t, g.ahead(t-u))
		}
		for u := 0; u < last; u += rowsDown {
			x := p[u*g.t+t:]
			vecColumnExps(x, x, sum[:], peak[:], min(rowsDown, last-u), cols, g.t, g.ahead(t-u))
		}
		for u := 0; u < last; u += rowsDown {
			x := p[u*g.t+t:]
			vecColumnShares(x, x, sum[:], min(rowsDown, last-u), cols, g.t)
		}
		hide(p, mask, 0, t, t+cols, g)
		clearBelow(p[t:], last, cols, g)
	}
}

// attendSlopes assigns ds of one head; mean[t·h] belongs to query t.
func attendSlopes(ds, p, v, dy, mean []float32, turned *turnedBlock, g *heads) {
	var means [headBlock]float32
	for t := 0; t < g.t; t += headBlock {
		cols := min(headBlock, g.t-t)
		last := g.last(t + cols)
		scoreBlock(ds[t:], v, dy, turned, t, cols, last, g.f, 1, g)
		for j := range cols {
			means[j] = mean[(t+j)*g.h]
		}
		for u := 0; u < last; u += rowsDown {
			x := ds[u*g.t+t:]
			vecColumnSlopes(x, p[u*g.t+t:], x, means[:], min(rowsDown, last-u), cols, g.t, float32(g.scale()))
		}
		clearBelow(ds[t:], last, cols, g)
	}
}

// scoreBlock assigns s[u, j] = by·Σ_e keys[u, e]·queries[t+j, e] for cols
// queries from t on and the first last keys.
func scoreBlock(s, keys, queries []float32, turned *turnedBlock, t, cols, last, width int, by float64, g *heads) {
	if last == 0 {
		return
	}
	row := g.h * width
	x := product{c: s, m: last, n: cols, aRow: row, aTerm: 1, bTerm: cols, cRow: g.t, end: into, by: float32(by)}
	for e := 0; e == 0 || e < width; e += turnedTerms {
		x.k = min(turnedTerms, width-e)
		switch {
		case x.k > 0 && cols == 1: // it lies as if it were turned
			x.a, x.b = keys[e:], queries[t*row+e:]
		case x.k > 0:
			turn(turned[:], cols, queries[t*row+e:], row, cols, x.k)
			x.a, x.b = keys[e:], turned[:]
		}
		x.run()
		x.keep = 1
	}
}

// turn assigns out[c, r] = in[r, c] for matrices whose rows lie apart.
func turn(out []float32, outRow int, in []float32, inRow, rows, cols int) {
	r8, c8 := rows&^7, cols&^7
	if r8 > 0 && c8 > 0 {
		_, _ = out[(c8-1)*outRow+r8-1], in[(r8-1)*inRow+c8-1]
		transposeBlocks(&out[0], &in[0], r8, c8, 4*outRow, 4*inRow)
	} else {
		c8 = 0
	}
	for c := range cols {
		from := 0
		if c < c8 {
			from = r8
		}
		for r := from; r < rows; r++ {
			out[c*outRow+r] = in[r*inRow+c]
		}
	}
}

// clearBelow assigns 0 to the keys behind last, which cols queries do not look
// at.
func clearBelow(p []float32, last, cols int, g *heads) {
	for u := last; u < g.u; u++ {
		clear(p[u*g.t : u*g.t+cols])
	}
}

// ahead is how far into a block of queries, of which the first is rows behind
// the first key, a key is looked at.
func (g *heads) ahead(rows int) float32 {
	if g.causal {
		return float32(rows)
	}
	return infinity
}

// gatherKeysOf is gatherKeys for one head.
func gatherKeysOf(y, p, x []float32, width int, g *heads) {
	row, step := g.h*width, g.step(g.t)
	for t := 0; t < g.t && width > 0; t += step {
		m := product{c: y[t*row:], a: p[t:], b: x, m: min(step, g.t-t), n: width, k: g.last(min(t+step, g.t)), aRow: 1, aTerm: g.t, bTerm: row, cRow: row}
		m.run()
	}
}

// gatherQueriesOf is gatherQueries for one head.
func gatherQueriesOf(y, p, x []float32, width int, g *heads) {
	row, step := g.h*width, g.step(g.u)
	for u := 0; u < g.u && width > 0; u += step {
		first := g.first(u)
		m := product{c: y[u*row:], m: min(step, g.u-u), n: width, k: g.t - first, aRow: g.t, aTerm: 1, bTerm: row, cRow: row}
		if m.k > 0 {
			m.a, m.b = p[u*g.t+first:], x[first*row:]
		}
		m.run()
	}
}
