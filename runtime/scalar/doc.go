// Package scalar holds the elementary functions of one float32 at a time, for
// training steps that generated code prints as straight lines of scalars.
//
// Every function is total: it takes any float32, NaN and the infinities
// included, and gives what IEEE 754 asks for there. Errors are stated in ulp,
// units in the last place of the exact result. Every product that meets a sum
// is rounded first, so that a compiler which fuses the two gives the same bits
// as one that does not.
//
// The work is done in float64 with small tables, after Tang, "Table-driven
// implementation of the exponential function" (ACM TOMS 15, 1989) and "of the
// logarithm function" (ACM TOMS 16, 1990): few dependent operations, and no
// branch that depends on where in its usual range an argument lies.
package scalar
