package diag

// painter colours text for terminals, or leaves it as it is.
type painter bool

func (p painter) wrap(code, text string) string {
	if !p || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (p painter) bold(text string) string   { return p.wrap("1", text) }
func (p painter) gutter(text string) string { return p.wrap("1;34", text) }

func (p painter) severity(s Severity, text string) string {
	return p.wrap([...]string{"1;31", "1;33", "1;36"}[s], text)
}
