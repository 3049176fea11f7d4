package main

func optimizers() []entry {
	return []entry{
		maps("clip", names("y"), names("grad"), names("low", "high"), 4, func(m *machine, in, settings []vec) []vec {
			return []vec{m.smaller(settings[1], m.larger(settings[0], in[0]))}
		}),
		maps("sgd", names("next"), names("p", "grad"), names("rate"), 4, func(m *machine, in, settings []vec) []vec {
			return []vec{m.off(in[0], in[1], settings[0])}
		}),
		maps("sgdShrink", names("next"), names("p", "grad"), names("rate", "shrink"), 4, func(m *machine, in, settings []vec) []vec {
			p, grad := in[0], in[1]
			return []vec{m.off(p, m.onto(grad, p, settings[1]), settings[0])}
		}),
		maps("momentum", names("nextP", "nextV"), names("p", "v", "grad"), names("rate", "momentum", "shrink"), 2, func(m *machine, in, settings []vec) []vec {
			p, v, grad := in[0], in[1], in[2]
			v = m.onto(m.onto(grad, v, settings[1]), p, settings[2])
			return []vec{m.off(p, v, settings[0]), v}
		}),
		maps("nesterov", names("nextP", "nextV"), names("p", "v", "grad"), names("rate", "momentum", "shrink"), 2, func(m *machine, in, settings []vec) []vec {
			p, v, slope := in[0], in[1], m.onto(in[2], in[0], settings[2])
			v = m.onto(m.copy(slope), v, settings[1])
			return []vec{m.off(p, m.onto(slope, v, settings[1]), settings[0]), v}
		}),
		maps("rmsprop", names("nextP", "nextSquare"), names("p", "square", "grad"), names("rate", "alpha", "rest", "epsilon", "shrink"), 1,
			func(m *machine, in, settings []vec) []vec {
				p, square, slope := in[0], in[1], m.onto(in[2], in[0], settings[4])
				square = m.onto(m.mul(square, settings[1]), m.mul(slope, settings[2]), slope)
				return []vec{m.againstRoot(p, slope, square, settings[0], settings[3]), square}
			}),
		maps("adagrad", names("nextP", "nextTotal"), names("p", "total", "grad"), names("rate", "epsilon", "shrink"), 1,
			func(m *machine, in, settings []vec) []vec {
				p, total, slope := in[0], in[1], m.onto(in[2], in[0], settings[2])
				total = m.onto(total, slope, slope)
				return []vec{m.againstRoot(p, slope, total, settings[0], settings[1]), total}
			}),
		maps("adam", names("nextP", "nextMean", "nextVar"), names("p", "mean", "variance", "grad"),
			names("beta1", "rest1", "beta2", "rest2", "step", "spread", "epsilon", "keep"), 1, func(m *machine, in, settings []vec) []vec {
				p, mean, variance, grad := in[0], in[1], in[2], in[3]
				beta1, rest1, beta2, rest2 := settings[0], settings[1], settings[2], settings[3]
				step, spread, epsilon, keep := settings[4], settings[5], settings[6], settings[7]
				mean = m.onto(m.mul(mean, beta1), grad, rest1)
				variance = m.onto(m.mul(variance, beta2), m.mul(grad, rest2), grad)
				below := m.onto(m.copy(epsilon), m.sqrt(variance), spread)
				change := m.div(m.mul(mean, step), below)
				m.VFMSUB213PS(change, keep, p)
				return []vec{p, mean, variance}
			}),
	}
}

// againstRoot is p - slope·rate / (√square + epsilon).
func (m *machine) againstRoot(p, slope, square, rate, epsilon vec) vec {
	return m.sub(p, m.div(m.mul(slope, rate), m.add(m.sqrt(square), epsilon)))
}
