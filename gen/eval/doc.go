// Package eval is the reference interpreter: it computes any diagram of a
// checked category in float64 by reading the lines `means` and `reverse` of
// the primitives, nothing else. It shares no arithmetic with the runtime or
// with generated code, so that "compiled = interpreted" compares two readings
// of one line.
package eval
