package kernel

import "math"

func lanesClip(y, grad []float32, low, high float32) {
	grad = grad[:len(y)]
	for i, v := range grad {
		if v < low {
			v = low
		}
		if v > high {
			v = high
		}
		y[i] = v
	}
}

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

func lanesNesterov(nextP, nextV, p, v, grad []float32, rate, momentum, shrink float32) {
	nextV, p, v, grad = nextV[:len(nextP)], p[:len(nextP)], v[:len(nextP)], grad[:len(nextP)]
	for i, at := range p {
		slope := fma(shrink, at, grad[i])
		speed := fma(momentum, v[i], slope)
		nextV[i] = speed
		nextP[i] = fma(-rate, fma(momentum, speed, slope), at)
	}
}

func lanesRmsprop(nextP, nextSquare, p, square, grad []float32, rate, alpha, rest, epsilon, shrink float32) {
	nextSquare, p, square, grad = nextSquare[:len(nextP)], p[:len(nextP)], square[:len(nextP)], grad[:len(nextP)]
	for i, at := range p {
		slope := fma(shrink, at, grad[i])
		s := fma(float32(slope*rest), slope, float32(square[i]*alpha))
		nextSquare[i] = s
		nextP[i] = at - float32(slope*rate)/(float32(math.Sqrt(float64(s)))+epsilon)
	}
}

func lanesAdagrad(nextP, nextTotal, p, total, grad []float32, rate, epsilon, shrink float32) {
	nextTotal, p, total, grad = nextTotal[:len(nextP)], p[:len(nextP)], total[:len(nextP)], grad[:len(nextP)]
	for i, at := range p {
		slope := fma(shrink, at, grad[i])
		s := fma(slope, slope, total[i])
		nextTotal[i] = s
		nextP[i] = at - float32(slope*rate)/(float32(math.Sqrt(float64(s)))+epsilon)
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
