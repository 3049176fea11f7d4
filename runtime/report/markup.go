package report

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// markup is HTML in the making.
type markup struct{ b []byte }

// add appends form, with a value in the place of each %: text is escaped, a
// float64 is a coordinate, whole numbers are written out. Forms are this
// package's own.
func (m *markup) add(form string, values ...any) {
	for i := range len(form) {
		if form[i] != '%' || len(values) == 0 {
			m.b = append(m.b, form[i])
			continue
		}
		m.value(values[0])
		values = values[1:]
	}
}

func (m *markup) value(v any) {
	switch v := v.(type) {
	case string:
		m.b = escape(m.b, v)
	case int:
		m.b = strconv.AppendInt(m.b, int64(v), 10)
	case int64:
		m.b = strconv.AppendInt(m.b, v, 10)
	case float64:
		// Half a tenth of a pixel is not seen.
		m.b = strconv.AppendFloat(m.b, math.Round(v*10)/10, 'f', -1, 64)
	}
}

// escape writes text so that it stands for itself in an element and in a quoted
// attribute. What HTML cannot hold becomes U+FFFD.
func escape(b []byte, text string) []byte {
	for _, r := range text {
		switch {
		case r == '<':
			b = append(b, "&lt;"...)
		case r == '>':
			b = append(b, "&gt;"...)
		case r == '&':
			b = append(b, "&amp;"...)
		case r == '"':
			b = append(b, "&#34;"...)
		case r == '\'':
			b = append(b, "&#39;"...)
		case r < ' ' && r != '\n' && r != '\t', r >= 0x7f && r < 0xa0, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
			b = append(b, "\ufffd"...)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// number writes a value for people: four digits that matter.
func number(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "–"
	case math.IsInf(v, 0):
		return strings.Replace(strconv.FormatFloat(v, 'g', -1, 64), "Inf", "∞", 1)
	case a != 0 && (a < 1e-3 || a >= 1e6):
		return strconv.FormatFloat(v, 'e', 2, 64)
	case a >= 1000:
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}

// counted writes "1 row" or "12 rows".
func counted(n int64, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.FormatInt(n, 10) + " " + word
}
