// Package syntax turns the text of a .cat file into a tree: lexer, grammar
// (participle) and the tree's types. Every node keeps its span, every comment
// is kept, and a declaration that does not parse costs only itself.
//
// The grammar of declarations stands in grammar.go as participle structs;
// types, terms, expressions and bodies are precedence climbers in the files
// named parse_*.go, which participle calls. No input makes Parse panic or run
// away: nesting, operators, digits, faults and the size of the file are
// bounded, and what exceeds a bound is a diagnostic like any other.
package syntax
