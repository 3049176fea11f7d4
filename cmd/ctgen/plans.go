package main

import (
	"fmt"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// printPlans writes the plans that the packages run, a blank line apart.
func printPlans(u *ui, specs []*spec) int {
	first := true
	for _, s := range specs {
		plans, err := golang.Plans(s.category)
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
