package diag

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// Source is the text of one file together with the name by which diagnostics
// cite it. It is immutable once made.
type Source struct {
	Name string // as the user wrote it, with forward slashes
	Text string

	once  sync.Once
	lines []int // byte offset of each line's first byte
}

// NewSource returns the source called name holding text.
func NewSource(name, text string) *Source { return &Source{Name: name, Text: text} }

// Span is a half-open range of bytes [Start, End) in Src. The zero Span
// belongs to no file: nothing the user wrote can be blamed for it.
type Span struct {
	Src        *Source
	Start, End int
}

// Known reports whether s lies in a file.
func (s Span) Known() bool { return s.Src != nil }

// To returns the span from the start of s to the end of t, which must be in
// the same source and not end before s starts.
func (s Span) To(t Span) Span { return Span{s.Src, s.Start, max(s.End, t.End)} }

// Text returns the source text that s covers.
func (s Span) Text() string {
	if s.Src == nil {
		return ""
	}
	return s.Src.Text[s.Start:s.End]
}

// String renders s as file:line:column.
func (s Span) String() string {
	if s.Src == nil {
		return "-"
	}
	p := s.Src.Position(s.Start)
	return s.Src.Name + ":" + itoa(p.Line) + ":" + itoa(p.Column)
}

// Line renders s as file:line, the form in which generated code cites a spec.
func (s Span) Line() string {
	if s.Src == nil {
		return "-"
	}
	return s.Src.Name + ":" + itoa(s.Src.Position(s.Start).Line)
}

// Position is a place in a file; line and column count from 1, the column in
// Unicode code points.
type Position struct{ Line, Column int }

// Position converts a byte offset. A byte order mark is no column.
func (s *Source) Position(offset int) Position {
	line := s.Line(offset)
	start := s.lines[line-1]
	offset = max(start, min(offset, len(s.Text)))
	return Position{line, utf8.RuneCountInString(s.Text[start:offset]) + 1}
}

// Line returns the line, counted from 1, that holds the byte at offset.
func (s *Source) Line(offset int) int {
	s.index()
	return max(1, sort.SearchInts(s.lines, offset+1))
}

// LineText returns the text of the line, counted from 1, without its newline.
func (s *Source) LineText(line int) string {
	s.index()
	end := len(s.Text)
	if line < len(s.lines) {
		end = s.lines[line] - 1
	}
	if end > s.lines[line-1] && s.Text[end-1] == '\r' {
		end--
	}
	return s.Text[s.lines[line-1]:end]
}

func (s *Source) index() {
	s.once.Do(func() {
		s.lines = []int{len(s.Text) - len(strings.TrimPrefix(s.Text, "\uFEFF"))}
		for i := 0; i < len(s.Text); i++ {
			if s.Text[i] == '\n' {
				s.lines = append(s.lines, i+1)
			}
		}
	})
}
