package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"runtime/debug"
	"syscall"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// arena is memory between two pages that must not be touched.
type arena struct {
	inside []float32
	high   bool // whether operands end with it, or begin with it
}

func newArena(t *testing.T, floats int) *arena {
	page := os.Getpagesize()
	size := (4*floats + page - 1) / page * page
	all, err := syscall.Mmap(-1, 0, size+2*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	require.NoError(t, err)
	t.Cleanup(func() { _ = syscall.Munmap(all) })
	require.NoError(t, syscall.Mprotect(all[:page], syscall.PROT_NONE))
	require.NoError(t, syscall.Mprotect(all[page+size:], syscall.PROT_NONE))
	return &arena{inside: unsafe.Slice((*float32)(unsafe.Pointer(&all[page])), size/4)}
}

// operand is rows of so many columns, the rows apart, without anything behind
// the last one; it ends or begins with the arena.
func (a *arena) operand(r *rand.Rand, rows, cols, apart int) []float32 {
	count := 0
	if rows > 0 && cols > 0 {
		count = (rows-1)*apart + cols
	}
	x := a.inside[:count]
	if a.high {
		x = a.inside[len(a.inside)-count:]
	}
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// first points to an operand, to a page that must not be touched if there is
// nothing in it.
func (a *arena) first(x []float32) *float32 {
	if len(x) > 0 {
		return &x[0]
	}
	return (*float32)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(a.inside)), 4*len(a.inside)))
}

// exactFMA rounds a·b + c once: the float64 sum is made odd where it is not
// exact, after which rounding it to float32 is right (Boldo and Melquiond,
// "Emulation of FMA and correctly rounded sums", 2008).
func exactFMA(a, b, c float32) float32 {
	product, term := float64(a)*float64(b), float64(c)
	sum := product + term
	back := sum - product
	lost := (product - (sum - back)) + (term - back)
	if bits := math.Float64bits(sum); lost != 0 && bits&1 == 0 {
		if (lost > 0) == (sum > 0) {
			bits++
		} else {
			bits--
		}
		sum = math.Float64frombits(bits)
	}
	return float32(sum)
}

// Tiles of every shape compute single chains, and touch nothing outside their
// operands and nothing between the rows of the result.
func TestTilesStayWithinTheirOperands(t *testing.T) {
	if active == portable {
		t.Skip("no tiles")
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := rand.New(rand.NewPCG(11, 12))
	var arenas [5]*arena
	for i := range arenas {
		arenas[i] = newArena(t, 1<<13)
	}
	check := func(m, n, k int, end epilogue, turned, goOn, high, scattered bool) {
		what := fmt.Sprintf("m=%d n=%d k=%d end=%d turned=%t goOn=%t high=%t scattered=%t", m, n, k, end, turned, goOn, high, scattered)
		for _, a := range arenas {
			a.high = high
		}
		p := panel{m: m, n: n, k: k, end: end, keep: 0.75, by: -0.3}
		if r.IntN(2) == 0 {
			p.keep = 0
		}
		aRow, aTerm := k+r.IntN(3), 1
		a := arenas[0].operand(r, m, k, aRow)
		if turned {
			aRow, aTerm = 1, m+r.IntN(3)
			a = arenas[0].operand(r, k, m, aTerm)
		}
		bTerm, cRow, partRow := n+r.IntN(3), n+r.IntN(3), n+r.IntN(3)
		if scattered {
			bTerm = r.IntN(n + 3) // rows may overlap
		}
		b, c := arenas[1].operand(r, k, n, bTerm), arenas[2].operand(r, m, n, cRow)
		lies, table := r.Perm(k), make([]int, k+1)
		for l := range k {
			if !scattered {
				lies[l] = l
			}
			table[l] = 4 * lies[l] * bTerm
		}
		bias, part := arenas[3].operand(r, 1, n, n), arenas[4].operand(r, m, n, partRow)
		p.a, p.b, p.c = arenas[0].first(a), arenas[1].first(b), arenas[2].first(c)
		p.aRow, p.aTerm, p.bTerm, p.cRow, p.partRow = 4*aRow, 4*aTerm, 4*bTerm, 4*cRow, 4*partRow
		if end == biased || end == rectified {
			p.bias = arenas[3].first(bias)
		}
		if goOn {
			p.part = arenas[4].first(part)
		}
		want := append([]float32{}, c...)
		for i := range m {
			for j := range n {
				var sum float32
				if goOn {
					sum = part[i*partRow+j]
				}
				for l := range k {
					sum = exactFMA(a[i*aRow+l*aTerm], b[lies[l]*bTerm+j], sum)
				}
				switch to := &want[i*cRow+j]; {
				case end == biased:
					*to = sum + bias[j]
				case end == rectified:
					*to = max(sum+bias[j], 0)
				case end == into && p.keep != 0:
					*to = exactFMA(p.by, sum, float32(p.keep**to))
				case end == into:
					*to = exactFMA(p.by, sum, 0)
				default:
					*to = sum
				}
			}
		}
		func() {
			defer func() { require.Nil(t, recover(), what) }()
			if p.rows = &table[0]; scattered {
				p.bTerm = 1 << 30
				p.runScattered()
			} else {
				p.run()
			}
		}()
		requireSame(t, want, c, what)
	}
	for m := range 15 {
		for n := 0; n <= tileWidth(m); n++ {
			for i, k := range []int{0, 1, 5, 0, 1, 5} {
				if scattered := i >= 3; !scattered || n <= tileWidth(tileHeight) {
					check(m, n, k, epilogue(r.IntN(4)), r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0, scattered)
				}
			}
		}
	}
	rounds := 1000
	if testing.Short() {
		rounds = 200
	}
	for range rounds {
		m := 1 + r.IntN(26)
		check(m, 1+r.IntN(tileWidth(m)), r.IntN(40), epilogue(r.IntN(4)), r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0, false)
		check(m, 1+r.IntN(tileWidth(tileHeight)), r.IntN(40), epilogue(r.IntN(4)), r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0, true)
	}
}

// The first tile gives the results of others, leaves the rows of b in the copy
// and touches nothing outside.
func TestFirstTileCopiesWithinItsOperands(t *testing.T) {
	if active == portable {
		t.Skip("no tiles")
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := rand.New(rand.NewPCG(17, 18))
	var arenas [6]*arena
	for i := range arenas {
		arenas[i] = newArena(t, 1<<13)
	}
	width := tileWidth(tileHeight)
	for n := width/2 + 1; n <= width; n++ {
		for round := range 16 {
			end, goOn, high := epilogue(round%4), round/4%2 == 0, round/8 == 0
			what := fmt.Sprintf("n=%d end=%d goOn=%t high=%t", n, end, goOn, high)
			for _, a := range arenas {
				a.high = high
			}
			m, k := tileHeight+r.IntN(3), r.IntN(20)
			aRow, bTerm, cRow, partRow := k+r.IntN(3), n+r.IntN(3), n+r.IntN(3), n+r.IntN(3)
			a, b, c := arenas[0].operand(r, m, k, aRow), arenas[1].operand(r, k, n, bTerm), arenas[2].operand(r, m, n, cRow)
			bias, part, copied := arenas[3].operand(r, 1, n, n), arenas[4].operand(r, m, n, partRow), arenas[5].operand(r, k, width, width)
			p := panel{a: arenas[0].first(a), b: arenas[1].first(b), c: arenas[2].first(c), bias: &bias[0],
				m: m, n: n, k: k, aRow: 4 * aRow, aTerm: 4, bTerm: 4 * bTerm, cRow: 4 * cRow, partRow: 4 * partRow,
				keep: 0.75, by: -0.3, end: end, copy: arenas[5].first(copied)}
			if goOn {
				p.part = &part[0]
			}
			want := append([]float32{}, c...)
			other := p
			other.m, other.c = tileHeight, &want[0]
			other.run()
			func() {
				defer func() { require.Nil(t, recover(), what) }()
				p.runFirst()
			}()
			requireSame(t, want, c, what)
			for l := range k {
				require.Equal(t, b[l*bTerm:l*bTerm+n], copied[l*width:l*width+n], what)
			}
		}
	}
}

// Dot products of every shape have sixteen lanes, those behind a ragged end
// left alone, and touch nothing outside their operands.
func TestDotsStayWithinTheirOperands(t *testing.T) {
	if active == portable {
		t.Skip("no tiles")
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := rand.New(rand.NewPCG(13, 14))
	var arenas [4]*arena
	for i := range arenas {
		arenas[i] = newArena(t, 1<<13)
	}
	check := func(m, n, k int, shared, high bool) {
		what := fmt.Sprintf("m=%d n=%d k=%d shared=%t high=%t", m, n, k, shared, high)
		for _, a := range arenas {
			a.high = high
		}
		aRow, bRow, cRow, biasStep := k+r.IntN(3), k+r.IntN(3), n+r.IntN(3), 1
		a, b, c := arenas[0].operand(r, m, k, aRow), arenas[1].operand(r, n, k, bRow), arenas[2].operand(r, m, n, cRow)
		bias := arenas[3].operand(r, 1, n, n)
		if shared {
			biasStep, bias = 0, arenas[3].operand(r, 1, 1, 1)
		}
		want := append([]float32{}, c...)
		for i := range m {
			for j := range n {
				want[i*cRow+j] = bias[j*biasStep] + exactDot(a, b, i*aRow, j*bRow, k)
			}
		}
		d := dots{a: arenas[0].first(a), b: arenas[1].first(b), c: arenas[2].first(c), bias: arenas[3].first(bias),
			m: m, n: n, k: k, aRow: 4 * aRow, bRow: 4 * bRow, cRow: 4 * cRow, biasStep: 4 * biasStep}
		func() {
			defer func() { require.Nil(t, recover(), what) }()
			d.run()
		}()
		requireSame(t, want, c, what)
	}
	for m := range 6 {
		for n := range 10 {
			for k := range 40 {
				check(m, n, k, r.IntN(2) == 0, r.IntN(2) == 0)
			}
		}
	}
}

// exactDot is the dot product of k values from a[i] and b[j] on.
func exactDot(a, b []float32, i, j, k int) float32 {
	var lane [16]float32
	for l := range k {
		lane[l%16] = exactFMA(a[i+l], b[j+l], lane[l%16])
	}
	for half := 8; half > 0; half /= 2 {
		for l := range half {
			lane[l] += lane[l+half]
		}
	}
	return lane[0]
}

// A product that underflows to -0 leaves -0 in its lane, and lanes behind a
// ragged end are not added to: their +0 shows in the sum.
func TestDotsKeepTheSignOfZero(t *testing.T) {
	if active == portable {
		t.Skip("no tiles")
	}
	const tiny = math.SmallestNonzeroFloat32
	for k := range 50 {
		a, b, bias, c := make([]float32, k+1), make([]float32, k+1), float32(math.Copysign(0, -1)), float32(1)
		for i := range a {
			a[i], b[i] = tiny, -tiny
		}
		d := dots{a: &a[0], b: &b[0], c: &c, bias: &bias, m: 1, n: 1, k: k}
		d.run()
		require.Zero(t, c)
		require.Equal(t, k >= 16, math.Signbit(float64(c)), "k=%d", k)
	}
}

// Blocks of a transposition touch neither what lies between rows nor what lies
// outside.
func TestTransposedBlocksStayWithinTheirOperands(t *testing.T) {
	if active == portable {
		t.Skip("no tiles")
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	r := rand.New(rand.NewPCG(15, 16))
	from, to := newArena(t, 1<<12), newArena(t, 1<<12)
	for rows := 0; rows <= 32; rows += 8 {
		for cols := 0; cols <= 32; cols += 8 {
			for _, high := range []bool{false, true} {
				from.high, to.high = high, high
				inRow, outRow := cols+r.IntN(3), rows+r.IntN(3)
				in, out := from.operand(r, rows, cols, inRow), to.operand(r, cols, rows, outRow)
				want := append([]float32{}, out...)
				for i := range rows {
					for j := range cols {
						want[j*outRow+i] = in[i*inRow+j]
					}
				}
				func() {
					defer func() { require.Nil(t, recover(), "%d×%d", rows, cols) }()
					transposeBlocks(to.first(out), from.first(in), rows, cols, 4*outRow, 4*inRow)
				}()
				require.Equal(t, want, out, "%d×%d", rows, cols)
			}
		}
	}
}
