package main

import "fmt"

// Registers that live through a whole call.
const (
	args  reg = 0 // the panel
	aAt   reg = 1 // of the first row that is left
	b     reg = 2
	cAt   reg = 3 // of the first row that is left
	bias  reg = 4
	part  reg = 5 // of the first row that is left, or 0
	rows  reg = 6 // that are left
	terms reg = 7
	aRow  reg = 8
	aTerm reg = 9
	bTerm reg = 10
	cRow  reg = 11

	partRow    reg = 12
	end        reg = 13
	lastVector reg = 14 // bytes from the start of a row to its last vector, where shared
	aRow2      reg = 15
	aRow3      reg = 24
)

// Registers of one tile.
const (
	aTop    reg = 25 // the next term of row 0
	aBottom reg = 19 // the next term of row 4
	bNow    reg = 20
	left    reg = 21 // terms
	rowAt   reg = 22
	scratch reg = 23
	copyNow reg = 26

	sums    vec = 0  // vectors·height of them
	held    vec = 16 // up to group vectors of a row
	scalars vec = 24 // one of a for each row
)

// Offsets of those fields of kernel.panel that are read on the way.
const (
	panelN, panelKeep, panelBy, panelCopy = 48, 104, 108, 120
)

// panelFields are the other ones.
var panelFields = []struct {
	to     reg
	offset int
}{
	{aAt, 0}, {b, 8}, {cAt, 16}, {bias, 24}, {part, 32}, {rows, 40}, {terms, 56},
	{aRow, 64}, {aTerm, 72}, {bTerm, 80}, {cRow, 88}, {partRow, 96}, {end, 112},
}

// tiles writes a function that computes a panel of at least one column: as
// many tiles of the first height as there are rows for, then at most one of
// each of the others. Heights are powers of two.
func tiles(a *assembly, name string, w columns, heights ...int) {
	begin(a, name, w)
	for i, height := range heights {
		t := tile{assembly: a, columns: w, height: height}
		next := "done"
		if i+1 < len(heights) {
			next = fmt.Sprintf("rows%d", heights[i+1])
		}
		a.label(fmt.Sprintf("rows%d", height))
		a.op("CMP $%d, %s", height, rows)
		a.op("BLT %s", next)
		t.start()
		t.product()
		t.finish()
		t.advance()
		if i == 0 {
			a.op("B rows%d", height)
		}
	}
	a.label("done")
	a.op("RET")
}

// firstTile writes a function that computes the first rows of a panel, as many
// as a tile has, and leaves the rows of b one after another in copy.
func firstTile(a *assembly, name string, w columns, height int) {
	begin(a, name, w)
	a.op("MOVD %d(%s), %s", panelCopy, args, copyNow)
	t := tile{assembly: a, columns: w, height: height, copies: true}
	t.start()
	t.product()
	t.finish()
	a.op("RET")
}

// begin starts a function of a panel.
func begin(a *assembly, name string, w columns) {
	a.function(name, "(p *panel)", 8)
	a.op("MOVD p+0(FP), %s", args)
	for _, f := range panelFields {
		a.op("MOVD %d(%s), %s", f.offset, args, f.to)
	}
	if w.shared {
		a.op("MOVD %d(%s), %s", panelN, args, lastVector)
		a.op("SUB $4, %s, %s", lastVector, lastVector)
		a.op("LSL $2, %s, %s", lastVector, lastVector)
	}
	a.op("LSL $1, %s, %s", aRow, aRow2)
	a.op("ADD %s, %s, %s", aRow, aRow2, aRow3)
}

// tile writes the code for one tile.
type tile struct {
	*assembly
	columns
	height int
	copies bool // the rows of b, to rows of widest bytes at copyNow
}

// widest is the bytes in a row of the widest tile.
const widest = 64

func (t tile) name(what string) string { return fmt.Sprintf("%s%d", what, t.height) }

// sum is the accumulator of vector j of row r.
func (t tile) sum(r, j int) vec { return sums + vec(r*t.vectors+j) }

// start clears the sums, or loads those to go on from.
func (t tile) start() {
	t.op("CBZ %s, %s", part, t.name("clear"))
	t.eachRow(part, partRow, func(r int) { t.load(t.assembly, t.sum(r, 0), rowAt, 0, t.vectors) })
	t.op("B %s", t.name("started"))
	t.label(t.name("clear"))
	for i := range t.height * t.vectors {
		t.zero(sums + vec(i))
	}
	t.label(t.name("started"))
}

// eachRow runs f with rowAt pointing to each row in turn.
func (t tile) eachRow(first, step reg, f func(r int)) {
	t.op("MOVD %s, %s", first, rowAt)
	for r := range t.height {
		if r > 0 {
			t.op("ADD %s, %s, %s", step, rowAt, rowAt)
		}
		f(r)
	}
}

// product adds all terms.
func (t tile) product() {
	t.op("MOVD %s, %s", aAt, aTop)
	if t.height > 4 {
		t.op("ADD %s<<2, %s, %s", aRow, aAt, aBottom)
	}
	t.op("MOVD %s, %s", b, bNow)
	t.op("MOVD %s, %s", terms, left)
	t.op("CBZ %s, %s", left, t.name("summed"))
	t.label(t.name("term"))
	for r := range t.height {
		base := aTop
		if r >= 4 {
			base = aBottom
		}
		index := [...]string{"", "(" + aRow.String() + ")", "(" + aRow2.String() + ")", "(" + aRow3.String() + ")"}[r%4]
		t.op("FMOVS (%s)%s, %s", base, index, (scalars + vec(r)).f())
	}
	t.groups(func(from, to int) {
		t.load(t.assembly, held, bNow, from, to)
		if t.copies {
			t.store(t.assembly, held, copyNow, from, to)
		}
		for r := range t.height {
			for j := from; j < to; j++ {
				t.fmaFirst(t.sum(r, j), held+vec(j-from), scalars+vec(r))
			}
		}
	})
	t.op("ADD %s, %s, %s", aTerm, aTop, aTop)
	if t.height > 4 {
		t.op("ADD %s, %s, %s", aTerm, aBottom, aBottom)
	}
	t.op("ADD %s, %s, %s", bTerm, bNow, bNow)
	if t.copies {
		t.op("ADD $%d, %s, %s", widest, copyNow, copyNow)
	}
	t.op("SUB $1, %s, %s", left, left)
	t.op("CBNZ %s, %s", left, t.name("term"))
	t.label(t.name("summed"))
}

// groups splits the vectors of a row into runs that fit into the registers
// from held on.
func (t tile) groups(f func(from, to int)) {
	for from := 0; from < t.vectors; from += group {
		f(from, min(from+group, t.vectors))
	}
}

// advance goes on to the next rows.
func (t tile) advance() {
	shift := 0
	for 1<<shift < t.height {
		shift++
	}
	t.op("ADD %s<<%d, %s, %s", aRow, shift, aAt, aAt)
	t.op("ADD %s<<%d, %s, %s", cRow, shift, cAt, cAt)
	t.op("CBZ %s, %s", part, t.name("advanced"))
	t.op("ADD %s<<%d, %s, %s", partRow, shift, part, part)
	t.label(t.name("advanced"))
	t.op("SUB $%d, %s, %s", t.height, rows, rows)
}
