package main

import "github.com/mmcloughlin/avo/reg"

// What follows computes with the very operations of the lanes in the package's
// lane_exp.go and lane_log.go, which say why.

const (
	log2e   = 0x1.715476p+0
	ln2High = 0x1.62e43p-1
	ln2Low  = -0x1.05c61p-29

	ln2Short = 0x1.62e4p-1
	ln2Rest  = 0x1.7f7d1cp-20

	expFloor   = -103.972076
	expCeiling = 88
	bigShift   = 0x1.8p+23
)

var (
	expTail   = []float32{0x1p-1, 0x1.5554bp-3, 0x1.5554d8p-5, 0x1.1227c2p-7, 0x1.6d5fcep-10}
	expSeries = append([]float32{1, 1}, expTail...)
	logTail   = []float32{-0x1.fffff8p-2, 0x1.55555p-2, -0x1.00043p-2, 0x1.99a3dap-3, -0x1.5425eep-3, 0x1.2274e8p-3, -0x1.0f4692p-3, 0x1.0831ap-3, -0x1.37a734p-4}
)

func exponentials() []entry {
	return []entry{
		maps("exp", names("y"), names("x"), nil, 1, one(func(m *machine, x vec) vec {
			return m.exp(m.smaller(m.splat(m.c(expCeiling)), x))
		})),
		maps("expDx", names("dx"), names("x", "y", "dy"), nil, 2, func(m *machine, in, _ []vec) []vec {
			slope := m.keep(m.test(in[0], less, m.c(expCeiling)), m.c(1))
			return []vec{m.mul(m.mul(in[2], in[1]), slope)}
		}),
		maps("log", names("y"), names("x"), nil, 1, one((*machine).log)),
		maps("logDx", names("dx"), names("x", "dy"), nil, 1, two(func(m *machine, x, dy vec) vec {
			return m.div(dy, m.larger(m.splat(m.c(tiny)), x))
		})),
		maps("logit", names("y"), names("x"), nil, 1, one(func(m *machine, x vec) vec {
			return m.sub(m.log(x), m.log(m.sub(m.splat(m.c(1)), x)))
		})),
		maps("logitDx", names("dx"), names("x", "dy"), nil, 1, two(func(m *machine, x, dy vec) vec {
			floor := m.splat(m.c(tiny))
			other := m.sub(m.splat(m.c(1)), x)
			return m.add(m.div(dy, m.larger(floor, x)), m.div(dy, m.larger(floor, other)))
		})),
	}
}

const tiny = 0x1p-126

// reduce splits x = n·ln 2 + r. bits holds n + bias in its low bits.
func (m *machine) reduce(x vec, bias float32) (r, n, bits vec) {
	shift := m.c(bigShift + bias)
	bits = m.splat(shift)
	m.onto(bits, x, m.c(log2e))
	n = m.sub(bits, shift)
	r = m.copy(x)
	m.off(r, n, m.c(ln2High))
	m.off(r, n, m.c(ln2Low))
	return r, n, bits
}

// exp is e^x for x of at most 88; what x below the floor makes on the way does
// not matter.
func (m *machine) exp(x vec) vec {
	some := m.test(x, notLess, m.c(expFloor))
	if !m.wide() {
		x = m.keep(some, x)
	}
	r, n, bits := m.reduce(x, 254)
	return m.timesPower(m.polynomial(r, expSeries), n, bits, some)
}

// timesPower is p·2^n, and 0 where there is not some; bits holds n + 254. Wide
// vectors multiply at once, which rounds as often as two steps of which only the
// last leaves the normal numbers.
func (m *machine) timesPower(p, n, bits vec, some reg.Register) vec {
	if m.wide() {
		y := m.vec()
		m.VSCALEFPS_Z(n, p, some, y)
		return y
	}
	half := m.shiftRight(bits, 1)
	rest := m.subInt(bits, half)
	return m.mul(m.mul(p, m.shiftLeft(half, 23)), m.keep(some, m.shiftLeft(rest, 23)))
}

// logNear is log(1 + f) + k·ln 2 for 1 + f between √½ and √2.
func (m *machine) logNear(f, k vec) vec {
	s := m.horner(m.polynomial(f, logTail), m.mul(f, f), m.mul(k, m.c(ln2Low)))
	return m.onto(m.add(f, s), k, m.c(ln2High))
}

// log is the logarithm of at least 2^-126.
func (m *machine) log(x vec) vec {
	x = m.larger(m.splat(m.c(tiny)), x)
	n := m.shiftRightSigned(m.subInt(x, m.bits(sqrtHalf)), 23)
	f := m.sub(m.subInt(x, m.shiftLeft(n, 23)), m.c(1))
	y := m.logNear(f, m.fromInt(n))
	return m.choose(m.test(x, less, m.bits(infinity)), y, x)
}

const (
	sqrtHalf = 0x3f3504f3 // as bits
	infinity = 0x7f800000
)

// log1p is log(1 + e) for e in [0, 1].
func (m *machine) log1p(e vec) vec {
	upper := m.test(e, greater, m.c(0x1.a8279ap-2))
	f := m.choose(upper, m.mul(m.sub(e, m.c(1)), m.c(0.5)), e)
	return m.logNear(f, m.keep(upper, m.c(1)))
}
