package main

import (
	"fmt"
	"io"
	"path/filepath"
)

var helpVerb = &verb{
	name:     "help",
	operands: "[VERB|TOPIC]",
	max:      1,
	short:    "describe a verb or a topic",
	long: `Without an operand, says what to do first and lists all verbs and topics. The
same pages, all in one, are printed as a man page with --man and as
docs/command.md with --markdown.`,
	flags: []option{
		{long: "man", help: "print the whole manual as a man page"},
		{long: "markdown", help: "print the whole manual as Markdown"},
	},
	examples: []string{
		"ctgen help generate",
		"ctgen help language",
		"ctgen help --man | man -l -",
	},
	run: runHelp,
}

func runHelp(u *ui, c *call) int {
	switch {
	case c.has("man") && c.has("markdown"):
		return u.usage(c.verb, "--man and --markdown are two forms of one manual; give one of them")
	case c.has("man") || c.has("markdown"):
		if len(c.operands) > 0 {
			return u.usage(c.verb, "--man and --markdown print the whole manual and take no operand")
		}
		if c.has("man") {
			writeRoff(u.stdout)
		} else {
			writeMarkdown(u.stdout)
		}
		return exitOK
	case len(c.operands) == 0:
		writeOverview(u.stdout)
		return exitOK
	}
	name := c.operands[0]
	if v := findVerb(name); v != nil {
		v.page().writeText(u.stdout)
		return exitOK
	}
	if t := findTopic(name); t != nil {
		t.page().writeText(u.stdout)
		return exitOK
	}
	return u.usage(nil, "there is no verb and no topic %s%s", quote(name), didYouMean(name, append(verbNames(), topicNames()...)))
}

func writeOverview(w io.Writer) { overviewPage().writeText(w) }

// unknownVerb says what to do about a first word that is no verb.
func unknownVerb(name string) string {
	if filepath.Ext(name) == ".cat" {
		return fmt.Sprintf("%s is no verb; `ctgen check %s` checks that specification", quote(name), name)
	}
	if findTopic(name) != nil {
		return fmt.Sprintf("there is no verb %s; `ctgen help %s` says what there is to know", quote(name), name)
	}
	if name != "" && name[0] == '-' {
		return fmt.Sprintf("%s stands before the verb; flags come after it", quote(name))
	}
	return fmt.Sprintf("there is no verb %s%s", quote(name), didYouMean(name, verbNames()))
}
