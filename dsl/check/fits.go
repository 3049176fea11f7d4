package check

import (
	"fmt"
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/find"
)

// Fit is a term that leads from one object to another.
type Fit struct {
	Term   string
	Arrows []string       // in order of application
	Given  *category.Type // the parameters that it takes; Unit: none
	Open   []string       // settings that it leaves open
}

// Fits are the terms that fit somewhere, shortest first.
type Fits struct {
	List []Fit
	More int  // terms that fit as well
	Open bool // there may be still more, beyond the bounds of the search
}

// Count says how many terms fit beyond those listed; "" where none does.
func (f *Fits) Count() string {
	switch {
	case f.Open && f.More == 0:
		return "and perhaps more"
	case f.Open:
		return fmt.Sprintf("and more than %d more", f.More)
	case f.More > 0:
		return fmt.Sprintf("and %d more", f.More)
	}
	return ""
}

// between finds what leads from one object to another: compositions of
// declared arrows and, alone, what the language and std have for any object.
func (c *checker) between(from, to *category.Type, opts find.Options) Fits {
	most := opts.Max
	found := c.arrowGraph().Search(from, to, opts)
	paths := found.Paths
	direct := 0
	for direct < len(paths) && len(paths[direct]) == 1 {
		direct++
	}
	for _, a := range c.wiringBetween(from, to) {
		p := alone(&a)
		switch {
		case opts.Path != nil && !opts.Path(p):
			continue
		case a.Name == "id":
			paths = slices.Insert(paths, 0, p)
		default:
			paths = slices.Insert(paths, direct, p)
		}
		direct++
	}
	fits := Fits{More: found.More, Open: found.Open}
	if len(paths) > most {
		fits.More += len(paths) - most
		paths = paths[:most]
	}
	for _, p := range paths {
		fits.List = append(fits.List, fitOf(p))
	}
	return fits
}

func fitOf(p find.Path) Fit {
	f := Fit{Term: p.String(), Given: p.Given(), Open: p.Open()}
	for _, s := range p {
		f.Arrows = append(f.Arrows, s.Name)
	}
	return f
}

// wirings are the wiring arrows in the order in which they are offered.
var wirings = []string{"id", "copy", "drop", "swap", "first", "second", "third"}

// wiringBetween lists the wiring arrows, the projections and std's schemes
// over objects that lead from one object to the other.
func (c *checker) wiringBetween(from, to *category.Type) []find.Arrow {
	var out []find.Arrow
	add := func(name string, given *category.Type, open []string) {
		out = append(out, find.Arrow{Name: name, Dom: from, Cod: to, Given: given, Open: open})
	}
	for _, name := range wirings {
		dom, cod := structural[name](false)
		if unify(dom, of(from)) == agreed && unify(cod, of(to)) == agreed {
			add(name, category.Unit, nil)
			if name == "id" {
				break // what else leads from an object to itself says less
			}
		}
	}
	if rec := from.Carrier(); rec.Kind == category.Record {
		for _, f := range rec.Fields {
			if f.Type.Equal(to) {
				add("."+f.Name, category.Unit, nil)
			}
		}
	}
	for _, name := range keys(c.std.prims) {
		if decl := c.std.prims[name]; decl.Type != "" && c.decls[name] == nil {
			if given := c.schemeBetween(decl, from, to); given != nil {
				if structural[name] != nil { // alone it is a projection
					name = "std." + name
				}
				add(name, given, openOf(decl))
			}
		}
	}
	return out
}

// schemeBetween returns the parameters of a scheme over objects that leads
// from one object to the other; nil where it does not.
func (c *checker) schemeBetween(decl *category.PrimDecl, from, to *category.Type) *category.Type {
	ins, outs := from.Factors(), to.Factors()
	if len(ins) != len(decl.Ins) || len(outs) != 1 {
		return nil
	}
	given := category.Unit
	if decl.State != "" || len(decl.Given) > 0 {
		given = to
	}
	open := map[string]category.SettingValue{}
	for i, name := range openOf(decl) {
		open[name] = category.SettingValue{Wire: i}
	}
	if _, bad := solvePrim(decl, ins, given, outs, open); bad != nil {
		return nil
	}
	return given
}

func openOf(decl *category.PrimDecl) []string {
	var open []string
	for _, s := range decl.Settings {
		if !s.Optional() {
			open = append(open, s.Name)
		}
	}
	return open
}
