package main

// columns says how a row of a panel lies in vectors. A vector that reached
// beyond the row would touch what is not ours, and there are no masks.
type columns struct {
	vectors int
	// shared: the last vector ends with the row, whose length is in the
	// register last, and so shares columns with the one before. Both compute
	// the same chains; all loads of a row come before its stores.
	shared bool
	part   int // 1 to 3: the columns of an only vector that is not full
}

// group is the most vectors of a row that are in temporary registers at once.
const group = 8

// load loads the vectors from and up to, not including, those numbers of the
// row at base into registers from d on.
func (w columns) load(a *assembly, d vec, base reg, from, to int) {
	w.each(from, to, access{
		one: func(j int) { a.op("FMOVQ %d(%s), %s", 16*j, base, (d + vec(j-from)).f()) },
		two: func(j int) {
			a.op("FLDPQ %d(%s), (%s, %s)", 16*j, base, (d + vec(j-from)).f(), (d + vec(j-from+1)).f())
		},
		last: func(j int) { a.loadAt(d+vec(j-from), base, lastVector) },
		part: func() { loadPart(a, d, base, w.part) },
	})
}

// store stores them.
func (w columns) store(a *assembly, s vec, base reg, from, to int) {
	w.each(from, to, access{
		one: func(j int) { a.op("FMOVQ %s, %d(%s)", (s + vec(j-from)).f(), 16*j, base) },
		two: func(j int) {
			a.op("FSTPQ (%s, %s), %d(%s)", (s + vec(j-from)).f(), (s + vec(j-from+1)).f(), 16*j, base)
		},
		last: func(j int) { a.storeAt(s+vec(j-from), base, lastVector) },
		part: func() {
			switch w.part {
			case 1:
				a.op("FMOVS %s, (%s)", s.f(), base)
			case 3:
				a.op("ADD $8, %s, %s", base, scratch)
				a.op("VST1 %s.S[2], (%s)", s, scratch)
				fallthrough
			case 2:
				a.op("FMOVD %s, (%s)", s.f(), base)
			}
		},
	})
}

// access is what to do with vector j, with j and the next, with the last one
// of a shared row, and with a vector that is not full.
type access struct {
	one, two, last func(j int)
	part           func()
}

func (w columns) each(from, to int, f access) {
	if w.part > 0 {
		f.part()
		return
	}
	for j := from; j < to; {
		switch {
		case w.shared && j == w.vectors-1:
			f.last(j)
			j++
		case j+1 < to && !(w.shared && j+1 == w.vectors-1):
			f.two(j)
			j += 2
		default:
			f.one(j)
			j++
		}
	}
}

// loadPart loads 1 to 3 values from base and clears the other lanes.
func loadPart(a *assembly, d vec, base reg, count int) {
	switch count {
	case 1:
		a.op("FMOVS (%s), %s", base, d.f())
	case 2:
		a.op("FMOVD (%s), %s", base, d.f())
	case 3:
		a.op("FMOVD (%s), %s", base, d.f())
		a.op("ADD $8, %s, %s", base, scratch)
		a.op("VLD1 (%s), %s.S[2]", scratch, d)
	}
}
