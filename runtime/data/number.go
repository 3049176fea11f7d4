package data

import (
	"encoding/binary"
	"math"
	"math/bits"
	"strconv"
)

// parseReal reads a decimal number and rounds it to the nearest float64, ties to
// even, as strconv.ParseFloat does; numbers beyond float64 are infinite. Forms that
// a cell cannot have, such as hexadecimal, infinities and NaN, are no numbers.
func parseReal(cell []byte) (float64, bool) {
	if n := len(cell); n-1 < 8 && n > 0 && cap(cell) >= 8 {
		if x, ok := parseShort(binary.LittleEndian.Uint64(cell[:8]), n); ok {
			return x, true
		}
	}
	digits := cell
	if len(digits) > 0 && (digits[0] == '-' || digits[0] == '+') {
		digits = digits[1:]
	}
	x, ok := parseLong(digits)
	if ok && cell[0] == '-' {
		x = -x
	}
	return x, ok
}

// bytes8 is a byte eight times.
func bytes8(b byte) uint64 { return 0x0101010101010101 * uint64(b) }

const lowSeven = 0x7f7f7f7f7f7f7f7f

// matches marks by its highest bit each byte of w that equals that of pattern.
func matches(w, pattern uint64) uint64 {
	d := w ^ pattern
	return ^((d&lowSeven + lowSeven) | d | lowSeven)
}

// parseShort reads the first n bytes of w, 1 to 8 digits with at most one point
// among them and a minus before them, all at once. What else is a number, it leaves
// to others.
func parseShort(w uint64, n int) (float64, bool) {
	minus := uint64(0)
	if byte(w) == '-' {
		minus = 1
		w ^= '-' ^ '0'
	}
	// The digits last, behind as many zeros as there is room for.
	w = w<<((64-8*n)&63) | bytes8('0')>>8>>((8*n-8)&63)
	decimals := 0
	if point := matches(w, bytes8('.')); point != 0 {
		n--
		at := bits.TrailingZeros64(point) &^ 7
		before := uint64(1)<<(at&63) - 1
		w = w&before<<8 | '0' | w&^(before<<8|0xff)
		decimals = 7 - at/8
	}
	v, ok := eightDigits(w)
	x := float64(v) / powersOfTen[decimals&7]
	return math.Float64frombits(math.Float64bits(x) | minus<<63), ok && n > int(minus)
}

// eightDigits is the number that the bytes of w write, the first of them lowest.
func eightDigits(w uint64) (uint64, bool) {
	v := w - bytes8('0')
	if (w+bytes8(0x80-'9'-1)|v)&bytes8(0x80) != 0 {
		return 0, false
	}
	v = v*10 + v>>8
	const pair = 0x000000ff000000ff
	return (v&pair*(100+1000000<<32) + v>>16&pair*(1+10000<<32)) >> 32, true
}

// powersOfTen are those that float64 holds exactly.
var powersOfTen = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// maxNumber is the most bytes that a number has.
const maxNumber = 1000

// parseLong reads a number without a sign.
func parseLong(cell []byte) (float64, bool) {
	if len(cell) > maxNumber {
		return 0, false
	}
	m, decimals := uint64(0), 0
	seen, point, exact, i := false, false, true, 0
	for ; i < len(cell); i++ {
		if m < 1e11 && len(cell)-i >= 8 {
			if v, ok := eightDigits(binary.LittleEndian.Uint64(cell[i:])); ok {
				m, seen = m*1e8+v, true
				if point {
					decimals += 8
				}
				i += 7
				continue
			}
		}
		c := cell[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c-'0' > 9 {
			break
		}
		seen = true
		exact = exact && m <= (math.MaxUint64-9)/10
		m = m*10 + uint64(c-'0')
		if point {
			decimals++
		}
	}
	exponent, ok := parseExponent(cell[i:])
	if !seen || !ok {
		return 0, false
	}
	if exact {
		if x, ok := decimal(m, exponent-decimals); ok {
			return x, true
		}
	}
	x, err := strconv.ParseFloat(string(cell), 64)
	return x, err == nil || math.IsInf(x, 0)
}

// parseExponent reads e+12, or nothing. Exponents are cut where every number but 0
// has long been 0 or infinite.
func parseExponent(cell []byte) (int, bool) {
	if len(cell) == 0 {
		return 0, true
	}
	if cell[0]|0x20 != 'e' {
		return 0, false
	}
	cell = cell[1:]
	sign := 1
	if len(cell) > 0 && (cell[0] == '-' || cell[0] == '+') {
		if cell[0] == '-' {
			sign = -1
		}
		cell = cell[1:]
	}
	e := 0
	for _, c := range cell {
		if c-'0' > 9 {
			return 0, false
		}
		e = min(e*10+int(c-'0'), 2*maxNumber)
	}
	return sign * e, len(cell) > 0
}

// leastPower and mostPower are the first and the last of powers.
const leastPower, mostPower = -64, 40

// decimal is m·10^q rounded to the nearest float64, where that takes one exact
// operation or the algorithm of Eisel and Lemire decides it: Daniel Lemire, Number
// parsing at a gigabyte per second, Software: Practice and Experience 51(8), 2021.
func decimal(m uint64, q int) (float64, bool) {
	if m < 1<<53 {
		switch {
		case m == 0:
			return 0, true
		case -22 <= q && q <= 0:
			return float64(m) / powersOfTen[-q], true
		case 0 < q && q <= 22:
			return float64(m) * powersOfTen[q], true
		}
	}
	if q < leastPower || q > mostPower {
		return 0, false
	}
	// The product of m, its highest bit set, with the first 64 bits of the power;
	// with the next 64 where those do not decide the 54 bits that are needed.
	power := &powers[q-leastPower]
	shift := bits.LeadingZeros64(m)
	m <<= shift
	high, low := bits.Mul64(m, power[0])
	const rest = 1<<9 - 1
	if high&rest == rest {
		carry, tail := bits.Mul64(m, power[1])
		var over uint64
		low, over = bits.Add64(low, carry, 0)
		high += over
		if high&rest == rest && low+1 == 0 && tail+m < m {
			return 0, false // the power's further bits would count
		}
	}
	top := int(high >> 63)
	mantissa := high >> (top + 9) // 53 bits and the one that rounds
	if low == 0 && high&rest == 0 && mantissa&3 == 1 {
		return 0, false // half way, or nearly
	}
	mantissa = (mantissa + mantissa&1) >> 1
	// 2^e is what the product's highest bit stands for; 217706/2^16 is log2(10).
	e := 217706*q>>16 + 63 + top - shift
	if mantissa>>53 != 0 {
		mantissa >>= 1
		e++
	}
	return math.Float64frombits(uint64(e+1023)<<52 | mantissa&(1<<52-1)), true
}
