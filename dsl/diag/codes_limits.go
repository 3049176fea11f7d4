package diag

// Limits, and what the language does not have.
const (
	// CT1001: nested too deeply
	//
	// Brackets, objects or the parts of an equation nest deeper than any reader
	// could follow.
	//
	// Remedy: Name the inner parts by lines of their own.
	//
	// Construction: an object in 2000 pairs of parentheses.
	CT1001 Code = "CT1001"

	// CT1002: file too large
	//
	// The file is larger than a specification may be.
	//
	// Remedy: Check that it is the right file; split the specification.
	//
	// Construction: a file of more than 16 MiB.
	CT1002 Code = "CT1002"

	// CT1003: declaration too large
	//
	// One declaration has more operators than any reader could follow.
	//
	// Remedy: Name parts of it by declarations of their own.
	//
	// Construction: an arrow that composes another 200000 times.
	CT1003 Code = "CT1003"

	// CT1004: repeated too often
	//
	// `repeat[n] f` with an n larger than what one term may hold.
	//
	// Remedy: Repeat less often. A loop of that many turns belongs into Go.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = repeat[1000000] f
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = repeat[1000] f
	CT1004 Code = "CT1004"

	// CT1006: generic declaration
	//
	// Arrows that are terms of others may leave objects, dims and arrows open.
	// Objects may not, nor may arrows by equations or written in Go, and shape
	// segments belong to the standard library. A generic arrow has no `given` and
	// no sets of its own: these come with what it is applied to.
	//
	// Remedy: Write the objects and shapes that you need.
	//
	// Example:
	//
	//	object A[P] = { p: R }
	//
	// Instead:
	//
	//	object A = { p: R }
	//
	// Example:
	//
	//	arrow cube[A]: A -> A {
	//	    means    y[s] = x[s] * x[s] * x[s]
	//	}
	//
	// Instead:
	//
	//	object A = R[3]
	//	arrow cube: A -> A {
	//	    means    y[s] = x[s] * x[s] * x[s]
	//	}
	CT1006 Code = "CT1006"

	// CT1007: object too large
	//
	// The object has more numbers, axes, factors or parts than compiled code could
	// hold.
	//
	// Remedy: Make it smaller. A tensor or a power holds many alike as one part.
	//
	// Example:
	//
	//	object A = R[100000, 100000]
	//
	// Instead:
	//
	//	object A = R[1000, 1000]
	CT1007 Code = "CT1007"

	// CT1008: not in this version
	//
	// What is asked for makes sense and is not in this version of the language.
	//
	// Remedy: Write it in another way; the help names one.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	arrow g:    A -> tangent W given W = hand implements grad loss
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	arrow g:    A -> tangent W given W = grad loss
	CT1008 Code = "CT1008"

	// CT1009: too many digits
	//
	// A number has more digits than the language reads.
	//
	// Remedy: Round it.
	//
	// Construction: a number of 2000 digits.
	CT1009 Code = "CT1009"

	// CT1010: too many syntax errors
	//
	// The file has more syntax errors than are worth reading, and the rest is not
	// read.
	//
	// Remedy: Mend the first ones and check again; often one of them is the cause
	// of others. Check that the file is a specification.
	//
	// Construction: a file of 1000 declarations that end too early.
	CT1010 Code = "CT1010"

	// CT1011: arrow too large
	//
	// When the calls of an arrow are followed and its repetitions written out, as
	// compiling it does, there is more than could be compiled. A few lines suffice:
	// each arrow that calls the one before it twice is twice as large.
	//
	// Remedy: Call other arrows fewer times, or repeat less often. Where the same
	// arrow is meant to be applied many times, a smaller number shows whether the
	// specification is right.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A = std.tanh
	//	arrow g: A -> A = repeat[1000] (repeat[1000] f)
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A = std.tanh
	//	arrow g: A -> A = repeat[10] (repeat[10] f)
	CT1011 Code = "CT1011"
)
