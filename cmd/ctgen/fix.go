package main

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// maxRounds bounds how often one specification is mended: a fix may uncover
// what the next one is about.
const maxRounds = 100

// fixSpecs makes the fixes that the diagnostics of specs carry, in all of
// their files or in none, and says which. Afterwards specs are what lies on
// disk.
func fixSpecs(u *ui, specs []*spec) error {
	opts := specs[0].opts
	was := make([]*diag.Source, len(specs))
	for i, s := range specs {
		was[i] = s.source
	}
	var made []string
	for range maxRounds { // what one specification lacked may be what another waits for
		before := len(made)
		for _, s := range specs {
			s.source = opts.Program.Current(s.source)
			made = append(made, s.mend(&opts)...)
		}
		if len(made) == before {
			break
		}
	}
	if len(made) == 0 {
		return nil
	}
	var changes []change
	seen := map[*diag.Source]bool{}
	for i, s := range specs {
		if s.source == was[i] || seen[s.source] {
			continue
		}
		seen[s.source] = true
		path, perm, err := rewritable(s.path)
		if err != nil {
			return err
		}
		changes = append(changes, change{kind: stale, path: path, data: []byte(s.source.Text), mode: perm})
	}
	if err := commit(changes); err != nil {
		return err
	}
	for _, line := range made {
		u.say("fixed   %s", line)
	}
	checkAll(specs, opts)
	return nil
}

// mend makes the fixes for s in memory, round after round until none is left,
// and returns a line for each. The program of opts becomes one with the new
// text. Each fix was tried alone; where those of a round together bring a new
// error, the first is made alone.
func (s *spec) mend(opts *check.Options) []string {
	var made []string
	for range maxRounds {
		_, diags := check.Check(s.source, *opts)
		text, fixed := diag.Apply(s.source, diags.All())
		if len(fixed) == 0 {
			break
		}
		next, after := s.edited(text, *opts)
		cured := 0
		for _, d := range fixed {
			if d.Severity == diag.Error {
				cured++
			}
		}
		if len(fixed) > 1 && after > diags.Count(diag.Error)-cured {
			text, fixed = diag.Apply(s.source, fixed[:1])
			next, _ = s.edited(text, *opts)
		}
		for _, d := range fixed {
			made = append(made, fmt.Sprintf("%s: %s (%s)", d.Span.Line(), d.Fixes[0].Message, d.Code))
		}
		opts.Program = opts.Program.With(s.source, next)
		s.source = next
	}
	return made
}

// edited is the source of s with another text, and how many errors there are
// then.
func (s *spec) edited(text string, opts check.Options) (*diag.Source, int) {
	next := diag.NewSource(s.source.Name, text)
	opts.Program = opts.Program.With(s.source, next)
	opts.Vet, opts.Fixes = false, false
	_, diags := check.Check(next, opts)
	return next, diags.Count(diag.Error)
}
