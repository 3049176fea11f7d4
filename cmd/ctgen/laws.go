package main

import (
	"encoding/json"
	"strconv"

	"github.com/ctgen-lang/ctgen/gen/laws"
)

var lawsVerb = &verb{
	name:     "laws",
	operands: "SPEC",
	min:      1,
	max:      1,
	short:    "run the laws of a specification and of its arrows",
	long: `Runs, in float64 on the reference interpreter, the laws of the specification on
inputs drawn from its objects' sets, and for each arrow that its reverse
derivative agrees with differences and that its second derivatives are
symmetric. Prints a certificate: law, cases, the largest relative difference
seen and what is allowed. A law that fails comes with a counterexample, made as
small as it gets, and with what each arrow of both sides made of it.

With --mutate, the reverse lines of the arrows that the specification uses are
spoilt one at a time, and the certificate says how many of the spoilt ones the
laws refute.

Where generate has written the package of the specification, its tests are run
too and stand in the certificate: laws of the compiled code, of trainers and
predictors, and of arrows written in Go by hand. Go for an arrow that implements
a composition is used once it has passed: what passes is recorded beside it in
attested.json, which the next generate goes by. Exit code 1 if a law fails or a
spoilt line survives.`,
	flags: []option{
		{long: "mutate", help: "also count the spoilt reverse lines that the laws refute"},
		{long: "seed", value: "N", help: "draw other inputs (1)"},
		{long: "json", help: "print the certificate as JSON"},
		{short: "o", value: "DIR", help: "look for the package below DIR, as generate wrote it"},
		setFlag,
	},
	examples: []string{
		"ctgen laws specs/neuron.cat",
		"ctgen laws --mutate --json specs/neuron.cat > certificate.json",
	},
	needsGo: "Where the package is there, needs",
	topics:  []string{"json"},
	run:     runLaws,
}

func runLaws(u *ui, c *call) int {
	set, err := parseSet(c.values["set"])
	if err != nil {
		return u.usage(c.verb, "%s", err)
	}
	o := laws.Options{Seed: 1, Mutate: c.has("mutate")}
	if c.has("seed") {
		if o.Seed, err = strconv.ParseUint(c.last("seed"), 10, 64); err != nil {
			return u.usage(c.verb, "--seed takes a whole number, not %s", quote(c.last("seed")))
		}
	}
	specs, err := loadSpecs(c.operands, set)
	if err != nil {
		return u.fail("%s", err)
	}
	u.report(specs)
	if anyErrors(specs) {
		return exitFindings
	}
	cert := laws.Certify(specs[0].category, o)
	tested, err := testPackage(specs[0], c.last("o"), o.Seed)
	if err != nil {
		return u.fail("%s", err)
	}
	cert.Checks = append(cert.Checks, tested.checks(specs[0])...)
	if c.has("json") {
		out := json.NewEncoder(u.stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		err = out.Encode(cert)
	} else {
		err = cert.WriteTable(u.stdout)
	}
	if err != nil {
		return u.fail("%s", err)
	}
	byHand, err := u.attestHand(specs[0], tested)
	if err != nil {
		return u.fail("%s", err)
	}
	if !cert.Holds() || !byHand {
		return exitFindings
	}
	return exitOK
}
