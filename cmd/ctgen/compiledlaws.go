package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/gen/laws"
)

// testedPackage is the generated package of a specification after its tests.
type testedPackage struct {
	dir   string
	stale string            // says how it differs from what generate would write: then no test ran
	ended map[string]string // "pass", "fail" or "skip" by test
	said  map[string]string
	tests []string // in the order in which they ended
}

// testEvent is one line of `go test -json`.
type testEvent struct{ Action, Test, Output string }

// testPackage runs the tests of the package that generate wrote for s, nil
// where there is none: the laws of compiled code, drawn from a seed.
func testPackage(s *spec, dir string, seed uint64) (*testedPackage, error) {
	at, err := packageDir(s.path, s.category.Name, dir)
	if err != nil {
		return nil, nil // outside a module there is no place for a package
	}
	if _, none := os.Stat(at); none != nil {
		return nil, nil
	}
	packages, err := generateAll([]*spec{s}, dir, extrasIn(at))
	if err != nil {
		return nil, err
	}
	p := &testedPackage{dir: packages[len(packages)-1].dir, ended: map[string]string{}, said: map[string]string{}}
	for _, of := range packages { // what it imports first, then itself
		changes, err := of.difference()
		if err != nil {
			return nil, err
		}
		if len(changes) > 0 {
			p.stale = fmt.Sprintf("%s is %s", shown(changes[0].path), changes[0].kind)
			return p, nil
		}
	}
	return p, p.run(seed)
}

func (p *testedPackage) run(seed uint64) error {
	goCmd, err := goCommand()
	if err != nil {
		return err
	}
	cmd := exec.Command(goCmd, "test", "-json", "-count=1", ".")
	cmd.Dir = p.dir
	cmd.Env = append(os.Environ(), "PWD="+p.dir, fmt.Sprintf("CTGEN_SEED=%d", seed))
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	failed := cmd.Run()
	built := false
	var rest strings.Builder
	for d := json.NewDecoder(&stdout); ; {
		var e testEvent
		if d.Decode(&e) != nil {
			break
		}
		built = built || e.Action == "run"
		switch {
		case e.Test == "":
			rest.WriteString(e.Output)
		case e.Action == "pass" || e.Action == "fail" || e.Action == "skip":
			p.ended[e.Test] = e.Action
			p.tests = append(p.tests, e.Test)
		case e.Action == "output" && !strings.HasPrefix(e.Output, "=== ") && !strings.HasPrefix(e.Output, "--- "):
			p.said[e.Test] += e.Output
		}
	}
	if failed != nil && !built {
		said := strings.TrimSpace(rest.String() + stderr.String())
		if fault := toolchainFault(goCmd, said); fault != nil {
			return fmt.Errorf("the tests of %s do not run: %w", shown(p.dir), fault)
		}
		return fmt.Errorf("the tests of %s do not run: %s", shown(p.dir), said)
	}
	return nil
}

// checks are rows of a certificate, one for each test.
func (p *testedPackage) checks(s *spec) []laws.Check {
	if p == nil {
		return nil
	}
	if p.stale != "" {
		return []laws.Check{{Law: "compiled", Arrow: s.category.Name, Line: shown(p.dir), Skipped: p.stale + ": generate first"}}
	}
	names := slices.Sorted(slices.Values(p.tests))
	var out []laws.Check
	for _, name := range names {
		if strings.Contains(name, "/") {
			continue
		}
		k := laws.Check{Law: "compiled", Arrow: strings.TrimPrefix(name, "Test"), Line: shown(p.dir)}
		text := strings.TrimSpace(p.said[name])
		switch p.ended[name] {
		case "pass":
			k.Holds = true
		case "skip":
			k.Skipped = firstLine(text)
		default:
			k.Fault = text
		}
		out = append(out, k)
	}
	return out
}

// firstLine is what a test says, without its place in a file.
func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if _, after, ok := strings.Cut(s, ".go:"); ok {
		if _, text, ok := strings.Cut(after, ": "); ok {
			return text
		}
	}
	return s
}
