// Package vet finds what is not wrong and yet rarely meant in a specification
// that checks: declarations nothing uses, locals nobody reads, names that hide
// others, losses whose gradients overflow, laws that cannot fail. It reads the
// syntax tree and the checked category and knows nothing of the Go that comes
// of them. Each warning can be allowed on its line.
package vet
