package main

func losses() []entry {
	return []entry{
		{kernel{name: "squares", ins: names("a", "b"), term: func(m *machine, sum vec, in, _ []vec) (vec, []vec) {
			d := m.sub(in[0], in[1])
			return m.onto(sum, d, d), nil
		}}, summed},
		{kernel{name: "squaresDa", outs: names("da"), ins: names("a", "b"), row: "dy", settings: names("by"), unroll: 2,
			prepare: func(m *machine, row vec, settings []vec) vec { return m.div(m.add(row, row), settings[0]) },
			perRow: func(m *machine, in []vec, row vec, _ []vec) []vec {
				return []vec{m.mul(m.sub(in[0], in[1]), row)}
			}}, rowwise},
		{kernel{name: "binary", ins: names("p", "t"), term: func(m *machine, sum vec, in, _ []vec) (vec, []vec) {
			p, t := in[0], in[1]
			wrong := m.mul(m.log(m.sub(m.splat(m.c(1)), p)), m.sub(m.splat(m.c(1)), t))
			return m.add(sum, m.onto(wrong, m.log(p), t)), nil
		}}, summed},
		{kernel{name: "binaryDp", outs: names("dp"), ins: names("p", "t"), row: "dy", settings: names("by"), prepare: quotient,
			perRow: func(m *machine, in []vec, row vec, _ []vec) []vec {
				p, t := in[0], in[1]
				one, floor, zero := m.splat(m.c(1)), m.splat(m.c(tiny)), m.zero()
				wrong := m.div(m.sub(one, t), m.larger(floor, m.sub(one, p)))
				wrong = m.choose(m.test(p, greater, one), zero, wrong)
				right := m.div(t, m.larger(floor, p))
				right = m.choose(m.test(p, less, zero), zero, right)
				return []vec{m.mul(m.sub(wrong, right), row)}
			}}, rowwise},
		{kernel{name: "binaryDt", outs: names("dt"), ins: names("p"), row: "dy", settings: names("by"), prepare: quotient,
			perRow: func(m *machine, in []vec, row vec, _ []vec) []vec {
				p := in[0]
				return []vec{m.mul(m.sub(m.log(m.sub(m.splat(m.c(1)), p)), m.log(p)), row)}
			}}, rowwise},
		{kernel{name: "logistic", outs: names("slope"), ins: names("z", "t"), term: func(m *machine, sum vec, in, _ []vec) (vec, []vec) {
			z, t := in[0], in[1]
			e := m.exp(m.negAbs(z))
			far := m.div(e, m.add(e, m.c(1)))
			slope := m.choose(m.test(z, less, m.zero()), m.sub(far, t), m.sub(m.sub(m.splat(m.c(1)), t), far))
			loss := m.add(m.off(m.larger(m.zero(), z), z, t), m.log1p(e))
			return m.add(sum, loss), []vec{slope}
		}}, summed},
	}
}
