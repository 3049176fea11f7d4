package main

// norms are the parts of layer_norm, and of rms_norm, which is the same about
// zero.
func norms() []entry {
	centred := func(m *machine, x vec, numbers []vec) vec { return m.sub(x, numbers[0]) }
	return []entry{
		maps("inverseRoot", names("root"), names("v"), names("epsilon"), 1, func(m *machine, in, settings []vec) []vec {
			return []vec{m.div(m.splat(m.c(1)), m.sqrt(m.add(in[0], settings[0])))}
		}),
		maps("mulSquare", names("y"), names("x", "by"), nil, 1, two(func(m *machine, x, r vec) vec {
			return m.mul(m.mul(x, r), r)
		})),

		{kernel{name: "variance", ins: names("x"), numbers: names("mean"), termOfRow: func(m *machine, sum vec, in, numbers []vec) vec {
			d := centred(m, in[0], numbers)
			return m.onto(sum, d, d)
		}}, sharedSums},
		{kernel{name: "weighted", ins: names("dy"), shared: names("scale"), termOfRow: func(m *machine, sum vec, in, _ []vec) vec {
			return m.onto(sum, in[0], in[1])
		}}, sharedSums},
		{kernel{name: "centredWeighted", ins: names("x", "dy"), shared: names("scale"), numbers: names("mean"),
			termOfRow: func(m *machine, sum vec, in, numbers []vec) vec {
				return m.onto(sum, m.mul(in[1], in[2]), centred(m, in[0], numbers))
			}}, sharedSums},
		{kernel{name: "plainWeighted", ins: names("x", "dy"), shared: names("scale"),
			termOfRow: func(m *machine, sum vec, in, _ []vec) vec {
				return m.onto(sum, m.mul(in[1], in[2]), in[0])
			}}, sharedSums},

		{kernel{name: "layerNorm", outs: names("y"), ins: names("x"), shared: names("scale", "shift"), numbers: names("mean", "root"), unroll: 2,
			ofRow: func(m *machine, in, numbers []vec) []vec {
				return []vec{m.onto(in[2], m.mul(centred(m, in[0], numbers), numbers[1]), in[1])}
			}}, shared},
		{kernel{name: "rmsNorm", outs: names("y"), ins: names("x"), shared: names("scale"), numbers: names("root"), unroll: 2,
			ofRow: func(m *machine, in, numbers []vec) []vec {
				return []vec{m.mul(m.mul(in[0], numbers[0]), in[1])}
			}}, shared},
		{kernel{name: "layerNormDx", outs: names("dx"), ins: names("x", "dy"), shared: names("scale"), numbers: names("mean", "root", "a", "b"), unroll: 2,
			ofRow: func(m *machine, in, numbers []vec) []vec {
				pull := m.sub(m.mul(in[1], in[2]), numbers[2])
				return []vec{m.mul(m.off(pull, centred(m, in[0], numbers), numbers[3]), numbers[1])}
			}}, shared},
		{kernel{name: "rmsNormDx", outs: names("dx"), ins: names("x", "dy"), shared: names("scale"), numbers: names("root", "b"), unroll: 2,
			ofRow: func(m *machine, in, numbers []vec) []vec {
				return []vec{m.mul(m.off(m.mul(in[1], in[2]), in[0], numbers[1]), numbers[0])}
			}}, shared},

		{kernel{name: "layerNormDscale", ins: names("x", "dy"), numbers: names("mean", "root"), termOfRow: func(m *machine, sum vec, in, numbers []vec) vec {
			return m.onto(sum, m.mul(centred(m, in[0], numbers), numbers[1]), in[1])
		}}, columns},
		{kernel{name: "rmsNormDscale", ins: names("x", "dy"), numbers: names("root"), termOfRow: func(m *machine, sum vec, in, numbers []vec) vec {
			return m.onto(sum, m.mul(in[0], numbers[0]), in[1])
		}}, columns},
	}
}
