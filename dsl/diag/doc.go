// Package diag holds diagnostics: stable codes, exact spans, labels at the
// declarations involved, and their rendering for terminals and machines. It
// knows nothing of the language; every other package of dsl reports through
// it.
package diag
