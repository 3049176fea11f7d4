// Package explain makes the pages of diagnostic codes: what the table of codes
// says, and each of its examples with what the checker says about it, for the
// terminal and for docs/diagnostics.md. Beside them stand the pages of the
// standard library, whose declarations are their text.
package explain
