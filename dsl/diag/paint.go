package diag

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// painter colours text for terminals, or leaves it as it is; and keeps to
// ASCII where nothing else can be shown.
type painter struct{ color, ascii bool }

func (p painter) wrap(code, text string) string {
	if !p.color || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p painter) bold(text string) string   { return p.wrap("1", text) }
func (p painter) gutter(text string) string { return p.wrap("1;34", text) }

func (p painter) severity(s Severity, text string) string {
	return p.wrap([...]string{"1;31", "1;33", "1;36"}[s], text)
}

// printable replaces what could steer a terminal, or what it cannot show.
func (p painter) printable(text string) string {
	if !p.ascii {
		return strings.Map(visible, text)
	}
	var b strings.Builder
	for _, r := range text {
		b.WriteString(p.shown(r))
	}
	return b.String()
}

// plain holds what stands for the signs that messages and help use.
var plain = map[rune]string{'…': "...", '→': "->", '×': "x", '−': "-", '·': "*", '–': "-"}

// shown is r as it is printed.
func (p painter) shown(r rune) string {
	switch {
	case !p.ascii:
		return string(visible(r))
	case r >= ' ' && r < 0x7f:
		return string(r)
	case plain[r] != "":
		return plain[r]
	case r == utf8.RuneError:
		return "?"
	}
	return fmt.Sprintf(`\u{%x}`, r)
}

// width is how many columns r takes as it is printed.
func (p painter) width(r rune) int {
	if p.ascii {
		return len(p.shown(r))
	}
	return runeWidth(visible(r))
}
