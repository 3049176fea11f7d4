package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// attestHand tells which hand-written Go passes the law that it has to pass
// before it stands in for a composition, and records it in the package. It
// reports whether all that somebody has written does. A package that is not
// what the specification gives now does not count: its laws are not those of
// the specification.
func (u *ui) attestHand(s *spec, p *testedPackage) (holds bool, err error) {
	arrows := implementing(s.category)
	if len(arrows) == 0 {
		return true, nil
	}
	if p == nil {
		u.say("there is no package of %s yet, so %s runs %s", s.path, quote(arrows[0].Name), quote(arrows[0].Implements.Text))
		return true, nil
	}
	if p.stale != "" {
		u.say("%s, so the tests of the package say nothing of hand-written arrows; run `ctgen generate %s` first", p.stale, s.path)
		return false, nil
	}
	ended, said := p.ended, p.said
	holds = true
	for _, a := range arrows {
		test := golang.LawOf(a)
		switch ended[test] {
		case "pass":
			u.say("arrow %s: its hand-written Go passes its law", a.Name)
		case "fail":
			holds = false
			u.say("arrow %s: its hand-written Go fails its law, so it runs %s\n%s", a.Name, quote(a.Implements.Text), strings.TrimRight(said[test], "\n"))
		case "skip":
			u.say("arrow %s: its Go is not written yet, so it runs %s", a.Name, quote(a.Implements.Text))
		default: // nobody wrote a stub, or another test took the process down
			u.say("arrow %s: its law has not run, so it runs %s", a.Name, quote(a.Implements.Text))
		}
	}
	news, err := attest(p.dir, s.category, func(test string) bool { return ended[test] == "pass" })
	if news != "" && err == nil {
		u.say("%s %s; run `ctgen generate %s` to go by that", news, shown(filepath.Join(p.dir, golang.AttestedFile)), s.path)
	}
	return holds, err
}

// attest records in a package directory which of its hand-written arrows have
// passed their laws. What it did is "wrote  " or "removed", or "" where the
// record says so already. Passed tells of each test of the package by its
// name; one that was skipped has not passed.
func attest(dir string, c *category.Category, passed func(test string) bool) (did string, err error) {
	was, err := present(dir)
	if err != nil {
		return "", err
	}
	path, text := filepath.Join(dir, golang.AttestedFile), golang.Attest(c, was.Hand, passed)
	switch {
	case bytes.Equal(text, was.Attested):
		return "", nil
	case text == nil:
		did, err = "removed", os.Remove(path)
	default:
		did, err = "wrote  ", commit([]change{{kind: missing, path: path, data: text}})
	}
	if err != nil {
		return "", plainError(err)
	}
	return did, nil
}
