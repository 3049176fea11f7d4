// Package format writes specifications in their one canonical layout: spaces,
// indentation and aligned columns are the formatter's, line breaks inside a
// declaration and single blank lines are the author's. Tokens and comments
// come out as they went in, and what is formatted stays as it is when it is
// formatted again.
//
// A text passes through three steps. marks.go reads off the tree what a token
// alone does not show: where rows begin, which parenthesis applies, which
// operator is written tight. writer.go writes the tokens and comments line by
// line, with cuts where a line may be stretched. columns.go stretches lines
// that belong together. The package knows the grammar and no more: whether a
// specification makes sense is not its concern.
package format
