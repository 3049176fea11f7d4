package main

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// printPlans writes the plans that the packages run, a blank line apart. A
// package that would have no place yet runs what the specification says.
func printPlans(u *ui, specs []*spec, dir string) int {
	first := true
	for _, s := range specs {
		var opts golang.Options
		if at, err := packageDir(s.path, s.category.Name, dir); err == nil && len(implementing(s.category)) > 0 {
			if opts, err = present(at); err != nil {
				return u.fail("%s", err)
			}
		}
		plans, err := golang.Plans(s.category, opts)
		if err != nil {
			return u.fail("%s: %s", s.path, err)
		}
		for _, p := range plans {
			if !first {
				fmt.Fprintln(u.stdout)
			}
			first = false
			if err := p.Print(u.stdout); err != nil {
				return u.fail("cannot write the plan: %s", err)
			}
		}
	}
	return exitOK
}
