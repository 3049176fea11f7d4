package kernel

// The files gemm_amd64.go, gemm_arm64.go and gemm_other.go offer the same four
// functions; assembly is called here and nowhere else. The calls are direct,
// because a pointer passed to a function value would move to the heap.

// tileHeight is how many rows most tiles have.
const tileHeight = 6

// tileWidth is the most columns that one tile computes of a product of m rows.
func tileWidth(m int) int {
	width := 16
	if m == 1 {
		width = 64
	}
	if active == avx512 {
		width *= 2
	}
	return width
}

// run computes the product for up to tileWidth(p.m) columns.
func (p *panel) run() {
	switch {
	case p.m == 0 || p.n == 0:
	case active == avx512 && p.m == 1:
		rowAVX512(p)
	case active == avx512 && p.n > 16:
		tilesAVX512(p)
	case active == avx512:
		tilesNarrowAVX512(p)
	case p.m == 1:
		rowAVX2(p)
	case p.n == 16:
		tilesAVX2(p)
	case p.n > 8:
		tilesRaggedAVX2(p)
	default:
		tilesNarrowAVX2(p)
	}
}

// runFirst computes the first tileHeight of p.m rows and copies b on the way.
// p.n is more than half of tileWidth.
func (p *panel) runFirst() {
	if active == avx512 {
		firstTileAVX512(p)
	} else {
		firstTileAVX2(p)
	}
}

// runScattered computes the product for up to tileWidth(tileHeight) columns and
// termsOfScattered terms, with the rows of b where p.rows says.
func (p *panel) runScattered() {
	switch {
	case p.m == 0 || p.n == 0:
	case active == avx512 && p.n > 16:
		scatteredAVX512(p)
	case active == avx512:
		scatteredNarrowAVX512(p)
	case p.n > 8:
		scatteredAVX2(p)
	default:
		scatteredNarrowAVX2(p)
	}
}

// run computes the dot products.
func (d *dots) run() {
	switch {
	case d.m == 0 || d.n == 0:
	case active == avx512:
		dotsAVX512(d)
	default:
		dotsAVX2(d)
	}
}

// runShort computes the dot products of one row of at most shortTerms terms
// with rows of b, a multiple of four, that share a bias.
func (d *dots) runShort() {
	if active == avx512 {
		shortDotsAVX512(d)
	} else {
		shortDotsAVX2(d)
	}
}

// transposeBlocks turns rows×cols elements, both multiples of 8, with strides
// in bytes: out[c, r] = in[r, c].
func transposeBlocks(out, in *float32, rows, cols, outRow, inRow int) {
	transposeAVX2(out, in, rows, cols, outRow, inRow)
}

// The functions of gemm_amd64.s, which asm/gemm writes.
//
//go:noescape
func tilesAVX2(p *panel)

//go:noescape
func tilesRaggedAVX2(p *panel)

//go:noescape
func tilesNarrowAVX2(p *panel)

//go:noescape
func scatteredAVX2(p *panel)

//go:noescape
func scatteredNarrowAVX2(p *panel)

//go:noescape
func rowAVX2(p *panel)

//go:noescape
func tilesAVX512(p *panel)

//go:noescape
func tilesNarrowAVX512(p *panel)

//go:noescape
func scatteredAVX512(p *panel)

//go:noescape
func scatteredNarrowAVX512(p *panel)

//go:noescape
func rowAVX512(p *panel)

//go:noescape
func firstTileAVX2(p *panel)

//go:noescape
func firstTileAVX512(p *panel)

//go:noescape
func dotsAVX2(d *dots)

//go:noescape
func dotsAVX512(d *dots)

//go:noescape
func shortDotsAVX2(d *dots)

//go:noescape
func shortDotsAVX512(d *dots)

//go:noescape
func transposeAVX2(out, in *float32, rows, cols, outRow, inRow int)
