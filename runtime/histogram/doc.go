// Package histogram counts the numbers of a tensor by their size, for pages and
// event files about a training.
package histogram
