package report

import "time"

// HTML is the page. The same training gives the same bytes.
func (t *Training) HTML() []byte {
	m := &markup{}
	title := t.Name + " of " + t.Category
	// The policy forbids what the page does not do: loading and running.
	m.add(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>%: training report</title>
<style>`, title)
	m.b = append(m.b, style...)
	m.add(`</style>
</head>
<body>
<a class="skip" href="#figures">Skip to the figures</a>
<header>
<p class="kind">Training report</p>
<h1>%</h1>
`, title)
	if t.Source != nil {
		for _, d := range t.Source.Doc {
			m.add("<p>%</p>\n", d)
		}
	}
	state := "outcome"
	if t.Trouble {
		state = "outcome trouble"
	}
	m.add("<p class=\"%\">%</p>\n", state, t.Outcome)
	m.add("<p class=\"made\">Written <time datetime=\"%\">%</time></p>\n</header>\n", t.Made.Format(time.RFC3339), t.Made.Format("2 January 2006, 15:04 MST"))
	sections := t.sections()
	m.add("<nav aria-label=\"Sections\"><ul>\n")
	for _, s := range sections {
		m.add("<li><a href=\"#%\">%</a></li>\n", s.id, s.title)
	}
	m.add("</ul></nav>\n<main>\n")
	for _, s := range sections {
		m.add("<section id=\"%\" aria-labelledby=\"%-title\">\n<h2 id=\"%-title\">%</h2>\n", s.id, s.id, s.id, s.title)
		s.write(m)
		m.add("</section>\n")
	}
	m.add("</main>\n</body>\n</html>\n")
	return m.b
}

// section is a part of the page under a heading.
type section struct {
	id, title string
	write     func(*markup)
}

// sections are those that have something to show.
func (t *Training) sections() []section {
	list := []section{{"figures", "Figures", t.figures}}
	if len(t.Curves) > 0 {
		list = append(list, section{"curves", "Curves", t.curves})
	}
	if len(t.Confusions) > 0 {
		list = append(list, section{"classes", "Classes", t.classes})
	}
	if len(t.Tensors) > 0 {
		list = append(list, section{"parameters", "Parameters and gradients", t.tensors})
	}
	if t.Source != nil {
		list = append(list, section{"specification", "Specification", t.source})
	}
	return append(list, section{"run", "The run", t.facts})
}

func (t *Training) figures(m *markup) {
	m.add("<dl class=\"tiles\">\n")
	for _, f := range t.Figures {
		m.add("<div><dt>%</dt><dd><strong>%</strong> <span>%</span></dd></div>\n", f.Name, f.Value, f.Of)
	}
	m.add("</dl>\n")
	if len(t.Notes) > 0 {
		m.add("<ul class=\"notes\">\n")
		for _, n := range t.Notes {
			m.add("<li>%</li>\n", n)
		}
		m.add("</ul>\n")
	}
}

func (t *Training) facts(m *markup) {
	m.add("<div class=\"facts\">\n")
	for _, g := range t.Facts {
		m.add("<table>\n<caption>%</caption>\n<tbody>\n", g.Title)
		for _, f := range g.List {
			m.add("<tr><th scope=\"row\">%</th><td>%</td></tr>\n", f.Name, f.Value)
		}
		m.add("</tbody>\n</table>\n")
	}
	m.add("</div>\n")
}

func (t *Training) source(m *markup) {
	s := t.Source
	switch {
	case s.Diagram == "" && s.Caption != "":
		m.add("<p class=\"soft\">%</p>\n", s.Caption)
	case s.Diagram != "":
		m.add("<figure class=\"diagram\">\n<div>")
		m.b = append(m.b, s.Diagram...)
		m.add("</div>\n<figcaption>%</figcaption>\n</figure>\n", s.Caption)
	}
	m.add("<details open>\n<summary>%</summary>\n<pre tabindex=\"0\"><code>%</code></pre>\n</details>\n", s.File, s.Text)
}
