package main

// transpose writes the transposition of whole blocks of 4×4, left to right in
// each row of blocks.
func transpose(a *assembly) {
	const (
		out, in, rows, cols, outRow, inRow reg = 0, 1, 2, 3, 4, 5

		from, to, left, at reg = 6, 7, 8, 9
	)
	a.function("transposeNEON", "(out, in *float32, rows, cols, outRow, inRow int)", 48)
	for i, name := range []string{"out", "in", "rows", "cols", "outRow", "inRow"} {
		a.op("MOVD %s+%d(FP), %s", name, 8*i, reg(i))
	}
	a.label("row")
	a.op("CBZ %s, done", rows)
	a.op("MOVD %s, %s", in, from)
	a.op("MOVD %s, %s", out, to)
	a.op("MOVD %s, %s", cols, left)
	a.label("block")
	a.op("CBZ %s, below", left)
	a.op("MOVD %s, %s", from, at)
	for r := range vec(4) {
		a.op("FMOVQ (%s), %s", at, r.f())
		a.op("ADD %s, %s, %s", inRow, at, at)
	}
	// Pairs of rows give pairs of elements, pairs of those give columns.
	for r := vec(0); r < 4; r += 2 {
		a.op("VTRN1 %s, %s, %s", (r + 1).s4(), r.s4(), (r + 4).s4())
		a.op("VTRN2 %s, %s, %s", (r + 1).s4(), r.s4(), (r + 5).s4())
	}
	for c := range vec(2) {
		a.op("VTRN1 %v.D2, %v.D2, %v.D2", c+6, c+4, c)
		a.op("VTRN2 %v.D2, %v.D2, %v.D2", c+6, c+4, c+2)
	}
	a.op("MOVD %s, %s", to, at)
	for c := range vec(4) {
		a.op("FMOVQ %s, (%s)", c.f(), at)
		a.op("ADD %s, %s, %s", outRow, at, at)
	}
	a.op("ADD $16, %s, %s", from, from)
	a.op("ADD %s<<2, %s, %s", outRow, to, to)
	a.op("SUB $4, %s, %s", left, left)
	a.op("B block")
	a.label("below")
	a.op("ADD %s<<2, %s, %s", inRow, in, in)
	a.op("ADD $16, %s, %s", out, out)
	a.op("SUB $4, %s, %s", rows, rows)
	a.op("B row")
	a.label("done")
	a.op("RET")
}
