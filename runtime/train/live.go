package train

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// liveLine rewrites one line of a terminal, at most ten times a second.
type liveLine struct {
	w      io.Writer
	last   time.Time
	width  int // of the text shown
	steps  int // since the clock was last looked at
	looked time.Time
	stride int // steps between two looks
}

// lineWidth keeps the live line from wrapping, which would break rewriting.
const lineWidth = 79

const interval = 100 * time.Millisecond

// glance counts a step and reports whether the line is due. Looks at the
// clock are kept some milliseconds apart.
func (l *liveLine) glance() bool {
	if l.steps++; l.steps < l.stride {
		return false
	}
	now := time.Now()
	switch took := now.Sub(l.looked); {
	case took < interval/40:
		l.stride *= 2
	case took > interval/4:
		l.stride = max(1, l.stride/4)
	}
	l.steps, l.looked = 0, now
	return now.Sub(l.last) >= interval
}

func (l *liveLine) show(text string) {
	l.last = time.Now()
	runes := []rune(text)
	if len(runes) > lineWidth {
		runes = append(runes[:lineWidth-1], '…')
	}
	// What is left of a longer text is overwritten with spaces: escape
	// sequences are not understood everywhere.
	fmt.Fprintf(l.w, "\r%s%s", string(runes), strings.Repeat(" ", max(0, l.width-len(runes))))
	l.width = len(runes)
}

func (l *liveLine) clear() {
	if l.width > 0 {
		fmt.Fprintf(l.w, "\r%s\r", strings.Repeat(" ", l.width))
		l.width = 0
	}
}
