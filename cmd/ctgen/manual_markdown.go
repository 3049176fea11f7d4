package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// writeMarkdown prints the whole manual as docs/command.md holds it.
func writeMarkdown(w io.Writer) {
	fmt.Fprint(w, "# The command\n\n<!-- Printed by `ctgen help --markdown`; a test holds this page to it. -->\n\n")
	fmt.Fprint(w, "Everything on this page is also in `ctgen help`, and `ctgen help --man` prints it as a man page.\n")
	for _, s := range overviewPage().sections {
		if s.title == "first steps" {
			writeMarkdownSection(w, "## ", s)
		}
	}
	fmt.Fprint(w, "\n## Verbs\n\n| | |\n|---|---|\n")
	for _, v := range verbs() {
		fmt.Fprintf(w, "| [`%s`](#ctgen-%s) | %s |\n", v.name, v.name, markdown(v.short))
	}
	for _, v := range verbs() {
		p := v.page()
		fmt.Fprintf(w, "\n### %s\n\n%s.\n", p.name, markdown(capital(p.short)))
		for _, s := range p.sections {
			if s.title == "see also" {
				continue
			}
			writeMarkdownSection(w, "#### ", s)
		}
	}
	for _, t := range topics() {
		fmt.Fprintf(w, "\n## %s\n", capital(t.title))
		for _, s := range t.page().sections {
			writeMarkdownSection(w, "### ", s)
		}
	}
}

func writeMarkdownSection(w io.Writer, level string, s section) {
	switch s.title {
	case "", "usage":
	case "flags", "examples":
		fmt.Fprintf(w, "\n%s:\n", capital(s.title))
	default:
		fmt.Fprintf(w, "\n%s%s\n", level, capital(s.title))
	}
	for _, b := range s.blocks {
		switch {
		case b.code != "":
			fmt.Fprintf(w, "\n```text\n%s\n```\n", b.code)
		case b.list != nil:
			fmt.Fprint(w, "\n| | |\n|---|---|\n")
			for _, i := range b.list {
				fmt.Fprintf(w, "| `%s` | %s |\n", strings.ReplaceAll(i.term, "|", `\|`), strings.ReplaceAll(markdown(i.text), "|", `\|`))
			}
		default:
			fmt.Fprintf(w, "\n%s\n", markdown(b.text))
		}
	}
}

// flagWord is a flag inside a sentence, or what is in backticks already.
var flagWord = regexp.MustCompile("`[^`]*`|(^|[ (])(--?[a-z][a-z-]*)")

// markdown sets flags as code and quotes what Markdown would read as its own.
func markdown(s string) string {
	var b strings.Builder
	last := 0
	plain := strings.NewReplacer("*", `\*`, "<", `\<`, "_", `\_`)
	for _, m := range flagWord.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(plain.Replace(s[last:m[0]]))
		if m[4] < 0 {
			b.WriteString(s[m[0]:m[1]])
		} else {
			b.WriteString(s[m[0]:m[4]] + "`" + s[m[4]:m[5]] + "`")
		}
		last = m[1]
	}
	return b.String() + plain.Replace(s[last:])
}
