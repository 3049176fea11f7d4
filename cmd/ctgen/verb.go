package main

import "strings"

// verb is one thing the command does. Help, the manual and completion are all
// printed from this table.
type verb struct {
	name     string
	operands string // as the synopsis shows them
	min, max int    // number of operands; max < 0: any
	short    string // one line for the overview
	long     string // paragraphs for `help VERB`; an indented block is shown as it is
	flags    []option
	examples []string
	topics   []string // of the manual that say more
	needsGo  string   // begins the sentence that it needs the Go toolchain; "": it does not
	run      func(*ui, *call) int
}

// verbGroup is some verbs under one heading.
type verbGroup struct {
	title string
	verbs []*verb
}

// verbGroups are the verbs in the order of the overview: the order in which a
// newcomer needs them. Verbs may speak of other verbs, so the table is filled
// in when all of them are there.
var verbGroups []verbGroup

func init() {
	verbGroups = []verbGroup{
		{"begin", []*verb{initVerb}},
		{"write a specification", []*verb{checkVerb, explainVerb, fmtVerb, findArrowsVerb, evalVerb}},
		{"run it", []*verb{trainVerb, predictVerb, sampleVerb, lawsVerb, migrateVerb}},
		{"make something of it", []*verb{generateVerb, exportVerb}},
		{"about the command", []*verb{completionVerb, versionVerb, helpVerb}},
	}
}

// verbs returns the verbs that people call.
func verbs() []*verb {
	var all []*verb
	for _, g := range verbGroups {
		all = append(all, g.verbs...)
	}
	return all
}

func findVerb(name string) *verb {
	for _, v := range verbs() {
		if v.name == name {
			return v
		}
	}
	return nil
}

func verbNames() []string {
	var names []string
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	return names
}

// synopsis is the call of the verb on one line; with several flags they are
// not listed.
func (v *verb) synopsis() string {
	parts := []string{"ctgen", v.name}
	if len(v.flags) > 3 {
		parts = append(parts, "[FLAGS]")
	} else {
		for i := range v.flags {
			parts = append(parts, "["+v.flags[i].usage()+"]")
		}
	}
	if v.operands != "" {
		parts = append(parts, v.operands)
	}
	return strings.Join(parts, " ")
}
