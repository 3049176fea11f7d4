package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// block is a run of statements that is entered as a whole.
type block struct {
	startLine, startColumn, endLine, endColumn int
	ran                                        bool
}

func (b *block) holds(line, column int) bool {
	from := line > b.startLine || line == b.startLine && column >= b.startColumn
	to := line < b.endLine || line == b.endLine && column < b.endColumn
	return from && to
}

// after reports whether b starts after c.
func (b *block) after(c *block) bool {
	return b.startLine > c.startLine || b.startLine == c.startLine && b.startColumn > c.startColumn
}

// coverage holds the blocks of each file, by import path and file name.
type coverage map[string][]block

// readCoverage reads a profile that `go test -coverprofile` wrote. Each
// package that was tested adds its own count of a block.
func readCoverage(r io.Reader) (coverage, error) {
	c := coverage{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if strings.HasPrefix(line, "mode:") || line == "" {
			continue
		}
		file, rest, _ := strings.Cut(line, ".go:")
		var b block
		var statements, count int
		if _, err := fmt.Sscanf(rest, "%d.%d,%d.%d %d %d", &b.startLine, &b.startColumn, &b.endLine, &b.endColumn, &statements, &count); err != nil {
			return nil, fmt.Errorf("line %d is no block: %s", n, line)
		}
		b.ran = count > 0
		c.add(file+".go", b)
	}
	return c, lines.Err()
}

func (c coverage) add(file string, b block) { c[file] = append(c[file], b) }

// reached reports whether the innermost block that holds p ran. A place that
// no block holds did not.
func (c coverage) reached(file string, p place) bool {
	var inner *block
	ran := false
	for i := range c[file] {
		b := &c[file][i]
		if !b.holds(p.line, p.column) {
			continue
		}
		switch {
		case inner == nil || b.after(inner):
			inner, ran = b, b.ran
		case !inner.after(b):
			ran = ran || b.ran
		}
	}
	return ran
}
