package main

import "strings"

// page is one page of the manual. `ctgen help` prints it on a terminal, the
// man page and docs/command.md hold all of them.
type page struct {
	name     string // "ctgen generate", "exit codes"
	short    string // one line
	sections []section
}

// section is a heading and what stands below it. The first of a page has no
// heading.
type section struct {
	title  string
	blocks []block
}

// block is one of: a paragraph, lines that stand as they are, a list.
type block struct {
	text string
	code string
	list []item
}

// item is a term with its explanation.
type item struct{ term, text string }

// blocks reads text into paragraphs and, where every line is indented, lines
// that stand as they are.
func blocks(text string) []block {
	var all []block
	for _, part := range strings.Split(strings.Trim(text, "\n"), "\n\n") {
		if !strings.HasPrefix(part, "  ") {
			all = append(all, block{text: strings.Join(strings.Fields(part), " ")})
			continue
		}
		code := strings.TrimPrefix(strings.ReplaceAll(part, "\n  ", "\n"), "  ")
		if n := len(all); n > 0 && all[n-1].code != "" {
			all[n-1].code += "\n\n" + code // a blank line inside a block
			continue
		}
		all = append(all, block{code: code})
	}
	return all
}

// overviewPage is what `ctgen help` prints: what to do first, and everything
// there is.
func overviewPage() *page {
	p := &page{name: "ctgen", short: "turn a .cat specification of a model into Go"}
	p.sections = []section{
		{"", []block{{text: "ctgen turns a .cat specification of a model into Go."}}},
		{"usage", []block{{code: "ctgen VERB [FLAGS] [OPERANDS]"}}},
		{"first steps", []block{{list: []item{
			{"ctgen init mymodel", "a project that compiles and trains at once"},
			{"cd mymodel && go run .", "train its model and ask it"},
			{"ctgen help language", "the language on one screen"},
			{"ctgen help VERB", "a verb, its flags, and examples"},
		}}}},
	}
	for _, g := range verbGroups {
		var list []item
		for _, v := range g.verbs {
			list = append(list, item{"ctgen " + v.name, v.short})
		}
		p.add(g.title, block{list: list})
	}
	var list []item
	for _, t := range topics() {
		list = append(list, item{"ctgen help " + t.name, t.short})
	}
	return p.add("topics", block{list: list}, block{text: "The documentation lies in docs/ beside the sources of ctgen; docs/README.md says in which order to read it."})
}

// add appends a section and returns p.
func (p *page) add(title string, blocks ...block) *page {
	p.sections = append(p.sections, section{title, blocks})
	return p
}

// page is the manual's page on the verb.
func (v *verb) page() *page {
	p := &page{name: "ctgen " + v.name, short: v.short}
	p.add("usage", block{code: v.synopsis()})
	p.add("", blocks(v.long)...)
	if v.needsGo != "" {
		p.sections[1].blocks = append(p.sections[1].blocks, block{text: v.needsGo + " the Go toolchain, " + goNeeded() + "."})
	}
	var flags []item
	for i := range v.flags {
		flags = append(flags, item{v.flags[i].usage(), v.flags[i].help})
	}
	if flags != nil {
		p.add("flags", block{list: flags})
	}
	if len(v.examples) > 0 {
		p.add("examples", block{code: strings.Join(v.examples, "\n")})
	}
	if len(v.topics) > 0 {
		var list []item
		for _, name := range v.topics {
			list = append(list, item{"ctgen help " + name, findTopic(name).short})
		}
		p.add("see also", block{list: list})
	}
	return p
}
