// Package mutant plants one fault of one token in a specification: what a
// slip of the hand leaves behind. Tests hold what is said about a faulty
// specification against the place of its fault.
//
// It has a lexer of its own, coarser than the language's, so that it can also
// judge the parser.
package mutant
