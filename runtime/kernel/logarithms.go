package kernel

import "math"

// expLimit is where Exp stops growing, just below the end of float32.
const expLimit = 88

// Exp assigns y = e^min(x, 88).
func Exp[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecExp(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = T(math.Exp(float64(min(v, expLimit))))
	}
}

// ExpDx assigns dx = dy·y where x < 88 and dy·y·0 elsewhere.
func ExpDx[T Float](dx, x, y, dy []T, n, s int) {
	dx, x, y, dy = dx[:n*s], x[:n*s], y[:n*s], dy[:n*s]
	if vectors[T]() {
		vecExpDx(narrow(dx), narrow(x), narrow(y), narrow(dy))
		return
	}
	for i, v := range x {
		d := dy[i] * y[i]
		if !(v < expLimit) {
			d *= 0
		}
		dx[i] = d
	}
}

// log is the natural logarithm of at least Tiny.
func log[T Float](x T) T { return T(math.Log(float64(max(x, Tiny)))) }

// Log assigns the natural logarithm of x, of Tiny where x is smaller.
func Log[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecLog(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = log(v)
	}
}

// LogDx assigns dx = dy / max(x, Tiny).
func LogDx[T Float](dx, x, dy []T, n, s int) {
	dx, x, dy = dx[:n*s], x[:n*s], dy[:n*s]
	if vectors[T]() {
		vecLogDx(narrow(dx), narrow(x), narrow(dy))
		return
	}
	for i, v := range x {
		dx[i] = dy[i] / max(v, Tiny)
	}
}

// Logit assigns the logarithm of the odds x / (1 - x), both at least Tiny.
func Logit[T Float](y, x []T, n, s int) {
	y, x = y[:n*s], x[:n*s]
	if vectors[T]() {
		vecLogit(narrow(y), narrow(x))
		return
	}
	for i, v := range x {
		y[i] = log(v) - log(1-v)
	}
}

// LogitDx assigns dx = dy / max(x, Tiny) + dy / max(1 - x, Tiny).
func LogitDx[T Float](dx, x, dy []T, n, s int) {
	dx, x, dy = dx[:n*s], x[:n*s], dy[:n*s]
	if vectors[T]() {
		vecLogitDx(narrow(dx), narrow(x), narrow(dy))
		return
	}
	for i, v := range x {
		dx[i] = dy[i]/max(v, Tiny) + dy[i]/max(1-v, Tiny)
	}
}
