package kernel

import "github.com/ctgen-lang/ctgen/runtime/rng"

// Dropout assigns y = x·keep, where keep is 0 with probability rate and else
// 1/(1 - rate). Which elements are kept follows from count[0], the example,
// of which the first is number first, and the element. y may be x.
func Dropout[T Float](y, keep, x []T, count []int64, n, s int, rate T, first int) {
	y, keep, x = y[:n*s], keep[:n*s], x[:n*s]
	up := 1 / (1 - rate)
	for e := range n {
		draws := rng.DrawsOf(count[0], first+e)
		y, keep := y[e*s:e*s+s], keep[e*s:e*s+s]
		for i, v := range x[e*s : e*s+s] {
			k := up
			if T(draws.Uniform(i)) < rate {
				k = 0
			}
			keep[i] = k
			y[i] = v * k
		}
	}
}

// DropoutDx assigns dx = dy·keep.
func DropoutDx[T Float](dx, keep, dy []T, n, s int, rate T) { Mul(dx, keep, dy, n, s) }
