package explain

import (
	"bytes"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Page writes the page of a code as opts shows diagnostics.
func Page(d diag.Description, opts diag.TextOptions) string {
	var b strings.Builder
	bold := func(s string) string {
		if !opts.Color {
			return s
		}
		return "\x1b[1m" + s + "\x1b[0m"
	}
	b.WriteString(bold(string(d.Code)+": "+d.Title) + "\n\n" + opts.Printable(d.When) + "\n\n" + bold("What to do") + "\n\n" + opts.Printable(d.Remedy) + "\n")
	for i, e := range d.Examples {
		heading := "Example"
		if i > 0 {
			heading = "Another example"
		}
		b.WriteString("\n" + bold(heading) + "\n\n" + indented(opts.Printable(e.Faulty)))
		b.WriteString("\n" + indented(Drawing(e.Faulty, opts)))
		if e.Mended != "" {
			b.WriteString("\n" + bold("Instead") + "\n\n" + indented(opts.Printable(e.Mended)))
		}
	}
	if d.Construction != "" {
		b.WriteString("\n" + bold("Example") + "\n\n" + opts.Printable(sentence(d.Construction)) + "\n")
	}
	return b.String()
}

// Drawing is what the checker says about an example, as a person reads it.
func Drawing(example string, opts diag.TextOptions) string {
	var b bytes.Buffer
	opts = diag.TextOptions{Color: opts.Color, ASCII: opts.ASCII, Bare: true}
	_ = diag.Text(&b, Diagnose(example), opts) // a buffer takes everything
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// List writes all codes with their titles, by group.
func List() string {
	var b strings.Builder
	group := ""
	for _, d := range diag.Descriptions() {
		if d.Group != group {
			if group != "" {
				b.WriteString("\n")
			}
			group = d.Group
			b.WriteString(group + "\n")
		}
		b.WriteString("  " + string(d.Code) + "  " + d.Title + "\n")
	}
	return b.String()
}

// sentence begins text with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func indented(text string) string {
	var b strings.Builder
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if line != "" {
			line = "    " + line
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}
