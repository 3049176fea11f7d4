// Package laws runs what a category owes and what its spec states, on the
// reference interpreter in float64: that every reverse derivative is the
// derivative, that Hessians are symmetric, and that the laws of the spec hold
// on inputs drawn from its objects' sets. It also knows how much these checks
// are worth: it spoils reverse lines one at a time and counts which spoilt
// ones are refuted. Compiled Go is held to the same laws by the generated
// tests, which call runtime/lawtest.
package laws
