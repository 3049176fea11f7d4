package diag

import "strings"

// Code identifies a kind of fault. There is one code for each remedy: places
// that report what is mended in one way share a code, whatever their wording.
// A code never changes its meaning, and the number of one that is no longer
// given is not used again.
//
// Codes are grouped by their first two digits, a group to a file. A group is a
// constant declaration whose comment is the group's title. The comment of each
// constant is its page, which `ctgen explain` prints and docs/diagnostics.md
// holds:
//
//	// CT0000: title, what is wrong in a few words
//	//
//	// When it is given.
//	//
//	// Remedy: what to do about it.
//	//
//	// Example:
//	//
//	//	a whole specification, as short as possible, that has this one fault
//	//
//	// Instead:
//	//
//	//	the same without the fault
//
// There may be several examples, and `Instead:` may follow each. Where no text
// shows the fault, `Construction:` says how it comes about, and a test does so.
// Tests hold every example to its code and every mended text to being free of
// errors.
type Code string

// IsWarning reports whether c is given for what is not wrong and yet rarely
// meant. All other codes are errors.
func (c Code) IsWarning() bool { return strings.HasPrefix(string(c), "CT11") }
