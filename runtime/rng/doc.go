// Package rng holds the seeded random numbers of initialisers, shuffles and
// generated tests. The same seed and path give the same bits on every
// platform: the generator is a fixed algorithm, the conversions use only
// operations whose rounding is exact everywhere, and tests pin the values.
package rng
