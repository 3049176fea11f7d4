package diff

import (
	"fmt"
	"strings"
)

const context = 3 // equal lines around what differs

// Unified returns the difference between two texts in unified format, or ""
// where they are equal. The names stand in its head.
func Unified(oldName, old, newName, new string) string {
	if old == new {
		return ""
	}
	a, b := lines(old), lines(new)
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s\n", oldName, newName)
	var h hunk
	done := pair{0, 0}
	for _, m := range append(match(a, b), pair{len(a), len(b)}) {
		if m != done {
			h.open(a, done)
			h.lines("-", a[done.a:m.a])
			h.lines("+", b[done.b:m.b])
			h.oldLines += m.a - done.a
			h.newLines += m.b - done.b
		}
		if m.a < len(a) && h.equal(a[m.a]) {
			h.write(&out)
		}
		done = pair{m.a + 1, m.b + 1}
	}
	h.write(&out)
	return out.String()
}

// lines cuts text behind each newline; a last line without one says so.
func lines(text string) []string {
	all := strings.SplitAfter(text, "\n")
	if last := len(all) - 1; all[last] == "" {
		all = all[:last]
	} else {
		all[last] += "\n\\ No newline at end of file\n"
	}
	return all
}

// hunk is one stretch of differences with the equal lines around it.
type hunk struct {
	text               strings.Builder
	at                 pair
	oldLines, newLines int
	after              []string // equal lines behind the last difference
}

// open begins a hunk at a difference, or goes on with the one that is open.
func (h *hunk) open(a []string, at pair) {
	if h.text.Len() > 0 {
		h.keep(len(h.after))
		return
	}
	n := min(context, at.a, at.b)
	h.at = pair{at.a - n, at.b - n}
	h.after = append(h.after[:0], a[at.a-n:at.a]...)
	h.keep(n)
}

func (h *hunk) lines(sign string, lines []string) {
	for _, line := range lines {
		h.text.WriteString(sign + line)
	}
}

// keep takes the first n of the equal lines into the hunk.
func (h *hunk) keep(n int) {
	h.lines(" ", h.after[:n])
	h.oldLines, h.newLines = h.oldLines+n, h.newLines+n
	h.after = h.after[:0]
}

// equal adds an equal line and reports whether the hunk ends: no difference
// can come near enough to share its lines.
func (h *hunk) equal(line string) bool {
	if h.text.Len() == 0 {
		return false
	}
	h.after = append(h.after, line)
	return len(h.after) > 2*context
}

func (h *hunk) write(out *strings.Builder) {
	if h.text.Len() == 0 {
		return
	}
	h.keep(min(context, len(h.after)))
	fmt.Fprintf(out, "@@ -%s +%s @@\n%s", extent(h.at.a, h.oldLines), extent(h.at.b, h.newLines), h.text.String())
	*h = hunk{after: h.after[:0]}
}

// extent is a range of lines as a hunk's head shows it: a range of none is
// named by the line before it.
func extent(start, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return fmt.Sprint(start + 1)
	}
	return fmt.Sprintf("%d,%d", start+1, n)
}
