package main

import (
	"path/filepath"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

var generateVerb = &verb{
	name:     "generate",
	operands: "SPEC...",
	min:      1,
	max:      -1,
	short:    "write the Go package of each specification",
	long: `Writes the package DIR/CATEGORY for each specification. DIR is generated/ at
the root of the Go module that holds the specification, unless -o says
otherwise.

What a specification imports is generated as well: packages that import one
another lie below one DIR of one Go module.

All or nothing: an error in any specification, and no file is written. Files
that would not change are not touched. What the generator no longer writes is
removed, but only files that carry its header. Arrows without a definition are
yours to write: their stubs go to arrows.go once and are never touched again.

With --watch, generates, and again whenever a specification, one that it imports
or a hand-written file of its package changes, until an interrupt (Ctrl-C) ends
it with exit code 0. Errors are reported and waited out.

With --checked a package holds one more file, checked_gen.go: every arrow once
more, in a form that validates each value where it comes to be and says which
arrow made one that leaves its set or is not finite. The other files are the
same. With --gradients there is gradients_gen.go: the derivative of what each
training measures, which train.ReportTo and train.TensorBoard show. Give these
flags with --check as well: without them the files are orphaned.`,
	flags: []option{
		{short: "o", value: "DIR", help: "write packages below DIR"},
		{long: "check", help: "write nothing; list stale, missing and orphaned files, exit 1 if any"},
		{long: "plan", help: "write nothing; print the plan that the package runs"},
		{long: "checked", help: "add checked_gen.go, arrows that validate what they make"},
		{long: "gradients", help: "add gradients_gen.go, with which reports of trainings show gradients"},
		{long: "watch", help: "go on: generate again whenever what is read changes"},
		setFlag,
	},
	examples: []string{
		"ctgen generate specs/*.cat",
		"ctgen generate --check specs/*.cat",
		"ctgen generate --watch specs/*.cat",
		"ctgen generate --checked specs/digits.cat",
		"ctgen generate -o internal/models --set Hidden=128 specs/digits.cat",
	},
	run: runGenerate,
}

func runGenerate(u *ui, c *call) int {
	if c.has("plan") && c.has("check") {
		return u.usage(c.verb, "--plan prints and --check compares; give one of them")
	}
	if c.has("watch") && (c.has("plan") || c.has("check")) {
		return u.usage(c.verb, "--watch goes on writing, and --check and --plan write nothing; give one of them")
	}
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	if c.has("watch") {
		return watchSpecs(u, c, set)
	}
	if !c.has("plan") {
		if packages, ok := upToDate(c); ok {
			if !c.has("check") {
				sayNotes(u, packages)
			}
			return exitOK
		}
	}
	return generateOnce(u, c, set, &generation{})
}

// generation is what one run of generate read and did.
type generation struct {
	specs   []*spec // nil where one could not be read
	changes []change
}

// generateOnce reads everything and brings the packages in line, or says how
// they differ.
func generateOnce(u *ui, c *call, set map[string]int, did *generation) int {
	specs, err := loadSpecs(c.operands, set)
	if err != nil {
		return u.fail("%s", err)
	}
	did.specs = specs
	u.report(specs)
	if anyErrors(specs) {
		return exitFindings
	}
	if c.has("plan") {
		return printPlans(u, specs, c.last("o"))
	}
	packages, err := generateAll(specs, c.last("o"), extrasAsked(c))
	if err != nil {
		return u.fail("%s", err)
	}
	changes, err := differences(packages)
	if err != nil {
		return u.fail("%s", err)
	}
	if c.has("check") {
		for _, ch := range changes {
			u.print("%-8s %s", ch.kind, shown(ch.path))
		}
		if len(changes) > 0 {
			u.say("run `ctgen generate` to bring these in line")
			return exitFindings
		}
		keepReceipts(c, packages)
		return exitOK
	}
	if err := commit(changes); err != nil {
		return u.fail("%s", err)
	}
	did.changes = changes
	for _, ch := range changes {
		if ch.kind == orphaned {
			u.say("removed %s", shown(ch.path))
		} else {
			u.say("wrote   %s", shown(ch.path))
		}
	}
	sayNotes(u, packages)
	keepReceipts(c, packages)
	return exitOK
}

func sayNotes(u *ui, packages []*outPackage) {
	for _, p := range packages {
		for _, note := range p.said {
			u.say("%s", note)
		}
	}
}

// noteText is a note with its place, and what to paste below it.
func noteText(n golang.Note) string {
	text := "note: " + n.Message
	if n.Span.Known() {
		text = n.Span.String() + ": " + text
	}
	if n.Paste != "" {
		text += "\n\n" + n.Paste + "\n"
	}
	return text
}

// differences compares all packages with the disk, and finds the packages
// beside them that no specification gives rise to any more.
func differences(packages []*outPackage) ([]change, error) {
	var all []change
	for _, p := range packages {
		changes, err := p.difference()
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	changes, err := orphansBeside(packages)
	if err != nil {
		return nil, err
	}
	all = append(all, changes...)
	sortChanges(all)
	return all, nil
}

// orphansBeside finds what is orphaned in the directories that hold packages.
func orphansBeside(packages []*outPackage) ([]change, error) {
	var all []change
	seen := map[string]bool{}
	for _, p := range packages {
		base := filepath.Dir(p.dir)
		root, err := moduleRoot(p.dir)
		if seen[base] || err != nil {
			continue // outside a module nobody can tell which specifications there are
		}
		seen[base] = true
		changes, err := orphanedPackages(base, root, packages)
		if err != nil {
			return nil, err
		}
		all = append(all, changes...)
	}
	return all, nil
}
