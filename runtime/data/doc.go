// Package data reads the files that a spec's data declarations name: CSV,
// plain or gzipped, into typed columns; splits rows into a training and a
// held-out part; and fits the preprocessing on the training part alone.
//
// Every cell that does not fit its object is an error that names file, line,
// column and object. No file, however damaged, makes the package panic.
package data
