package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// pageWidth is how wide help is on a terminal, in columns.
const pageWidth = 80

// writeText prints the page for a terminal.
func (p *page) writeText(w io.Writer) {
	width := 0 // of the terms in all lists, so that their texts line up
	for _, s := range p.sections {
		for _, b := range s.blocks {
			for _, i := range b.list {
				if n := utf8.RuneCountInString(i.term); n <= pageWidth/2 {
					width = max(width, n)
				}
			}
		}
	}
	for i, s := range p.sections {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if s.title == "usage" && len(s.blocks) == 1 {
			fmt.Fprintf(w, "usage: %s\n", s.blocks[0].code)
			continue
		}
		if s.title != "" {
			fmt.Fprintf(w, "%s:\n", s.title)
		}
		for j, b := range s.blocks {
			if j > 0 {
				fmt.Fprintln(w)
			}
			b.writeText(w, width)
		}
	}
}

func (b *block) writeText(w io.Writer, width int) {
	switch {
	case b.code != "":
		for _, l := range strings.Split(b.code, "\n") {
			fmt.Fprintln(w, strings.TrimRight("  "+l, " "))
		}
	case b.list != nil:
		for _, i := range b.list {
			lines := wrap(i.text, pageWidth-width-4)
			if utf8.RuneCountInString(i.term) > width {
				fmt.Fprintf(w, "  %s\n", i.term)
			} else {
				fmt.Fprintf(w, "  %-*s  %s\n", width, i.term, lines[0])
				lines = lines[1:]
			}
			for _, l := range lines {
				fmt.Fprintf(w, "  %-*s  %s\n", width, "", l)
			}
		}
	default:
		for _, l := range wrap(b.text, pageWidth) {
			fmt.Fprintln(w, l)
		}
	}
}

// wrap breaks text into lines of at most width columns, where its words
// allow. There is always one line.
func wrap(text string, width int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}
