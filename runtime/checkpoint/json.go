package checkpoint

import (
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads the little JSON that a header holds: objects whose keys are
// known beforehand, strings, and lists of whole numbers. encoding/json would
// let duplicate and misspelt keys pass, and weighs more than a predictor.
type scanner struct {
	text string
	at   int
}

func (s *scanner) fail(message string) error {
	return errors.New("damaged header: " + message + " at byte " + strconv.Itoa(s.at))
}

func (s *scanner) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// peek skips space and reports whether c follows.
func (s *scanner) peek(c byte) bool {
	s.space()
	return s.at < len(s.text) && s.text[s.at] == c
}

func (s *scanner) expect(c byte) error {
	if !s.peek(c) {
		return s.fail("want " + strconv.QuoteRune(rune(c)))
	}
	s.at++
	return nil
}

// object reads an object and calls member at each key's value. A key that
// stands twice is an error.
func (s *scanner) object(member func(key string) error) error {
	if err := s.expect('{'); err != nil {
		return err
	}
	if s.peek('}') {
		s.at++
		return nil
	}
	seen := map[string]bool{}
	for {
		key, err := s.str()
		if err != nil {
			return err
		}
		if seen[key] {
			return s.fail(strconv.Quote(key) + " stands twice")
		}
		seen[key] = true
		if err := s.expect(':'); err != nil {
			return err
		}
		if err := member(key); err != nil {
			return err
		}
		if !s.peek(',') {
			return s.expect('}')
		}
		s.at++
	}
}

// numbers reads a list of whole numbers that are not negative.
func (s *scanner) numbers() ([]int, error) {
	if err := s.expect('['); err != nil {
		return nil, err
	}
	list := []int{}
	if s.peek(']') {
		s.at++
		return list, nil
	}
	for {
		s.space()
		start := s.at
		for s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
			s.at++
		}
		digits := s.text[start:s.at]
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || int64(int(n)) != n || len(digits) > 1 && digits[0] == '0' {
			return nil, s.fail("want a whole number")
		}
		list = append(list, int(n))
		if !s.peek(',') {
			return list, s.expect(']')
		}
		s.at++
	}
}

func (s *scanner) str() (string, error) {
	if err := s.expect('"'); err != nil {
		return "", err
	}
	var out []byte
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case c == '"':
			s.at++
			if !utf8.Valid(out) {
				return "", s.fail("text that is not UTF-8")
			}
			return string(out), nil
		case c < ' ':
			return "", s.fail("control character in a string")
		case c == '\\':
			r, err := s.escape()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, r)
		default:
			out = append(out, c)
			s.at++
		}
	}
	return "", s.fail("a string is never closed")
}

// escape reads a backslash and what it stands for.
func (s *scanner) escape() (rune, error) {
	if s.at+1 >= len(s.text) {
		return 0, s.fail("a string is never closed")
	}
	c := s.text[s.at+1]
	s.at += 2
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		r, ok := s.hex4()
		if !ok {
			return 0, s.fail("bad escape")
		}
		if utf16.IsSurrogate(r) {
			if s.at+1 >= len(s.text) || s.text[s.at:s.at+2] != `\u` {
				return 0, s.fail("half a surrogate pair")
			}
			s.at += 2
			low, ok := s.hex4()
			if r = utf16.DecodeRune(r, low); !ok || r == utf8.RuneError {
				return 0, s.fail("half a surrogate pair")
			}
		}
		return r, nil
	}
	return 0, s.fail("bad escape")
}

func (s *scanner) hex4() (rune, bool) {
	if s.at+4 > len(s.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(s.text[s.at:s.at+4], 16, 16)
	s.at += 4
	return rune(n), err == nil
}
