package kernel

import "math"

const (
	log2e   = 0x1.715476p+0  // 1 / ln 2
	ln2High = 0x1.62e43p-1   // ln 2
	ln2Low  = -0x1.05c61p-29 // what ln2High lacks

	ln2Short = 0x1.62e4p-1    // 15 bits of ln 2: times n, it is exact
	ln2Rest  = 0x1.7f7d1cp-20 // what ln2Short lacks

	expFloor = -103.972076 // below it e^x is less than half the least float32
	bigShift = 0x1.8p+23   // adding it leaves an integer in the low bits
)

// expTail is (e^r - 1 - r) / r² for |r| ≤ ln(2)/2, least in the greatest error
// that it makes in e^r - 1: 2^-26 of it.
var expTail = [...]float32{0x1p-1, 0x1.5554bp-3, 0x1.5554d8p-5, 0x1.1227c2p-7, 0x1.6d5fcep-10}

// laneReduce splits x into n·ln 2 + r with |r| ≤ ln(2)/2, for |x| below 200.
// The low bits of bits are those of the integer n + bias.
func laneReduce(x, bias float32) (r float32, bits uint32) {
	shifted := fma(x, log2e, bigShift+bias)
	n := shifted - (bigShift + bias)
	r = fma(n, -ln2High, x)
	return fma(n, -ln2Low, r), math.Float32bits(shifted)
}

// laneExpTail is (e^r - 1 - r) / r² for |r| ≤ ln(2)/2.
func laneExpTail(r float32) float32 {
	p := expTail[4]
	p = fma(p, r, expTail[3])
	p = fma(p, r, expTail[2])
	p = fma(p, r, expTail[1])
	return fma(p, r, expTail[0])
}

// laneExp is e^x for x ≤ 88, within 1 ulp, and where it is subnormal rounded
// once more: 2^n is multiplied in two steps, of which only the last leaves the
// normal numbers. Below them it is 0, to which vectors come without underflow,
// over which processors take many times as long.
func laneExp(x float32) float32 {
	if x < expFloor {
		return 0
	}
	r, bits := laneReduce(x, 254)
	return laneTimesPower(fma(fma(laneExpTail(r), r, 1), r, 1), bits)
}

// laneTimesPower is p·2^n; the low bits of bits are n + 254.
func laneTimesPower(p float32, bits uint32) float32 {
	half := bits >> 1 // n/2 + 127
	p = float32(p * math.Float32frombits(half<<23))
	return float32(p * math.Float32frombits((bits-half)<<23))
}

func lanesExp(y, x []float32) {
	for i, v := range x[:len(y)] {
		y[i] = laneExp(smaller(expLimit, v))
	}
}

func lanesExpDx(dx, x, y, dy []float32) {
	x, y, dy = x[:len(dx)], y[:len(dx)], dy[:len(dx)]
	for i, v := range x {
		var slope float32
		if v < expLimit {
			slope = 1
		}
		dx[i] = float32(dy[i]*y[i]) * slope
	}
}
