// Package category is the checked model of a specification: objects, arrows,
// laws, data and training declarations, with one typed SSA diagram for the
// body of every arrow. A back end reads this package and nothing before it.
// Everything here is sound by construction of the checker: names resolved,
// shapes solved, types equal where wires meet.
package category
