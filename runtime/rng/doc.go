// Package rng holds the seeded random numbers of initialisers, shuffles and
// generated tests. The same seed and path give the same bits on every
// platform and in every release of Go: the generator and the conversions
// stand here in full, and their values are pinned by tests.
package rng
