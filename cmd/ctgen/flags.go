package main

import (
	"fmt"
	"slices"
	"strings"
)

// option is one flag of a verb: --long, or -s for short. With a value it
// takes the next argument or what follows `=`.
type option struct {
	long, short string
	value       string   // what stands for the value in help; "": a switch
	values      []string // the only ones there are, the default first; nil: any
	help        string
}

// usage is the flag as a synopsis shows it.
func (f *option) usage() string {
	s := f.spelling()
	if f.value != "" {
		s += " " + f.value
	}
	return s
}

func (f *option) spelling() string {
	if f.long == "" {
		return "-" + f.short
	}
	return "--" + f.long
}

// key is the name by which call finds the flag.
func (f *option) key() string {
	if f.long == "" {
		return f.short
	}
	return f.long
}

// call is one parsed command line.
type call struct {
	verb     *verb
	operands []string
	values   map[string][]string // by flag key, in order; "" for a switch
}

func (c *call) has(key string) bool { return len(c.values[key]) > 0 }

// last returns the value of the last occurrence, "" where there is none.
func (c *call) last(key string) string {
	v := c.values[key]
	if len(v) == 0 {
		return ""
	}
	return v[len(v)-1]
}

var helpFlag = option{long: "help", short: "h"}

// parseArgs sorts arguments into flags and operands, in any order; after `--`
// everything is an operand.
func parseArgs(v *verb, args []string) (*call, error) {
	c := &call{verb: v, values: map[string][]string{}}
	for len(args) > 0 {
		a := args[0]
		args = args[1:]
		if a == "--" {
			c.operands = append(c.operands, args...)
			break
		}
		if len(a) < 2 || a[0] != '-' {
			c.operands = append(c.operands, a)
			continue
		}
		f, value, given := v.matchFlag(a)
		switch {
		case f == nil:
			name, _, _ := strings.Cut(a, "=")
			return nil, fmt.Errorf("`ctgen %s` has no flag %s%s", v.name, quote(name), didYouMean(name, v.spellings()))
		case f.value == "" && given:
			return nil, fmt.Errorf("%s takes no value", f.spelling())
		case f.value != "" && !given:
			if len(args) == 0 {
				return nil, fmt.Errorf("%s needs a value: %s", f.spelling(), f.usage())
			}
			value, args = args[0], args[1:]
		}
		if f.values != nil && !slices.Contains(f.values, value) {
			return nil, fmt.Errorf("%s takes %s, not %s%s", f.spelling(), alternatives(f.values), quote(value), didYouMean(value, f.values))
		}
		c.values[f.key()] = append(c.values[f.key()], value)
	}
	if c.has("help") {
		return c, nil
	}
	if len(c.operands) < v.min {
		return nil, fmt.Errorf("`ctgen %s` needs %s", v.name, v.operands)
	}
	if v.max >= 0 && len(c.operands) > v.max {
		return nil, fmt.Errorf("%s is one operand too many", quote(c.operands[v.max]))
	}
	return c, nil
}

// value returns the last occurrence of a flag that has a list of values, or
// its default.
func (c *call) value(f *option) string {
	if c.has(f.key()) {
		return c.last(f.key())
	}
	return f.values[0]
}

// alternatives is "a, b or c".
func alternatives(words []string) string {
	n := len(words) - 1
	if n == 0 {
		return words[0]
	}
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// matchFlag finds the flag that a spells, and its value after `=`.
func (v *verb) matchFlag(a string) (f *option, value string, given bool) {
	name, value, given := strings.Cut(a, "=")
	for i := range v.flags {
		f := &v.flags[i]
		if f.long != "" && name == "--"+f.long || f.short != "" && name == "-"+f.short {
			return f, value, given
		}
	}
	if name == "--help" || name == "-help" || name == "-h" {
		return &helpFlag, value, given
	}
	return nil, "", false
}

func (v *verb) spellings() []string {
	var s []string
	for i := range v.flags {
		s = append(s, v.flags[i].spelling())
	}
	return s
}
