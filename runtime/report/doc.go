// Package report writes a page about a training: one HTML file that holds all
// it shows, asks no network for anything and runs no script. It knows nothing
// of models; runtime/train fills in a Training.
package report
