package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
)

var findArrowsVerb = &verb{
	name:     "find",
	operands: "SPEC FROM TO",
	min:      3,
	max:      3,
	short:    "list the arrows and compositions between two objects",
	long: `Lists what leads from object FROM to object TO, shortest first and in the order
of the specification: arrows, and compositions of up to four of them; where
none is that short, the shortest of up to eight. Each line is a term and the
parameters that it takes.

Objects are written as in the specification; products are allowed. Of a
product, arrows take neighbouring factors in their order while the others pass
by. Nothing is copied, dropped or swapped on the way; by themselves the wiring
arrows, projections and std's arrows over any object are listed too. Endos act
on a state and are left out, and so are arrows with holes.

Exit code 0 if something leads there, 1 if nothing does or the specification or
an object is faulty.`,
	flags: []option{
		{long: "json", help: "print one JSON object a line: term, arrows, given, open"},
		{long: "max", value: "N", help: "list at most N terms (default 10)"},
		setFlag,
	},
	examples: []string{
		"ctgen find specs/neuron.cat Input Prediction",
		"ctgen find --json specs/neuron.cat 'Input * Target' Loss",
	},
	run: runFind,
}

// maxFound is how many terms are listed unless --max says otherwise.
const maxFound = 10

func runFind(u *ui, c *call) int {
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	most := maxFound
	if c.has("max") {
		if most, err = strconv.Atoi(c.last("max")); err != nil || most < 1 {
			return u.usage(c.verb, "--max takes a whole number from 1, not %s", quote(c.last("max")))
		}
	}
	specs, program, err := readSpecs(c.operands[:1], set)
	if err != nil {
		return u.fail("%s", err)
	}
	s := specs[0]
	found, diags := check.Find(s.source, c.operands[1], c.operands[2], most, check.Options{Program: program})
	if found == nil {
		s.diags = diags
		u.report(specs)
		return exitFindings
	}
	s.category, s.diags = found.Category, diags
	if err := allSet(specs, program); err != nil {
		return u.fail("%s", err)
	}
	if len(found.List) == 0 {
		if found.Open {
			u.say("the search from %s to %s ended at its bounds and found nothing", found.From.In(s.category), found.To.In(s.category))
		} else {
			u.say("nothing leads from %s to %s", found.From.In(s.category), found.To.In(s.category))
		}
		return exitFindings
	}
	if c.has("json") {
		printFitsJSON(u, s.category, found.List)
	} else {
		printFits(u, s.category, found.List)
	}
	if more := found.Count(); more != "" {
		u.say("%s; --max N lists more of them", more)
	}
	return exitOK
}

func printFits(u *ui, c *category.Category, fits []check.Fit) {
	width := 0
	for _, f := range fits {
		width = max(width, utf8.RuneCountInString(f.Term))
	}
	for _, f := range fits {
		line := fmt.Sprintf("%-*s", width, f.Term)
		if !f.Given.IsUnit() {
			line += "  given " + f.Given.In(c)
		}
		if len(f.Open) > 0 {
			line += "  with " + strings.Join(f.Open, ", ")
		}
		u.print("%s", strings.TrimRight(line, " "))
	}
}

// fitJSON is the documented form of one line.
type fitJSON struct {
	Term   string   `json:"term"`
	Arrows []string `json:"arrows"` // in order of application
	Given  string   `json:"given"`  // "1" where it takes no parameters
	Open   []string `json:"open"`   // settings that stay open
}

func printFitsJSON(u *ui, c *category.Category, fits []check.Fit) {
	enc := json.NewEncoder(u.stdout)
	enc.SetEscapeHTML(false)
	for _, f := range fits {
		_ = enc.Encode(fitJSON{f.Term, append([]string{}, f.Arrows...), f.Given.In(c), append([]string{}, f.Open...)}) // strings always encode
	}
}
