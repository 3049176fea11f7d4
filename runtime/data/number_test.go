package data

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var decimalForm = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$`)

// agrees holds parseReal against strconv, bit by bit, on what has the form of a
// decimal number; nothing else is a number.
func agrees(t testing.TB, cell string) {
	// What lies behind a cell must not matter, nor that nothing does.
	for _, behind := range []string{"", ",", "123456789", "........"} {
		text := []byte(cell + behind)
		got, ok := parseReal(text[:len(cell)])
		if number := decimalForm.MatchString(cell) && len(cell) <= maxNumber; ok != number {
			t.Fatalf("%q is a number: %t, and %t is said", cell, number, ok)
		} else if !number {
			continue
		}
		if want, _ := strconv.ParseFloat(cell, 64); math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("%q, and %q behind it: %v, not %v", cell, behind, got, want)
		}
	}
}

// hardNumbers lie at or next to the middle between two numbers of 64 bits, at the
// ends of the ranges, or are known to have been read wrongly by some program.
var hardNumbers = []string{
	"0", "-0", "+0", "0.0", "-.0", "0.", "00012.50", "1", "9", "99999999", "99999999.", ".99999999", "1234567.8", "12345678.9",
	"9007199254740991", "9007199254740992", "9007199254740993", "9007199254740993.0", "9007199254740995", "-9007199254740993e1",
	"4503599627370496.5", "4503599627370497.5", "4503599627370497.4999999999999999", "4503599627370497.50000000000000000001",
	"18446744073709551615", "18446744073709551616", "9999999999999999999", "10000000000000000000000",
	"100000000000000000000000000000000000000001", "0.00000000000000000000000000000000000000000000000000000001",
	"1e22", "1e23", "8.5e22", "1e40", "1e41", "1e-64", "1e-65", "9999999999999999999e-64", "9999999999999999999e40",
	"3.4028235677973366e38", "1.401298464324817e-45", "7.006492321624085e-46", "1e308", "1.8e308", "1e309", "-1e309",
	"1e-323", "2.4703282292062327e-324", "2.4703282292062328e-324", "4.9e-324", "1e-999", "1e999999999999999999999", "0e999999999999",
	"2.2250738585072011e-308", "2.2250738585072012e-308", "6.631236846766476e-316", "5e-20", "7.8459735791271921e65",
	"1090544144181609348835077142190", "1.7976931348623157e308", "9.5e-03", "1.799000000000000000e+01",
	"", "+", "-", ".", "-.", "e", "1e", "1e+", ".e1", "e1", "1.2.3", "..1", "1..", "1_000", "0x1p3", "inf", "Inf", "-infinity", "nan", "NaN",
	"1,5", " 1", "1 ", "1e1.5", "--1", "+-1", "1-", "/1", ":1", "1\xb1", "\xba\xba\xba\xba", "1e\xb1", "\x001", "١",
	strings.Repeat("0", 30) + "1." + strings.Repeat("0", 30) + "1", strings.Repeat("18446744073709551616", 2),
	"0." + strings.Repeat("3", maxNumber-2), "0." + strings.Repeat("3", maxNumber-1),
}

func TestNumbers(t *testing.T) {
	for _, cell := range hardNumbers {
		agrees(t, cell)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 5_000 {
		x := math.Float64frombits(r.Uint64())
		if x-x != 0 {
			continue
		}
		agrees(t, strconv.FormatFloat(x, 'g', -1, 64))
		agrees(t, strconv.FormatFloat(x, 'e', r.IntN(20), 64))
		x = float64(math.Float32frombits(r.Uint32()))
		if x-x != 0 {
			continue
		}
		agrees(t, strconv.FormatFloat(x, 'e', 18, 64))
		agrees(t, strconv.FormatFloat(math.Mod(x, 1e7), 'f', r.IntN(12), 64))
		// The middle between two numbers, as close as 19 digits come to it.
		half := math.Float64frombits(math.Float64bits(x)) * (1 + 0x1p-53)
		agrees(t, strconv.FormatFloat(half, 'e', 18, 64))
		agrees(t, fmt.Sprintf("%de%d", r.Uint64()>>r.IntN(64), r.IntN(120)-70))
		agrees(t, fmt.Sprintf("%d.%d", r.IntN(1000), r.IntN(1_000_000)))
	}
}

// The middle between two neighbours, and what is a little below and above it,
// written out in full.
func TestNumbersBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 2_000 {
		whole := r.Uint64()>>11 | 1<<52
		shift := r.IntN(11)
		middle := whole<<shift<<1 + 1<<shift // fits 64 bits
		for _, d := range []uint64{0, 1, ^uint64(0)} {
			agrees(t, strconv.FormatUint(middle+d, 10))
			agrees(t, strconv.FormatUint(middle+d, 10)+"e-0")
		}
		// Below 1: a number of 54 bits over a power of two.
		agrees(t, strconv.FormatFloat(float64(whole)*0x1p-53, 'f', 60, 64))
	}
}

func FuzzNumber(f *testing.F) {
	for _, cell := range hardNumbers {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) { agrees(t, cell) })
}

func TestNumbersAllocateNothing(t *testing.T) {
	for _, cell := range []string{"17.99", "-0.006399", "1.799000000000000000e+01", "123456789.123", "2501"} {
		text := []byte(cell + ",")
		require.Zero(t, testing.AllocsPerRun(100, func() { parseReal(text[:len(cell)]) }), cell)
	}
}

func BenchmarkNumber(b *testing.B) {
	for _, cell := range []string{"0", "17.99", "-0.006399", "123456789.123", "0.30000000000000004", "1.799000000000000000e+01"} {
		text := []byte(cell + ",        ")
		b.Run(cell, func(b *testing.B) {
			for b.Loop() {
				parseReal(text[:len(cell)])
			}
		})
		b.Run(cell+"/strconv", func(b *testing.B) {
			for b.Loop() {
				strconv.ParseFloat(string(text[:len(cell)]), 64)
			}
		})
	}
}
