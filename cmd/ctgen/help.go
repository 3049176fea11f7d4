package main

import (
	"fmt"
	"io"
	"strings"
)

func helpVerb() *verb {
	return &verb{
		name:     "help",
		operands: "[VERB]",
		max:      1,
		short:    "describe a verb",
		long:     "Without a verb, lists all of them.",
		examples: []string{"ctgen help generate"},
		run: func(u *ui, c *call) int {
			if len(c.operands) == 0 {
				writeOverview(u.stdout)
				return exitOK
			}
			v := findVerb(c.operands[0])
			if v == nil {
				return u.usage(nil, "there is no verb %s%s", quote(c.operands[0]), didYouMean(c.operands[0], verbNames()))
			}
			writeHelp(u.stdout, v)
			return exitOK
		},
	}
}

func writeOverview(w io.Writer) {
	fmt.Fprint(w, "ctgen turns a .cat specification of a model into Go.\n\n")
	for _, v := range verbs() {
		fmt.Fprintf(w, "  ctgen %-9s %s\n", v.name, v.short)
	}
	fmt.Fprint(w, "\n`ctgen help VERB` says more about each.\n")
}

func writeHelp(w io.Writer, v *verb) {
	fmt.Fprintf(w, "usage: %s\n\n%s\n", v.synopsis(), strings.TrimSpace(v.long))
	if len(v.flags) > 0 {
		fmt.Fprint(w, "\nflags:\n")
		width := 0
		for i := range v.flags {
			width = max(width, len(v.flags[i].usage()))
		}
		for i := range v.flags {
			fmt.Fprintf(w, "  %-*s  %s\n", width, v.flags[i].usage(), v.flags[i].help)
		}
	}
	fmt.Fprint(w, "\nexample:\n")
	for _, e := range v.examples {
		fmt.Fprintf(w, "  %s\n", e)
	}
}
