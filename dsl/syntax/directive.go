package syntax

import "regexp"

var directive = regexp.MustCompile(`^[ \t]*ctgen:[a-z]`)

// IsDirective reports whether c is addressed to ctgen, as `// ctgen:allow
// CT1101` is, and thus to no reader of documentation.
func IsDirective(c Comment) bool { return directive.MatchString(c.Text) }
