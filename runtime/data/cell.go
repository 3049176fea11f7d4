package data

import (
	"bytes"
	"math"
	"strconv"
)

// parseInteger accepts 7, -7 and 7.0, up to 2^53 in size.
func parseInteger(cell []byte) (int64, bool) {
	v, ok := parseReal(cell)
	if !ok || v != math.Trunc(v) || math.Abs(v) > 1<<53 {
		return 0, false
	}
	return int64(v), true
}

func parseBool(cell []byte) (value, ok bool) {
	switch {
	case string(cell) == "1", len(cell) == 4 && bytes.EqualFold(cell, []byte("true")):
		return true, true
	case string(cell) == "0", len(cell) == 5 && bytes.EqualFold(cell, []byte("false")):
		return false, true
	}
	return false, false
}

// parses reports whether cell has the form that the column asks for, whatever its
// value: the rule that tells a header from data.
func (c *Column) parses(cell []byte) bool {
	cell = bytes.TrimSpace(cell)
	if len(c.Classes) > 0 {
		return c.class(cell) >= 0
	}
	switch c.Kind {
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
