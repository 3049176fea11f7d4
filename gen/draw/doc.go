// Package draw draws a diagram of a checked category as SVG: boxes are arrows,
// wires are objects, time runs downwards. Parameters are named in the boxes
// that take them.
package draw
