package main

import (
	"fmt"
	"io"
	"strings"
)

// writeRoff prints the whole manual as a page for man(1). It holds no date
// and no version, so that the same command prints the same page.
func writeRoff(w io.Writer) {
	overview := overviewPage()
	fmt.Fprint(w, ".TH CTGEN 1 \"\" \"ctgen\" \"User Commands\"\n.SH NAME\n")
	fmt.Fprintf(w, "ctgen \\- %s\n.SH SYNOPSIS\n.nf\n", roff(overview.short))
	for _, v := range verbs() {
		fmt.Fprintf(w, "%s\n", roff(v.synopsis()))
	}
	fmt.Fprint(w, ".fi\n.SH DESCRIPTION\n")
	for _, s := range overview.sections {
		switch s.title {
		case "usage":
			continue
		case "":
		default:
			fmt.Fprintf(w, ".SS %s\n", roff(capital(s.title)))
		}
		writeRoffBlocks(w, s.blocks)
	}
	fmt.Fprint(w, ".SH VERBS\n")
	for _, v := range verbs() {
		v.page().writeRoff(w)
	}
	for _, t := range topics() {
		fmt.Fprintf(w, ".SH %s\n", roff(strings.ToUpper(t.title)))
		for _, s := range t.page().sections {
			if s.title != "" {
				fmt.Fprintf(w, ".SS %s\n", roff(capital(s.title)))
			}
			writeRoffBlocks(w, s.blocks)
		}
	}
}

// writeRoff prints the page as a subsection.
func (p *page) writeRoff(w io.Writer) {
	fmt.Fprintf(w, ".SS %s \\- %s\n", roff(p.name), roff(p.short))
	for _, s := range p.sections {
		if s.title == "usage" {
			fmt.Fprintf(w, ".B %s\n.PP\n", roff(s.blocks[0].code))
			continue
		}
		if s.title != "" {
			fmt.Fprintf(w, ".PP\n%s:\n", roff(capital(s.title)))
		}
		writeRoffBlocks(w, s.blocks)
	}
}

func writeRoffBlocks(w io.Writer, all []block) {
	for i, b := range all {
		switch {
		case b.code != "":
			fmt.Fprintf(w, ".PP\n.RS 4\n.nf\n%s\n.fi\n.RE\n", roff(b.code))
		case b.list != nil:
			for _, it := range b.list {
				fmt.Fprintf(w, ".TP\n.B %s\n%s\n", roff(it.term), roff(it.text))
			}
		default:
			if i > 0 {
				fmt.Fprintln(w, ".PP")
			}
			fmt.Fprintln(w, roff(b.text))
		}
	}
}

// roff quotes what roff would read as its own: backslashes, hyphens that are
// to stay minus signs, quotation marks that open an argument, and dots and
// quotes that open a line. Words in backticks become bold.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "…", `\&...`, "·", `\(pc`, "`", "\x00").Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") || strings.HasPrefix(l, `"`) {
			l = `\&` + l
		}
		bold := false
		for strings.Contains(l, "\x00") {
			mark := `\fB`
			if bold {
				mark = `\fR`
			}
			l, bold = strings.Replace(l, "\x00", mark, 1), !bold
		}
		lines[i] = l
	}
	return strings.Join(lines, "\n")
}

// capital is s with a capital letter in front.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
