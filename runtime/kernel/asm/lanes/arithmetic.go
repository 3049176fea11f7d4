package main

func arithmetic() []entry {
	return []entry{
		maps("scale", names("y"), names("x"), names("by"), 4, func(m *machine, in, settings []vec) []vec {
			return []vec{m.mul(in[0], settings[0])}
		}),
		maps("add", names("y"), names("a", "b"), nil, 4, two(func(m *machine, a, b vec) vec { return m.add(a, b) })),
		maps("mul", names("y"), names("a", "b"), nil, 4, two(func(m *machine, a, b vec) vec { return m.mul(a, b) })),
		maps("fill", names("y"), nil, names("v"), 4, func(m *machine, _, settings []vec) []vec { return settings }),
		{kernel{name: "sum", ins: names("x"), term: func(m *machine, sum vec, in, _ []vec) (vec, []vec) {
			return m.add(sum, in[0]), nil
		}}, summed},
		{kernel{name: "dot", ins: names("a", "b"), term: func(m *machine, sum vec, in, _ []vec) (vec, []vec) {
			return m.onto(sum, in[0], in[1]), nil
		}}, summed},
		{kernel{name: "spread", outs: names("dx"), row: "dy", settings: names("by"), prepare: quotient, unroll: 4,
			perRow: func(_ *machine, _ []vec, row vec, _ []vec) []vec { return []vec{row} }}, rowwise},
		{kernel{name: "scaleRows", outs: names("dx"), ins: names("x"), row: "dy", settings: names("by"), prepare: quotient, unroll: 2,
			perRow: func(m *machine, in []vec, row vec, _ []vec) []vec { return []vec{m.mul(in[0], row)} }}, rowwise},
	}
}

// quotient divides a row's number by the first setting.
func quotient(m *machine, row vec, settings []vec) vec { return m.div(row, settings[0]) }
