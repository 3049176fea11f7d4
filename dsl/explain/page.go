package explain

import (
	"bytes"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Page writes the page of a code for a terminal.
func Page(d diag.Description, color bool) string {
	var b strings.Builder
	bold := func(s string) string {
		if !color {
			return s
		}
		return "\x1b[1m" + s + "\x1b[0m"
	}
	b.WriteString(bold(string(d.Code)+": "+d.Title) + "\n\n" + d.When + "\n\n" + bold("What to do") + "\n\n" + d.Remedy + "\n")
	for i, e := range d.Examples {
		heading := "Example"
		if i > 0 {
			heading = "Another example"
		}
		b.WriteString("\n" + bold(heading) + "\n\n" + indented(e.Faulty))
		b.WriteString("\n" + indented(Drawing(e.Faulty, color)))
		if e.Mended != "" {
			b.WriteString("\n" + bold("Instead") + "\n\n" + indented(e.Mended))
		}
	}
	if d.Construction != "" {
		b.WriteString("\n" + bold("Example") + "\n\n" + sentence(d.Construction) + "\n")
	}
	return b.String()
}

// Drawing is what the checker says about an example, as a person reads it.
func Drawing(example string, color bool) string {
	var b bytes.Buffer
	_ = diag.Text(&b, Diagnose(example), diag.TextOptions{Color: color, Bare: true}) // a buffer takes everything
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
