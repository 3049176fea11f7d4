// Package golang prints a checked category as a Go package: newtypes with
// validating constructors, functions and methods that compose as the spec
// does, plans as straight lines of kernel calls, trainers, contracts for
// hand-written arrows, and tests of laws and derivatives.
//
// Generate is pure: it reads a category and returns named bytes. The same
// category gives the same bytes on every machine. What shapes, buffers and
// order are was decided in gen/plan; this package only prints. Every
// construct has one small function that returns a *jen.Statement, and every
// identifier comes from the names table.
package golang
