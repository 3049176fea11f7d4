package main

import "github.com/mmcloughlin/avo/operand"

func activations() []entry {
	return []entry{
		maps("relu", names("y"), names("x"), nil, 4, one(func(m *machine, x vec) vec { return m.larger(m.zero(), x) })),
		maps("reluDx", names("dx"), names("y", "dy"), nil, 4, two(func(m *machine, y, dy vec) vec {
			return m.mul(dy, m.keep(m.test(y, greater, m.zero()), m.c(1)))
		})),
		maps("leakyRelu", names("y"), names("x"), names("slope"), 4, func(m *machine, in, settings []vec) []vec {
			x := in[0]
			return []vec{m.choose(m.test(x, greater, m.zero()), x, m.mul(x, settings[0]))}
		}),
		maps("leakyReluDx", names("dx"), names("x", "dy"), names("slope"), 4, func(m *machine, in, settings []vec) []vec {
			x, dy := in[0], in[1]
			return []vec{m.choose(m.test(x, greater, m.zero()), dy, m.mul(dy, settings[0]))}
		}),
		maps("sigmoid", names("y"), names("x"), nil, 1, one((*machine).sigmoid)),
		maps("sigmoidDx", names("dx"), names("y", "dy"), nil, 4, two(func(m *machine, y, dy vec) vec {
			return m.mul(m.mul(dy, y), m.sub(m.splat(m.c(1)), y))
		})),
		maps("tanh", names("y"), names("x"), nil, 1, one((*machine).tanh)),
		maps("tanhDx", names("dx"), names("y", "dy"), nil, 4, two(func(m *machine, y, dy vec) vec {
			return m.mul(dy, m.off(m.splat(m.c(1)), y, y))
		})),
		maps("softplus", names("y"), names("x"), nil, 1, one(func(m *machine, x vec) vec {
			return m.add(m.larger(m.zero(), x), m.log1p(m.exp(m.negAbs(x))))
		})),
		maps("softplusDx", names("dx"), names("x", "dy"), nil, 1, two(func(m *machine, x, dy vec) vec {
			return m.mul(dy, m.sigmoid(x))
		})),
		maps("silu", names("y"), names("x"), nil, 1, one(func(m *machine, x vec) vec { return m.mul(x, m.sigmoid(x)) })),
		maps("siluDx", names("dx"), names("x", "dy"), nil, 1, two(func(m *machine, x, dy vec) vec {
			e := m.exp(m.negAbs(x))
			big := m.div(m.splat(m.c(1)), m.add(e, m.c(1)))
			small := m.mul(e, big)
			left := m.test(x, less, m.zero())
			y, other := m.choose(left, small, big), m.choose(left, big, small)
			return m.mul(dy, m.mul(y, m.onto(m.splat(m.c(1)), x, other)))
		})),
		maps("gelu", names("y"), names("x"), nil, 1, one(func(m *machine, x vec) vec {
			a, tail, _ := m.normal(x)
			y := m.larger(m.zero(), x)
			m.off(y, a, tail)
			return y
		})),
		maps("geluDx", names("dx"), names("x", "dy"), nil, 1, two(func(m *machine, x, dy vec) vec {
			_, tail, density := m.normal(x)
			below := m.choose(m.test(x, less, m.zero()), tail, m.sub(m.splat(m.c(1)), tail))
			return m.mul(dy, m.onto(below, x, m.mul(density, m.c(0x1.988454p-2))))
		})),
	}
}

// sigmoid is 1 / (1 + e^-x).
func (m *machine) sigmoid(x vec) vec {
	e := m.exp(m.negAbs(x))
	top := m.choose(m.test(x, less, m.zero()), e, m.splat(m.c(1)))
	return m.div(top, m.add(e, m.c(1)))
}

// tanh is the hyperbolic tangent.
func (m *machine) tanh(x vec) vec {
	a := m.mul(m.smaller(m.splat(m.c(20)), m.abs(x)), m.c(-2))
	r, _, bits := m.reduce(a, 127)
	scale := m.shiftLeft(bits, 23)
	e := m.horner(m.horner(m.polynomial(r, expTail), m.mul(r, r), r), scale, m.sub(scale, m.c(1)))
	y := m.div(e, m.add(e, m.c(2)))
	return m.or(m.abs(y), m.and(x, m.bits(0x80000000)))
}

var millsTail = []float32{0x1.46cfd6p-3, 0x1.46e8a4p-3, 0x1.10bcfcp-3, 0x1.758084p-4, -0x1.b13646p-6, 0x1.e69cfap-4, -0x1.7e3b0cp-2, 0x1.86f09ap-2, -0x1.69aebap-3, 0x1.0798ccp-5}

// normal is |x| up to 16, the probability that a standard normal variable stays
// below -|x|, and √2π times its density there.
func (m *machine) normal(x vec) (a, tail, density vec) {
	a = m.magnitudeUpTo(16, x)
	half := m.mul(a, m.c(-0.5))
	exponent := m.mul(half, a)
	some := m.test(exponent, notLess, m.c(expFloor))
	shift := m.c(bigShift + 254)
	bits := m.splat(shift)
	m.onto(bits, exponent, m.c(log2e))
	n := m.sub(bits, shift)
	r := m.mul(n, m.c(ln2Short))
	m.op3(m.VFMSUB231PS, m.VFMSUB231PS_BCST, a, half, r)
	m.off(r, n, m.c(ln2Rest))
	density = m.timesPower(m.polynomial(r, expSeries), n, bits, some)
	t := m.splat(m.c(1))
	m.onto(t, a, m.c(0.4))
	t = m.div(m.splat(m.c(1)), t)
	return a, m.mul(m.mul(t, m.polynomial(t, millsTail)), density), density
}

// magnitudeUpTo is the smaller of limit and |x|, which may be limit where x is no
// number.
func (m *machine) magnitudeUpTo(limit float32, x vec) vec {
	if !m.wide() {
		return m.smaller(m.splat(m.c(limit)), m.abs(x))
	}
	const smallerMagnitude, withoutSign = 0b10, 0b10 << 2
	y := m.splat(m.c(limit))
	m.VRANGEPS(operand.U8(smallerMagnitude|withoutSign), y, x, y)
	return y
}
