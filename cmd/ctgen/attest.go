package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// testEvent is one line of `go test -json`.
type testEvent struct{ Action, Test, Output string }

// attestHand runs the laws that hand-written Go has to pass before it stands
// in for a composition, in the package that generate wrote to the disk, and
// records there which of them pass. It reports whether all that somebody has
// written does. A package that is not what the specification gives now does
// not count: its laws are not those of the specification.
func (u *ui) attestHand(s *spec, dir string) (holds bool, err error) {
	arrows := implementing(s.category)
	if len(arrows) == 0 {
		return true, nil
	}
	at, err := packageDir(s, dir)
	if _, gone := os.Stat(at); err != nil || gone != nil {
		u.say("there is no package of %s yet, so %s runs %s", s.path, quote(arrows[0].Name), quote(arrows[0].Implements.Text))
		return true, nil
	}
	_, none := os.Stat(filepath.Join(at, golang.CheckedFile))
	packages, _, err := generateAll([]*spec{s}, dir, none == nil)
	if err != nil {
		return false, err
	}
	p := packages[0]
	changes, err := p.difference()
	if err != nil {
		return false, err
	}
	if len(changes) > 0 {
		u.say("%s is %s, so the tests of the package say nothing of hand-written arrows; run `ctgen generate %s` first",
			shown(changes[0].path), changes[0].kind, s.path)
		return false, nil
	}
	events, err := runHandLaws(p.dir, arrows)
	if err != nil {
		return false, err
	}
	ended, said := map[string]string{}, map[string]string{}
	for _, e := range events {
		switch e.Action {
		case "pass", "fail", "skip":
			ended[e.Test] = e.Action
		case "output":
			if !strings.HasPrefix(e.Output, "=== ") && !strings.HasPrefix(e.Output, "--- ") {
				said[e.Test] += e.Output
			}
		}
	}
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

// runHandLaws runs the tests that the Go for arrows has to pass, in the package
// in dir.
func runHandLaws(dir string, arrows []*category.Arrow) ([]testEvent, error) {
	goCmd, err := goCommand()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, a := range arrows {
		names = append(names, golang.LawOf(a))
	}
	cmd := exec.Command(goCmd, "test", "-json", "-count=1", "-run", "^("+strings.Join(names, "|")+")$", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PWD="+dir)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	failed := cmd.Run()
	var events []testEvent
	built := false
	var said strings.Builder
	for d := json.NewDecoder(&stdout); ; {
		var e testEvent
		if d.Decode(&e) != nil {
			break
		}
		events = append(events, e)
		built = built || e.Action == "run"
		if e.Test == "" {
			said.WriteString(e.Output)
		}
	}
	if failed != nil && !built {
		return nil, fmt.Errorf("the tests of %s do not run: %s", shown(dir), strings.TrimSpace(said.String()+stderr.String()))
	}
	return events, nil
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
		did, err = "wrote  ", commit([]change{{missing, path, text}})
	}
	if err != nil {
		return "", plainError(err)
	}
	return did, nil
}
