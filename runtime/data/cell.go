package data

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

var powersOfTen = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// parseReal reads a decimal number. Plain digits with a point are exact in
// two float64 operations while the digits stay below 2^53; the rest goes
// through strconv. Hexadecimal, infinities and NaN are no cells.
func parseReal(cell []byte) (float64, bool) {
	digits := cell
	negative := false
	if len(digits) > 0 && (digits[0] == '-' || digits[0] == '+') {
		negative = digits[0] == '-'
		digits = digits[1:]
	}
	m, seen, point := uint64(0), 0, -1
	for i, c := range digits {
		switch {
		case '0' <= c && c <= '9':
			m = m*10 + uint64(c-'0')
			seen++
		case c == '.' && point < 0:
			point = i
		case c == 'e' || c == 'E' || c == '-' || c == '+':
			return parseSlow(cell)
		default:
			return 0, false
		}
	}
	if seen == 0 {
		return 0, false
	}
	if seen > 15 {
		return parseSlow(cell)
	}
	v := float64(m)
	if point >= 0 {
		v /= powersOfTen[len(digits)-1-point]
	}
	if negative {
		v = -v
	}
	return v, true
}

func parseSlow(cell []byte) (float64, bool) {
	if bytes.ContainsAny(cell, "xXpP_iInN") || len(cell) > 1000 {
		return 0, false
	}
	v, err := strconv.ParseFloat(string(cell), 64)
	// Numbers beyond float64 parse to infinity: numbers all the same, which
	// the check of the range refuses by name.
	if err != nil && !math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

// parseInteger accepts 7, -7 and 7.0, up to 2^53 in size.
func parseInteger(cell []byte) (int64, bool) {
	v, ok := parseReal(cell)
	if !ok || v != math.Trunc(v) || math.Abs(v) > 1<<53 {
		return 0, false
	}
	return int64(v), true
}

func parseBool(cell []byte) (value, ok bool) {
	switch strings.ToLower(string(cell)) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

// parses reports whether cell has the form that kind asks for, whatever its
// value: the rule that tells a header from data.
func parses(kind Kind, cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	switch kind {
	case Fin, Int:
		_, ok := parseInteger(cell)
		return ok
	case Bool:
		_, ok := parseBool(cell)
		return ok
	}
	_, ok := parseReal(cell)
	return ok
}

// quote shows a cell in a message: short, and printable whatever it holds.
func quote(cell []byte) string {
	const most = 24
	if len(cell) > most {
		return strconv.Quote(string(cell[:most])) + "…"
	}
	return strconv.Quote(string(cell))
}
