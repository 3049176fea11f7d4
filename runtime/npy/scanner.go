package npy

import (
	"errors"
	"strconv"
	"strings"
)

// scanner reads the little Python that headers hold: strings without escapes,
// truth values, and tuples of whole numbers.
type scanner struct {
	text string
	at   int
}

func (s *scanner) fail(message string) error {
	return errors.New("damaged header: " + message + " at byte " + strconv.Itoa(s.at))
}

func (s *scanner) space() {
	for s.at < len(s.text) && strings.IndexByte(" \t\n\r", s.text[s.at]) >= 0 {
		s.at++
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

func (s *scanner) str() (string, error) {
	quote := byte('\'')
	if s.peek('"') {
		quote = '"'
	}
	if err := s.expect(quote); err != nil {
		return "", err
	}
	n := strings.IndexByte(s.text[s.at:], quote)
	if n < 0 {
		return "", s.fail("a string is never closed")
	}
	text := s.text[s.at : s.at+n]
	if strings.ContainsAny(text, "\\\n\r") {
		return "", s.fail("a string with escapes")
	}
	s.at += n + 1
	return text, nil
}

func (s *scanner) truth() (bool, error) {
	s.space()
	for word, value := range map[string]bool{"True": true, "False": false} {
		if strings.HasPrefix(s.text[s.at:], word) {
			s.at += len(word)
			return value, nil
		}
	}
	return false, s.fail("want True or False")
}

// shape reads a tuple: (), (3,), (2, 3). Python 2 wrote (2L, 3L).
func (s *scanner) shape() ([]int, error) {
	if err := s.expect('('); err != nil {
		return nil, err
	}
	shape := []int{}
	comma := true
	for !s.peek(')') {
		if !comma || len(shape) == maxAxes {
			return nil, s.fail("want ')'")
		}
		start := s.at
		for s.at < len(s.text) && '0' <= s.text[s.at] && s.text[s.at] <= '9' {
			s.at++
		}
		n, err := strconv.ParseInt(s.text[start:s.at], 10, 64)
		if err != nil || int64(int(n)) != n {
			s.at = start
			return nil, s.fail("want a length")
		}
		if s.at < len(s.text) && s.text[s.at] == 'L' {
			s.at++
		}
		shape = append(shape, int(n))
		if comma = s.peek(','); comma {
			s.at++
		}
	}
	if len(shape) == 1 && !comma { // (3) is a number
		return nil, s.fail("want ','")
	}
	s.at++
	return shape, nil
}
