package main

import "strings"

// verb is one thing the command does.
type verb struct {
	name     string
	operands string // as the synopsis shows them
	min, max int    // number of operands; max < 0: any
	short    string // one line for the overview
	long     string // paragraphs for `help VERB`
	flags    []option
	examples []string
	run      func(*ui, *call) int
}

// verbs returns the verbs in the order of the overview.
func verbs() []*verb {
	return []*verb{
		generateVerb, checkVerb, findArrowsVerb, evalVerb, lawsVerb, trainVerb, initVerb, versionVerb, helpVerb(),
	}
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

// synopsis is the call of the verb on one line.
func (v *verb) synopsis() string {
	parts := []string{"ctgen", v.name}
	for _, f := range v.flags {
		parts = append(parts, "["+f.usage()+"]")
	}
	if v.operands != "" {
		parts = append(parts, v.operands)
	}
	return strings.Join(parts, " ")
}
