package main

import (
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/explain"
)

var explainVerb = &verb{
	name:     "explain",
	operands: "[CODE | ARROW]",
	max:      1,
	short:    "say what a diagnostic means and what to do about it",
	long: `Prints the page of a diagnostic code: when it is given, what to do, an example
with what is said about it, and the example without the fault. Codes may be
written without CT and in small letters. Of a standard arrow, written with std.
in front, prints what it is for and its declaration. Without an operand, lists
all codes by group.`,
	examples: []string{"ctgen explain CT0301", "ctgen explain std.layer_norm", "ctgen explain"},
	topics:   []string{"language"},
	run:      runExplain,
}

func runExplain(u *ui, c *call) int {
	if len(c.operands) == 0 {
		u.print("%s", strings.TrimRight(explain.List(), "\n"))
		return exitOK
	}
	if name := c.operands[0]; strings.HasPrefix(name, "std.") {
		return explainStandard(u, c, name)
	}
	page, near, ok := explain.Find(c.operands[0])
	if !ok {
		hint := ""
		if near != "" {
			hint = "; did you mean " + quote(string(near)) + "?"
		}
		return u.usage(c.verb, "there is no code %s%s", quote(c.operands[0]), hint)
	}
	u.print("%s", strings.TrimRight(explain.Page(page, u.textOut), "\n"))
	return exitOK
}

func explainStandard(u *ui, c *call, name string) int {
	d, near, ok := explain.FindStandard(name)
	if !ok {
		hint := ""
		if near != "" {
			hint = "; did you mean " + quote("std."+near) + "?"
		}
		return u.usage(c.verb, "the standard library has no %s%s", quote(strings.TrimPrefix(name, "std.")), hint)
	}
	u.print("%s", strings.TrimRight(explain.StandardPage(d, u.textOut), "\n"))
	return exitOK
}
