package format

// spaced reports whether a space stands between token i and the one before it
// where both are on one line.
func (w *writer) spaced(i int) bool {
	last, next := w.text(i-1), w.text(i)
	before, mark := w.what[i-1], w.what[i]
	switch {
	case mark&(applies|tight) != 0, before&(tight|sign) != 0:
		return false
	case mark&prefix != 0:
		return last != "(" && last != "["
	}
	switch last {
	case "(", "[", ".", "..":
		return false
	case "{":
		return before&finite == 0 && next != "}"
	}
	switch next {
	case ",", ":", ")", "]", "'", ".":
		return false
	case "..":
		return !isNumber(last) && last[0] != '"'
	case "[":
		return last == "in" || !isWord(last) && last != "'" || last == "to" && w.text(i-2) == "scaled"
	case "}":
		return mark&finite == 0
	}
	return true
}

func isNumber(text string) bool { return '0' <= text[0] && text[0] <= '9' }

// isWord reports whether a token is a name or a keyword.
func isWord(text string) bool {
	c := text[0]
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}
