package explain

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

//go:embed intro.md
var intro string

// Markdown is docs/diagnostics.md: how diagnostics reach people and programs,
// a table of all codes, and a section for each.
func Markdown() string {
	var b strings.Builder
	b.WriteString(intro)
	all := diag.Descriptions()
	b.WriteString("\n## All codes\n")
	group := ""
	for _, d := range all {
		if d.Group != group {
			group = d.Group
			b.WriteString("\n**" + group + "**\n\n| code | what is wrong |\n|---|---|\n")
		}
		fmt.Fprintf(&b, "| [%s](#%s) | %s |\n", d.Code, strings.ToLower(string(d.Code)), d.Title)
	}
	group = ""
	for _, d := range all {
		if d.Group != group {
			group = d.Group
			b.WriteString("\n## " + group + "\n")
		}
		b.WriteString(section(d))
	}
	return b.String()
}

func section(d diag.Description) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n**%s.** %s\n\n%s\n", d.Code, sentence(d.Title), flowing(d.When), flowing(d.Remedy))
	for _, e := range d.Examples {
		b.WriteString("\n" + fenced(e.Faulty) + "\n" + fenced(Drawing(e.Faulty, diag.TextOptions{})))
		if e.Mended != "" {
			b.WriteString("\nInstead:\n\n" + fenced(e.Mended))
		}
	}
	if d.Construction != "" {
		b.WriteString("\nNo short text shows it: " + flowing(d.Construction) + "\n")
	}
	return b.String()
}

// flowing joins the lines of each paragraph.
func flowing(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

func fenced(text string) string { return "```\n" + text + "```\n" }
