// Package torchvalues helps tests that hold the interpreter and compiled Go
// against PyTorch: cases, each an arrow of cases/*.cat with what PyTorch says
// of it, in cases/*.json, as computed by values.py. A new case is an arrow in
// a specification and a line in the script beside it; values.py says how to
// run them.
package torchvalues
