package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
)

// row emits a function that computes one row of up to width vectors: with one
// row there is nothing to reuse, and many columns keep the multiply-add units
// busy. There is a loop for each number of vectors; the last of them is
// masked.
func row(name string, s isa, width int) {
	TEXT(name, NOSPLIT, "func(p *byte)")
	Pragma("noescape")
	x := &panel{isa: s}
	x.p = Load(Param("p"), GP64())
	x.a, x.c = field(x.p, panelA), field(x.p, panelC)
	x.term, x.b = field(x.p, panelATerm), field(x.p, panelBTerm)
	count := field(x.p, panelN)
	for v := width; v > 1; v-- {
		CMPQ(count, U8((v-1)*s.lanes))
		JG(LabelRef(fmt.Sprintf("vectors%d", v)))
	}
	for v := 1; v <= width; v++ {
		Label(fmt.Sprintf("vectors%d", v))
		if v > 1 {
			SUBQ(U8((v-1)*s.lanes), count)
		}
		x.vectors, x.last = v, s.first(count)
		x.product(1, fmt.Sprint(v))
		JMP(LabelRef("done"))
	}
	Label("done")
	VZEROUPPER()
	RET()
}
