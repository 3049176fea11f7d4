// Package find searches for the compositions of arrows that lead from one
// object to another, shortest first. It knows arrows by their objects and
// parameters alone.
//
// A composition is a sequence of arrows. Where the objects at hand are a
// product, an arrow takes neighbouring factors of it, in their order, and the
// others pass by: `predict * id >> bce`. Nothing is copied, dropped or
// swapped, no objects are met twice on the way, and arrows that do not touch
// one another stand in one order only, from left to right.
package find
