package kernel

// epilogue says what becomes of a finished sum before it is stored.
type epilogue int

const (
	assign    epilogue = iota // c = sum
	biased                    // c = sum + bias[column]
	rectified                 // c = the positive part of sum + bias[column]: NaN passes, -0 becomes +0
	into                      // c = fma(by, sum, keep·c), where a keep of zero stands for a term of +0 and c is not read
)

// panel is what one call of a matrix-product tile computes,
//
//	c[m, n] = epilogue(p[m, n] + Σ_k a[m, k]·b[k, n])
//
// where every element is one chain sum = fma(a, b, sum) in the order of k,
// from p, or from +0 where part is nil. A partial sum that was stored and
// taken up again therefore has the bits of a single chain, and terms can be
// dealt out over several calls.
//
// The assembly reads this structure, and may change it, at the offsets written
// beside its fields; TestPanelLayout holds them. All strides are in bytes. a
// is addressed by two strides, so that it can be transposed or constant
// (strides of zero); the columns of b, c, bias and part are contiguous. Any m,
// n and k, zero included, are allowed, n up to the width of the tile; nothing
// outside the operands is read or written, and none needs an alignment. part
// may be c itself.
type panel struct {
	a, b, c *float32 // 0, 8, 16
	bias    *float32 // 24: n values, read by biased and rectified only
	part    *float32 // 32: partial sums to go on from, or nil
	m, n, k int      // 40, 48, 56
	aRow    int      // 64: from a row of a to the next
	aTerm   int      // 72: from a term of a row to the next
	bTerm   int      // 80: from a row of b to the next
	cRow    int      // 88
	partRow int      // 96
	keep    float32  // 104: read by into only, like by
	by      float32  // 108
	end     epilogue // 112
	copy    *float32 // 120: where firstTile leaves the rows of b, without gaps
	rows    *int     // 128: where the k rows of b begin, in bytes from b; read by runScattered only, which reads no bTerm
}

// dots is what one call of a dot-product tile computes,
//
//	c[m, n] = bias[n] + a[m, :] • b[n, :]
//
// where a dot product is sixteen interleaved partial sums: lane l is the
// chain sum = fma(a[k], b[k], sum) over k = l, l+16, ... from +0, a ragged end
// leaves the lanes behind it as they are, and then lane l takes up lane l+8,
// l+4, l+2 and l+1 in turn, in ascending l. The order does not depend on m or
// n, so a row's bits do not depend on the rows beside it.
//
// All strides are in bytes; a row of a or b is contiguous, and so is a row of
// c. TestPanelLayout holds the offsets; a call may change the structure.
type dots struct {
	a, b, c  *float32 // 0, 8, 16
	bias     *float32 // 24
	m, n, k  int      // 32, 40, 48
	aRow     int      // 56
	bRow     int      // 64
	cRow     int      // 72
	biasStep int      // 80: 4, or 0 where all columns share one bias
}
