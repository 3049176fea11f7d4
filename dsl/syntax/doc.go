// Package syntax turns the text of a .cat file into a tree: lexer, grammar
// (participle) and the tree's types. Every node keeps its span, every comment
// is kept, and a declaration that does not parse costs only itself.
package syntax
