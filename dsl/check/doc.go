// Package check proves that a parsed specification composes, and builds the
// checked model from it: names, carriers, shapes, sets, composition,
// parameters, endomorphisms, data and training. All independent faults are
// reported in one run; one fault is reported once.
package check
