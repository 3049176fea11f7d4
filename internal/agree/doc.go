// Package agree helps tests that hold compiled Go against the reference
// interpreter: random values of an object, numbers in and out of Go values
// by reflection, and the distance between two results.
package agree
