// Package simpler proposes simpler numbers: what makes a counterexample easier
// to read, tried one after another while it stays one.
package simpler
