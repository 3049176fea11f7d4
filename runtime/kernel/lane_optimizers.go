package kernel

import "math"

func lanesSgd(next, p, grad []float32, rate float32) {
	p, grad = p[:len(next)], grad[:len(next)]
	for i, v := range p {
		next[i] = fma(-rate, grad[i], v)
	}
}

func lanesSgdShrink(next, p, grad []float32, rate, shrink float32) {
	p, grad = p[:len(next)], grad[:len(next)]
	for i, v := range p {
		next[i] = fma(-rate, fma(shrink, v, grad[i]), v)
	}
}

func lanesMomentum(nextP, nextV, p, v, grad []float32, rate, momentum, shrink float32) {
	nextV, p, v, grad = nextV[:len(nextP)], p[:len(nextP)], v[:len(nextP)], grad[:len(nextP)]
	for i, at := range p {
		speed := fma(shrink, at, fma(momentum, v[i], grad[i]))
		nextV[i] = speed
		nextP[i] = fma(-rate, speed, at)
	}
}

func lanesAdam(nextP, nextMean, nextVar, p, mean, variance, grad []float32, beta1, rest1, beta2, rest2, step, spread, epsilon, keep float32) {
	nextMean, nextVar = nextMean[:len(nextP)], nextVar[:len(nextP)]
	p, mean, variance, grad = p[:len(nextP)], mean[:len(nextP)], variance[:len(nextP)], grad[:len(nextP)]
	for i, g := range grad {
		m := fma(g, rest1, float32(mean[i]*beta1))
		v := fma(float32(g*rest2), g, float32(variance[i]*beta2))
		nextMean[i], nextVar[i] = m, v
		change := float32(m*step) / fma(float32(math.Sqrt(float64(v))), spread, epsilon)
		nextP[i] = fma(keep, p[i], -change)
	}
}
