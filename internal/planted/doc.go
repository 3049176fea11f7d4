// Package planted holds no code: its test plants faults in kernels and in the
// passes that make plans, and requires that the tests beside them fail.
package planted
