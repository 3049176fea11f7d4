package explain

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

//go:embed standard.md
var standardIntro string

// StandardMarkdown is docs/std.md: how to read a declaration, a table of all
// arrows by topic, and every declaration with its comment.
func StandardMarkdown() string {
	var b strings.Builder
	b.WriteString(standardIntro)
	topics := Standard()
	b.WriteString("\n## All of it\n\n| file | declares |\n|---|---|\n")
	seen := map[string]int{}
	for _, t := range topics {
		var names []string
		for _, d := range t.Declarations {
			names = append(names, fmt.Sprintf("[`%s`](#%s)", d.Name, anchor(d.Name, seen)))
		}
		fmt.Fprintf(&b, "| [std/%s.cat](#std%scat) | %s |\n", t.Name, t.Name, strings.Join(names, ", "))
	}
	for _, t := range topics {
		fmt.Fprintf(&b, "\n## std/%s.cat\n\n%s\n", t.Name, flowing(t.Doc))
		for _, d := range t.Declarations {
			fmt.Fprintf(&b, "\n### %s\n\n%s\n\n%s", d.Name, flowing(d.Doc), fenced(d.Text))
		}
	}
	return b.String()
}

// anchor is what leads to the heading of a name: of names that differ in case
// alone, the later ones are numbered.
func anchor(name string, seen map[string]int) string {
	at := strings.ToLower(name)
	seen[at]++
	if n := seen[at]; n > 1 {
		return fmt.Sprintf("%s-%d", at, n-1)
	}
	return at
}

// StandardPage writes a declaration as opts shows diagnostics.
func StandardPage(d Declaration, opts diag.TextOptions) string {
	title := "std." + d.Name
	if opts.Color {
		title = "\x1b[1m" + title + "\x1b[0m"
	}
	return title + "\n\n" + opts.Printable(d.Doc) + "\n\n" + indented(opts.Printable(d.Text))
}
