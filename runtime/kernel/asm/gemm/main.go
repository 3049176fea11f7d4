// Command gemm writes the assembly of the matrix products of runtime/kernel
// for amd64. The same code writes every instruction set, so that all of them
// do the same operations in the same order and give the same bits.
package main

import . "github.com/mmcloughlin/avo/build"

func main() {
	ConstraintExpr("amd64")
	for _, s := range []isa{avx2, avx512} {
		if s.masks {
			tiles("tiles"+s.name, s, 2, s.height, true)
		} else {
			tiles("tiles"+s.name, s, 2, s.height, false)
			tiles("tilesRagged"+s.name, s, 2, s.height, true)
		}
		tiles("tilesNarrow"+s.name, s, 1, s.narrow, true)
		scatteredTiles("scattered"+s.name, s, 2, s.height)
		scatteredTiles("scatteredNarrow"+s.name, s, 1, s.narrow)
		row("row"+s.name, s, 8)
		firstTile("firstTile"+s.name, s, 2, 6)
		dots("dots"+s.name, s)
		shortDots("shortDots"+s.name, s)
	}
	transpose()
	Generate()
}
