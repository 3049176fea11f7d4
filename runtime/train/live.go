package train

import (
	"fmt"
	"io"
	"os"
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

// lineWidth is the width of a line where the terminal does not say its own.
const lineWidth = 79

// columns is how wide a line may be. One column stays free: a line that fills
// the last one wraps on some terminals, which would break rewriting.
func (l *liveLine) columns() int {
	if f, ok := l.w.(*os.File); ok {
		if n := columnsOf(f); n > 1 {
			return n - 1
		}
	}
	return lineWidth
}

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
	runes, columns := []rune(text), l.columns()
	if len(runes) > columns {
		runes = append(runes[:columns-1], '…')
	}
	// Where the window has become narrower, the old line has wrapped: the cursor
	// goes up to its beginning. Terminals that tell their width know how to.
	if rows := (l.width - 1) / (columns + 1); l.width > columns && rows > 0 {
		fmt.Fprintf(l.w, "\x1b[%dA\r\x1b[J", rows)
		l.width = 0
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
