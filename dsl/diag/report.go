package diag

// Report adds d as Add does and returns the stored diagnostic, so that the
// caller can attach labels and help. Where d repeats a known fault, what the
// caller attaches goes nowhere.
func (l *List) Report(d Diagnostic) *Diagnostic {
	at := place{d.Code, d.Span}
	if l.seen[at] != nil {
		return &Diagnostic{}
	}
	if l.seen == nil {
		l.seen = map[place]*Diagnostic{}
	}
	stored := &d
	l.seen[at] = stored
	l.items = append(l.items, stored)
	return stored
}

// Label attaches a further place and returns d.
func (d *Diagnostic) Label(span Span, message string) *Diagnostic {
	d.Labels = append(d.Labels, Label{span, message})
	return d
}

// Hint attaches a line of help and returns d.
func (d *Diagnostic) Hint(help string) *Diagnostic {
	d.Help = append(d.Help, help)
	return d
}

// Beside sets the text shown next to the carets and returns d.
func (d *Diagnostic) Beside(text string) *Diagnostic {
	d.Inline = text
	return d
}
