package main

// Values of kernel.epilogue; 0 assigns the sum.
const (
	endBiased = 1
	endInto   = 3
)

// Registers of an epilogue, beside held.
const (
	by      = scalars
	keep    = scalars + 1
	nothing = scalars + 2
)

// finish makes results of the sums and stores them.
func (t tile) finish() {
	t.op("CBZ %s, %s", end, t.name("store"))
	t.op("CMP $%d, %s", endInto, end)
	t.op("BEQ %s", t.name("into"))
	t.biased()
	t.op("B %s", t.name("store"))
	t.label(t.name("into"))
	t.into()
	t.label(t.name("store"))
	t.eachRow(cAt, cRow, func(r int) { t.store(t.assembly, t.sum(r, 0), rowAt, 0, t.vectors) })
}

// biased adds the bias and, unless that is all, takes the positive part.
func (t tile) biased() {
	t.groups(func(from, to int) {
		t.load(t.assembly, held, bias, from, to)
		for r := range t.height {
			for j := from; j < to; j++ {
				t.add(t.sum(r, j), t.sum(r, j), held+vec(j-from))
			}
		}
	})
	t.op("CMP $%d, %s", endBiased, end)
	t.op("BEQ %s", t.name("store"))
	t.zero(nothing)
	for i := range t.height * t.vectors {
		t.max(sums+vec(i), sums+vec(i), nothing)
	}
}

// into assigns sum = fma(by, sum, keep·c), where a keep of zero stands for a
// term of +0.
func (t tile) into() {
	t.everywhere(by, args, panelBy, scratch)
	t.everywhere(keep, args, panelKeep, scratch)
	t.op("FCMPS $(0.0), %s", keep.f())
	t.op("BEQ %s", t.name("fresh"))
	t.eachRow(cAt, cRow, func(r int) {
		t.groups(func(from, to int) {
			t.load(t.assembly, held, rowAt, from, to)
			for j := from; j < to; j++ {
				now := held + vec(j-from)
				t.mul(now, now, keep)
				t.fma(now, t.sum(r, j), by)
				t.assembly.copy(t.sum(r, j), now)
			}
		})
	})
	t.op("B %s", t.name("store"))
	t.label(t.name("fresh"))
	for i := range t.height * t.vectors {
		t.zero(held)
		t.fma(held, sums+vec(i), by)
		t.assembly.copy(sums+vec(i), held)
	}
}
