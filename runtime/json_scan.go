package runtime

import (
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// JSONError says what in a JSON text does not fit its object, and at which
// byte of the text given.
type JSONError struct {
	Object  string
	Offset  int
	Message string
}

func (e *JSONError) Error() string {
	return e.Object + ": " + e.Message + " at byte " + strconv.Itoa(e.Offset)
}

// scanner reads one JSON text (RFC 8259) from front to back. The first fault
// is kept in err and everything after it reads as nothing. It stands here so
// that predictors do not link encoding/json.
type scanner struct {
	object string
	text   []byte
	at     int
	err    error
}

func (s *scanner) fail(at int, message string) {
	if s.err == nil {
		s.err = &JSONError{s.object, at, message}
	}
}

// peek skips white space and returns the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// expect consumes c.
func (s *scanner) expect(c byte, what string) bool {
	if s.err == nil && s.peek() == c {
		s.at++
		return true
	}
	s.fail(s.at, what+" expected, found "+s.found())
	return false
}

// end fails unless only white space is left.
func (s *scanner) end() {
	if s.err == nil && s.peek() != 0 || s.at < len(s.text) {
		s.fail(s.at, "something follows the value")
	}
}

// found names what stands at the place.
func (s *scanner) found() string {
	switch c := s.peek(); {
	case c == 0 && s.at >= len(s.text):
		return "the end"
	case c == '{':
		return "an object"
	case c == '[':
		return "an array"
	case c == '"':
		return "text"
	case c == '-' || c >= '0' && c <= '9':
		return "a number"
	case c == 't' || c == 'f':
		return "a truth value"
	case c == 'n':
		return "null"
	default:
		return strconv.QuoteRune(rune(c))
	}
}

// number consumes a number and returns its text.
func (s *scanner) number() string {
	s.peek()
	start := s.at
	i := start
	digits := func() bool {
		from := i
		for i < len(s.text) && s.text[i] >= '0' && s.text[i] <= '9' {
			i++
		}
		return i > from
	}
	next := func(set string) bool {
		if i < len(s.text) {
			for _, c := range []byte(set) {
				if s.text[i] == c {
					i++
					return true
				}
			}
		}
		return false
	}
	next("-")
	ok := next("0") || digits()
	if ok && next(".") {
		ok = digits()
	}
	if ok && next("eE") {
		next("+-")
		ok = digits()
	}
	if !ok {
		s.fail(start, "a number expected, found "+s.found())
		return ""
	}
	s.at = i
	return string(s.text[start:i])
}

// real consumes a number that float32 can hold.
func (s *scanner) real() float32 {
	s.peek()
	start := s.at
	text := s.number()
	if s.err != nil {
		return 0
	}
	v, err := strconv.ParseFloat(text, 32)
	if err != nil {
		s.fail(start, text+" is too large for a real number of 32 bits")
	}
	return float32(v)
}

// integer consumes a number without fraction or exponent.
func (s *scanner) integer() int64 {
	s.peek()
	start := s.at
	text := s.number()
	if s.err != nil {
		return 0
	}
	v, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		s.fail(start, text+" is not an integer")
	}
	return v
}

// truth consumes true or false.
func (s *scanner) truth() bool {
	s.peek()
	for _, word := range []string{"true", "false"} {
		if rest := s.text[s.at:]; len(rest) >= len(word) && string(rest[:len(word)]) == word {
			s.at += len(word)
			return word == "true"
		}
	}
	s.fail(s.at, "true or false expected, found "+s.found())
	return false
}

// quoted consumes a string and returns what it says.
func (s *scanner) quoted() string {
	start := s.at
	if !s.expect('"', "text") {
		return ""
	}
	var out []byte
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case c == '"':
			s.at++
			if !utf8.Valid(out) {
				s.fail(start, "text is not UTF-8")
			}
			return string(out)
		case c == '\\':
			out = s.escape(out)
			if s.err != nil {
				return ""
			}
		case c < ' ':
			s.fail(s.at, "a control character inside text")
			return ""
		default:
			out = append(out, c)
			s.at++
		}
	}
	s.fail(start, "text without an end")
	return ""
}

// escape consumes a backslash and what it escapes.
func (s *scanner) escape(out []byte) []byte {
	if s.at+1 < len(s.text) {
		const from, to = `"\/bfnrt`, "\"\\/\b\f\n\r\t"
		for i := range len(from) {
			if s.text[s.at+1] == from[i] {
				s.at += 2
				return append(out, to[i])
			}
		}
		if r, ok := s.unicode(s.at); ok {
			s.at += 6
			if utf16.IsSurrogate(r) {
				low, _ := s.unicode(s.at)
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					s.at += 6
				}
			}
			return utf8.AppendRune(out, r)
		}
	}
	s.fail(s.at, "a backslash that escapes nothing")
	return out
}

// unicode reads an escape of four hexadecimal digits, backslash and u in front
// of them, at the place at.
func (s *scanner) unicode(at int) (rune, bool) {
	if at+6 > len(s.text) || s.text[at] != '\\' || s.text[at+1] != 'u' {
		return 0, false
	}
	v, err := strconv.ParseUint(string(s.text[at+2:at+6]), 16, 16)
	return rune(v), err == nil
}

// deepest is how far values that nobody looks into may nest.
const deepest = 1000

// value consumes any one value and returns its text.
func (s *scanner) value() []byte {
	s.peek()
	start := s.at
	s.skip(0)
	if s.err != nil {
		return nil
	}
	return s.text[start:s.at]
}

func (s *scanner) skip(depth int) {
	if depth > deepest {
		s.fail(s.at, "values nest too deeply")
	}
	if s.err != nil {
		return
	}
	switch c := s.peek(); c {
	case '{':
		s.members(func(string, int) { s.skip(depth + 1) })
	case '[':
		s.items(func(int) { s.skip(depth + 1) })
	case '"':
		s.quoted()
	case 't', 'f':
		s.truth()
	case 'n':
		if rest := s.text[s.at:]; len(rest) >= 4 && string(rest[:4]) == "null" {
			s.at += 4
			return
		}
		s.fail(s.at, "a value expected")
	default:
		s.number()
	}
}

// items consumes an array; each consumes one item.
func (s *scanner) items(each func(i int)) (n int) {
	if !s.expect('[', "an array") {
		return 0
	}
	if s.peek() == ']' {
		s.at++
		return 0
	}
	for s.err == nil {
		each(n)
		n++
		if s.err == nil && s.peek() == ',' {
			s.at++
			continue
		}
		s.expect(']', "a comma or the end of the array")
		break
	}
	return n
}

// members consumes an object; each consumes the value of one member, whose
// name starts at the given place.
func (s *scanner) members(each func(name string, at int)) {
	if !s.expect('{', "an object") {
		return
	}
	if s.peek() == '}' {
		s.at++
		return
	}
	for s.err == nil {
		s.peek()
		at := s.at
		name := s.quoted()
		s.expect(':', "a colon")
		if s.err == nil {
			each(name, at)
		}
		if s.err == nil && s.peek() == ',' {
			s.at++
			continue
		}
		s.expect('}', "a comma or the end of the object")
		break
	}
}
