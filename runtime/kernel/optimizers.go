package kernel

import "math"

// Sgd assigns p2 = p - rate·(g + l2·decays·p) on one leaf. p2 may be p.
func Sgd[T Float](p2, p, g []T, size int, rate, l2, decays T) {
	p2, p, g = p2[:size], p[:size], g[:size]
	shrink := l2 * decays
	if vectors[T]() {
		if shrink == 0 {
			vecSgd(narrow(p2), narrow(p), narrow(g), float32(rate))
		} else {
			vecSgdShrink(narrow(p2), narrow(p), narrow(g), float32(rate), float32(shrink))
		}
		return
	}
	if shrink == 0 {
		for i, v := range p {
			p2[i] = v - rate*g[i]
		}
		return
	}
	for i, v := range p {
		p2[i] = v - rate*(g[i]+shrink*v)
	}
}

// Momentum assigns velocity2 = momentum·velocity + g + l2·decays·params and
// params2 = params - rate·velocity2 on one leaf. Outputs may be the inputs.
func Momentum[T Float](params2, velocity2, params, velocity, g []T, size int, rate, momentum, l2, decays T) {
	params2, velocity2 = params2[:size], velocity2[:size]
	params, velocity, g = params[:size], velocity[:size], g[:size]
	shrink := l2 * decays
	if vectors[T]() {
		vecMomentum(narrow(params2), narrow(velocity2), narrow(params), narrow(velocity), narrow(g),
			float32(rate), float32(momentum), float32(shrink))
		return
	}
	for i, v := range velocity {
		v = momentum*v + g[i] + shrink*params[i]
		velocity2[i] = v
		params2[i] = params[i] - rate*v
	}
}

// Nesterov assigns velocity2 = momentum·velocity + slope and params2 = params -
// rate·(slope + momentum·velocity2) on one leaf, where slope = g +
// l2·decays·params. Outputs may be the inputs.
func Nesterov[T Float](params2, velocity2, params, velocity, g []T, size int, rate, momentum, l2, decays T) {
	params2, velocity2 = params2[:size], velocity2[:size]
	params, velocity, g = params[:size], velocity[:size], g[:size]
	shrink := l2 * decays
	if vectors[T]() {
		vecNesterov(narrow(params2), narrow(velocity2), narrow(params), narrow(velocity), narrow(g),
			float32(rate), float32(momentum), float32(shrink))
		return
	}
	for i, p := range params {
		slope := g[i] + shrink*p
		v := momentum*velocity[i] + slope
		velocity2[i] = v
		params2[i] = p - rate*(slope+momentum*v)
	}
}

// Rmsprop assigns square2 = alpha·square + (1 - alpha)·slope² and params2 =
// params - rate·slope/(√square2 + epsilon) on one leaf, where slope = g +
// l2·decays·params. Outputs may be the inputs.
func Rmsprop[T Float](params2, square2, params, square, g []T, size int, rate, alpha, epsilon, l2, decays T) {
	params2, square2 = params2[:size], square2[:size]
	params, square, g = params[:size], square[:size], g[:size]
	shrink := l2 * decays
	if vectors[T]() {
		vecRmsprop(narrow(params2), narrow(square2), narrow(params), narrow(square), narrow(g),
			float32(rate), float32(alpha), float32(1-alpha), float32(epsilon), float32(shrink))
		return
	}
	for i, p := range params {
		slope := g[i] + shrink*p
		s := alpha*square[i] + (1-alpha)*slope*slope
		square2[i] = s
		params2[i] = p - rate*slope/(T(math.Sqrt(float64(s)))+epsilon)
	}
}

// Adagrad assigns total2 = total + slope² and params2 = params -
// rate·slope/(√total2 + epsilon) on one leaf, where slope = g +
// l2·decays·params. Outputs may be the inputs.
func Adagrad[T Float](params2, total2, params, total, g []T, size int, rate, epsilon, l2, decays T) {
	params2, total2 = params2[:size], total2[:size]
	params, total, g = params[:size], total[:size], g[:size]
	shrink := l2 * decays
	if vectors[T]() {
		vecAdagrad(narrow(params2), narrow(total2), narrow(params), narrow(total), narrow(g), float32(rate), float32(epsilon), float32(shrink))
		return
	}
	for i, p := range params {
		slope := g[i] + shrink*p
		s := total[i] + slope*slope
		total2[i] = s
		params2[i] = p - rate*slope/(T(math.Sqrt(float64(s)))+epsilon)
	}
}

// Adam assigns one step of Adam on one leaf; count[0] is the number of steps
// with this one counted. Outputs may be the inputs.
func Adam[T Float](params2, mean2, variance2, params, mean, variance, g []T, count []int64, size int, rate, beta1, beta2, epsilon T) {
	adam(params2, mean2, variance2, params, mean, variance, g, count, size, rate, beta1, beta2, epsilon, 1)
}

// Adamw assigns one step of Adam on one leaf, whose parameters shrink by
// rate·decay·decays beside it. Outputs may be the inputs.
func Adamw[T Float](params2, mean2, variance2, params, mean, variance, g []T, count []int64, size int, rate, beta1, beta2, epsilon, decay, decays T) {
	shrink := rate * decay * decays
	adam(params2, mean2, variance2, params, mean, variance, g, count, size, rate, beta1, beta2, epsilon, 1-T(shrink))
}

// adam moves params, first multiplied by keep, against the corrected mean
// gradient over its corrected root mean square.
func adam[T Float](params2, mean2, variance2, params, mean, variance, g []T, count []int64, size int, rate, beta1, beta2, epsilon, keep T) {
	params2, mean2, variance2 = params2[:size], mean2[:size], variance2[:size]
	params, mean, variance, g = params[:size], mean[:size], variance[:size], g[:size]
	step := T(float64(rate) / (1 - power(float64(beta1), count[0])))
	spread := T(math.Sqrt(1 / (1 - power(float64(beta2), count[0]))))
	if vectors[T]() {
		vecAdam(narrow(params2), narrow(mean2), narrow(variance2), narrow(params), narrow(mean), narrow(variance), narrow(g),
			float32(beta1), float32(1-beta1), float32(beta2), float32(1-beta2), float32(step), float32(spread), float32(epsilon), float32(keep))
		return
	}
	for i, d := range g {
		m := beta1*mean[i] + (1-beta1)*d
		v := beta2*variance[i] + (1-beta2)*d*d
		mean2[i], variance2[i] = m, v
		params2[i] = keep*params[i] - step*m/(T(math.Sqrt(float64(v)))*spread+epsilon)
	}
}

// power is base to the count-th power by repeated squaring: the same bits on
// every processor, which math.Pow does not promise.
func power(base float64, count int64) float64 {
	result := 1.0
	for ; count > 0; count >>= 1 {
		if count&1 == 1 {
			result = float64(result * base)
		}
		base = float64(base * base)
	}
	return result
}
