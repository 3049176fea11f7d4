package plan

// SolveScheme lets tests build primitives for shapes of their own.
var SolveScheme = solveScheme
